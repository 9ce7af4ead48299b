package dev.stator.tools.cli;

import dev.stator.tools.profile.Activity;
import dev.stator.tools.profile.Profile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code stator profile-report}: the costs of a request, from a flight recording of the server. */
final class ProfileReportCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PositionalParamSpec recording =
            PositionalParamSpec.builder()
                    .index("0")
                    .type(Path.class)
                    .paramLabel("RECORDING")
                    .description("A flight recording (.jfr) of the server under load.")
                    .build();
    private final OptionSpec requests = number("--requests", true, "How many requests it saw.");
    private final OptionSpec serverMicros =
            OptionSpec.builder("--server-micros")
                    .type(Double.class)
                    .paramLabel("N")
                    .description(
                            "Processor time of the whole server for each request, as 'stator bench' told it: to"
                                    + " tell what no sample shows.")
                    .build();
    private final OptionSpec top = number("--top", false, "List this many of the hottest methods.");

    ProfileReportCommand(PrintStream out) {
        this.out = out;
    }

    private static OptionSpec number(String name, boolean required, String description) {
        return OptionSpec.builder(name)
                .type(Long.class)
                .paramLabel("N")
                .required(required)
                .description(description)
                .build();
    }

    CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(this)
                        .name("profile-report")
                        .mixinStandardHelpOptions(true)
                        .addPositional(recording)
                        .addOption(requests)
                        .addOption(serverMicros)
                        .addOption(top);
        spec.usageMessage()
                .header("Tells where a server's processor time went; see bin/profile.", "");
        return spec;
    }

    @Override
    public Integer call() throws IOException {
        Profile profile = Profile.read(recording.getValue());
        double count = requests.<Long>getValue();
        out.printf("%-28s %12s %16s%n", "", "µs/request", "bytes/request");
        double sampled = 0;
        for (Activity activity : Activity.values()) {
            double micros = profile.nanos().getOrDefault(activity, 0.0) / 1000.0 / count;
            double bytes = profile.allocatedBytes().getOrDefault(activity, 0L) / count;
            sampled += micros;
            if (micros > 0 || bytes > 0) {
                out.printf("%-28s %12.2f %16.0f%n", activity.label(), micros, bytes);
            }
        }
        double collection = profile.collectionNanos() / 1000.0 / count;
        double bytes =
                profile.allocatedBytes().values().stream().mapToLong(Long::longValue).sum() / count;
        out.printf("%-28s %12.2f%n", "garbage collection", collection);
        Double all = serverMicros.getValue();
        if (all != null) {
            out.printf("%-28s %12.2f%n", "compiler, native threads", all - sampled - collection);
        }
        out.printf("%-28s %12.2f %16.0f%n", "all", all == null ? sampled + collection : all, bytes);
        Long listed = top.getValue();
        if (listed != null) {
            list("threads, µs/request", profile.threads(), listed, count * 1000);
            list("methods and their callers, µs/request", profile.frames(), listed, count * 1000);
            list("allocation, bytes/request", profile.allocators(), listed, count);
        }
        return ToolsCommand.OK;
    }

    private void list(
            String title, List<Map.Entry<String, Double>> costs, long listed, double divisor) {
        out.println();
        out.println(title);
        costs.stream()
                .limit(listed)
                .forEach(cost ->
                        out.printf("%10.2f  %s%n", cost.getValue() / divisor, cost.getKey()));
    }
}
