package dev.stator.tools.cli;

import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.Endpoint;
import dev.stator.tools.fuzz.FuzzPlan;
import dev.stator.tools.fuzz.FuzzResult;
import dev.stator.tools.fuzz.FuzzRun;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code stator fuzz}. */
final class FuzzCommand implements Callable<Integer> {
    private static final long CASES_PER_LINE = 10_000;

    private final PrintStream out;
    private final PrintStream err;
    private final OptionSpec endpoint =
            option("--endpoint", URI.class, "URL", "http://localhost:8000", "The server.");
    private final OptionSpec seed =
            option("--seed", Long.class, "N", "1", "All cases follow from it and their number.");
    private final OptionSpec from = option("--from", Long.class, "N", "0", "The first case.");
    private final OptionSpec cases =
            option("--cases", Long.class, "N", "10000", "How many there are.");
    private final OptionSpec workers =
            option("--workers", Integer.class, "N", "4", "Connections at a time.");
    private final OptionSpec accessKey =
            option("--access-key", String.class, "ID", "any", "Signs the requests.");
    private final OptionSpec secret =
            option("--secret-key", String.class, "SECRET", "any", "Of the access key.");
    private final OptionSpec region =
            option("--region", String.class, "REGION", "us-east-1", "That is signed for.");

    FuzzCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    private static OptionSpec option(
            String name, Class<?> type, String label, String byDefault, String description) {
        return OptionSpec.builder(name)
                .type(type)
                .paramLabel(label)
                .defaultValue(byDefault)
                .description(description + " Default: " + byDefault + ".")
                .build();
    }

    CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(this)
                        .name("fuzz")
                        .mixinStandardHelpOptions(true)
                        .addOption(endpoint)
                        .addOption(seed)
                        .addOption(from)
                        .addOption(cases)
                        .addOption(workers)
                        .addOption(accessKey)
                        .addOption(secret)
                        .addOption(region);
        spec.usageMessage()
                .header("Sends mutated requests of every operation, and checks the answers.", "")
                .description(
                        "Mutates valid requests of every operation: types, lengths, nesting, JSON, encodings, HTTP,"
                                + " signatures. Reports answers with 500 that are repeated, hangs, answers that are malformed, and"
                                + " items that a refused request has changed. It makes tables called fuzz-0, fuzz-1 and so"
                                + " on, changes them, and deletes them at the end: not for a server that anybody needs.");
        return spec;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        FuzzPlan plan =
                new FuzzPlan(
                        new Endpoint("server", endpoint.getValue()),
                        new Credentials(
                                accessKey.getValue(),
                                secret.getValue(),
                                region.getValue(),
                                "dynamodb"),
                        seed.getValue(),
                        new FuzzPlan.Cases(from.getValue(), cases.getValue()),
                        workers.getValue());
        FuzzResult result =
                new FuzzRun(
                                plan,
                                count -> {
                                    if (count % CASES_PER_LINE == 0) {
                                        err.println(count + " cases");
                                    }
                                })
                        .run();
        result.findings().forEach(out::println);
        StringBuilder line = new StringBuilder();
        for (Map.Entry<Integer, Long> entry : result.byStatus().entrySet()) {
            String what = entry.getKey() == 0 ? "hung up" : entry.getKey().toString();
            line.append(what).append(": ").append(entry.getValue()).append(", ");
        }
        out.printf(
                "seed %d, cases %d to %d: %s%d comparisons of items after a refusal, %d findings%n",
                plan.seed(),
                plan.cases().from(),
                plan.cases().from() + plan.cases().count() - 1,
                line,
                result.compared(),
                result.findings().size());
        return result.findings().isEmpty() ? ToolsCommand.OK : ToolsCommand.FAILED;
    }
}
