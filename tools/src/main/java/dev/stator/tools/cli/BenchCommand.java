package dev.stator.tools.cli;

import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.Endpoint;
import dev.stator.tools.load.BenchException;
import dev.stator.tools.load.BenchPlan;
import dev.stator.tools.load.BenchResult;
import dev.stator.tools.load.BenchRun;
import dev.stator.tools.load.KeyChooser.Distribution;
import dev.stator.tools.load.Pace;
import dev.stator.tools.load.RequestSource;
import dev.stator.tools.load.Tables;
import dev.stator.tools.load.Workload;
import dev.stator.tools.report.BenchJson;
import dev.stator.tools.report.BenchTable;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code stator bench}: drives load at one or several endpoints. */
final class BenchCommand implements Callable<Integer> {
    private static final String DEFAULT_ENDPOINT = "http://127.0.0.1:8000";

    private final PrintStream out;
    private final PrintStream err;
    private final CommandSpec spec;

    private final OptionSpec endpoint =
            option("--endpoint", "URL", "Where to send requests.", DEFAULT_ENDPOINT);
    private final OptionSpec compare =
            OptionSpec.builder("--compare")
                    .type(String[].class)
                    .auxiliaryTypes(String.class)
                    .arity("1..*")
                    .paramLabel("NAME=URL")
                    .description(
                            "Instead of --endpoint: these take turns, and the ratios of the first to each of"
                                    + " the others are printed.")
                    .build();
    private final OptionSpec workload =
            option(
                    "--workload",
                    "NAMES",
                    "One or several of a, b, c (those of YCSB), write, get, get-eventual, update,"
                            + " query, separated by commas.",
                    "a");
    private final OptionSpec connections =
            number("--connections", "Open this many to each endpoint.", "32");
    private final OptionSpec threads = number("--threads", "Of this client.", "1");
    private final OptionSpec rate =
            OptionSpec.builder("--rate")
                    .type(Double.class)
                    .paramLabel("N")
                    .description(
                            "Open loop: this many requests a second, each timed from when it was due. Default:"
                                    + " closed loop, each connection sends when it has an answer.")
                    .build();
    private final OptionSpec keys =
            number("--keys", "Items in the table; it is filled first.", "10000");
    private final OptionSpec distribution =
            option("--distribution", "KIND", "How keys are chosen: uniform or zipfian.", "uniform");
    private final OptionSpec warmUp = number("--warm-up", "Seconds before each measurement.", "5");
    private final OptionSpec duration = number("--duration", "Seconds of each measurement.", "10");
    private final OptionSpec rounds =
            number("--rounds", "Measurements of each endpoint and workload.", "1");
    private final OptionSpec table =
            option("--table", "PREFIX", "What the names of the tables begin with.", "stator-bench");
    private final OptionSpec keep =
            OptionSpec.builder("--keep")
                    .type(boolean.class)
                    .defaultValue("false")
                    .description("Use tables that are there, and do not delete them.")
                    .build();
    private final OptionSpec json =
            OptionSpec.builder("--json")
                    .type(Path.class)
                    .paramLabel("FILE")
                    .description("Write the result there, for programs.")
                    .build();
    private final OptionSpec timeout =
            number("--timeout", "Seconds after which a request is given up.", "10");
    private final OptionSpec seed = number("--seed", "Of the random choices.", "1");
    private final OptionSpec accessKey = option("--access-key", "ID", "Sign with this key.", "any");
    private final OptionSpec secret =
            option(
                    "--secret",
                    "SECRET",
                    "Its secret; seen by other users of this machine, so not one of worth.",
                    "any");
    private final OptionSpec region =
            option("--region", "NAME", "The region to sign for.", "us-east-1");

    BenchCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        this.spec = CommandSpec.wrapWithoutInspection(this).name("bench");
    }

    private static OptionSpec option(
            String name, String label, String description, String defaultValue) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description + " Default: " + defaultValue + ".")
                .defaultValue(defaultValue)
                .build();
    }

    private static OptionSpec number(String name, String description, String defaultValue) {
        return OptionSpec.builder(name)
                .type(Integer.class)
                .paramLabel("N")
                .description(description + " Default: " + defaultValue + ".")
                .defaultValue(defaultValue)
                .build();
    }

    CommandSpec spec() {
        spec.mixinStandardHelpOptions(true);
        List.of(
                        endpoint,
                        compare,
                        workload,
                        connections,
                        threads,
                        rate,
                        keys,
                        distribution,
                        warmUp,
                        duration,
                        rounds,
                        table,
                        keep,
                        json,
                        timeout,
                        seed,
                        accessKey,
                        secret,
                        region)
                .forEach(spec::addOption);
        spec.usageMessage()
                .sortOptions(false)
                .header("Drives load at any endpoint of the DynamoDB API and tells how it did.", "")
                .description(
                        "Makes tables, fills them with items of 900 bytes, sends signed requests, and deletes the"
                                + " tables. Answers are checked: an item that is not found is an error, by type.")
                .footer(
                        "",
                        "A request is right if its answer is. Processor time of the server is told where it is a",
                        "process of this machine that this user may look into.",
                        "",
                        "Examples:",
                        "  stator bench --workload write,get",
                        "  stator bench --workload a --rate 500 --distribution zipfian",
                        "  stator bench --compare mine=http://127.0.0.1:8000 theirs=http://127.0.0.1:8001 \\",
                        "      --workload write,get,update --rounds 3 --json result.json",
                        "",
                        "Exit codes: 0 done, 1 could not run or every request of a workload failed, 2 wrong flags.",
                        "");
        return spec;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, BenchException {
        BenchPlan plan = plan();
        BenchResult result;
        try (BenchRun run = new BenchRun(plan, new ProgressLine(err, isTerminal()))) {
            result = run.run();
        }
        out.print(BenchTable.of(result));
        out.flush();
        Path file = json.getValue();
        if (file != null) {
            Files.writeString(file, BenchJson.of(result) + "\n");
        }
        boolean worked =
                result.series().stream().allMatch(series -> series.total().successes() > 0);
        return worked ? ToolsCommand.OK : ToolsCommand.FAILED;
    }

    @SuppressWarnings("SystemConsoleNull") // It is null again where there is none, from JDK 25 on.
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private BenchPlan plan() {
        Double requestsPerSecond = rate.getValue();
        if (requestsPerSecond != null && requestsPerSecond <= 0) {
            throw wrong("--rate must be positive");
        }
        Pace pace =
                requestsPerSecond == null
                        ? new Pace.ClosedLoop()
                        : new Pace.OpenLoop(requestsPerSecond);
        int threadCount = positive(threads);
        int connectionCount = positive(connections);
        if (threadCount > connectionCount) {
            throw wrong("there must be a connection for each thread");
        }
        int timeoutMillis = (int) TimeUnit.SECONDS.toMillis(positive(timeout));
        return new BenchPlan(
                endpoints(),
                workloads(),
                new Credentials(
                        accessKey.getValue(), secret.getValue(), region.getValue(), "dynamodb"),
                new BenchPlan.Client(connectionCount, threadCount, timeoutMillis),
                new BenchPlan.Timing(pace, seconds(warmUp), positive(duration), positive(rounds)),
                new BenchPlan.Data(
                        new Tables(table.getValue()),
                        new RequestSource.KeySpace(positive(keys), distribution()),
                        keep.getValue()),
                seed.<Integer>getValue());
    }

    private int positive(OptionSpec option) {
        int value = option.getValue();
        if (value <= 0) {
            throw wrong(option.longestName() + " must be positive");
        }
        return value;
    }

    private int seconds(OptionSpec option) {
        int value = option.getValue();
        if (value < 0) {
            throw wrong(option.longestName() + " must not be negative");
        }
        return value;
    }

    private List<Endpoint> endpoints() {
        String @Nullable [] compared = compare.getValue();
        if (compared == null) {
            return List.of(endpoint("endpoint", endpoint.getValue()));
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (String each : compared) {
            int equals = each.indexOf('=');
            if (equals <= 0) {
                throw wrong("--compare takes NAME=URL, not " + each);
            }
            endpoints.add(endpoint(each.substring(0, equals), each.substring(equals + 1)));
        }
        return endpoints;
    }

    private Endpoint endpoint(String name, String url) {
        try {
            return new Endpoint(name, URI.create(url));
        } catch (IllegalArgumentException e) {
            throw wrong("an endpoint is a URL like " + DEFAULT_ENDPOINT + ", not " + url);
        }
    }

    private List<Workload> workloads() {
        String labels = workload.getValue();
        List<Workload> workloads = new ArrayList<>();
        for (String label : labels.split(",", -1)) {
            workloads.add(
                    Workload.of(label).orElseThrow(() -> wrong("there is no workload " + label)));
        }
        return workloads;
    }

    private Distribution distribution() {
        String kind = distribution.getValue();
        for (Distribution each : Distribution.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(kind)) {
                return each;
            }
        }
        throw wrong("--distribution is uniform or zipfian, not " + kind);
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
