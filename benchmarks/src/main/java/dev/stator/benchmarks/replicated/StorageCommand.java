package dev.stator.benchmarks.replicated;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Reads the command line, measures, and prints tables. */
public final class StorageCommand {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final PrintStream out;
    private final PrintStream errors;

    private final OptionSpec seconds = option("--seconds", "S", "Measured in each round.", "10");
    private final OptionSpec warmUp =
            option("--warm-up", "S", "Not measured at the beginning of each round.", "4");
    private final OptionSpec rounds =
            option("--rounds", "N", "Times that all contenders take their turn.", "3");
    private final OptionSpec writers =
            option("--writers", "N", "Writers, each with one write under way.", "256");
    private final OptionSpec items =
            option("--items", "N", "Items of 900 bytes, chosen uniformly.", "10000");
    private final OptionSpec directory =
            option(
                    "--dir",
                    "DIR",
                    "Where all of them write, on the disk that is meant.",
                    System.getProperty("java.io.tmpdir"));
    private final OptionSpec contenders =
            option(
                    "--contenders",
                    "LIST",
                    "bare, stator-N and ratis-N with N partitions or groups.",
                    "bare,stator-1,stator-64,ratis-1,stator-16,ratis-16");

    public StorageCommand(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    private static OptionSpec option(String name, String label, String says, String value) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(says + " Default: " + value + ".")
                .defaultValue(value)
                .build();
    }

    /** Returns the exit code. */
    public int execute(List<String> arguments) {
        CommandSpec spec =
                CommandSpec.create().name("bin/bench-storage").mixinStandardHelpOptions(true);
        List.of(seconds, warmUp, rounds, writers, items, directory, contenders)
                .forEach(spec::addOption);
        spec.usageMessage()
                .description(
                        "Replicated durable writes of storage nodes, without HTTP, beside a bare log in three"
                                + " copies and Apache Ratis, in one run.");
        CommandLine commandLine = new CommandLine(spec);
        commandLine.setOut(new PrintWriter(out, true, UTF_8));
        commandLine.setErr(new PrintWriter(errors, true, UTF_8));
        commandLine.setExecutionStrategy(this::measure);
        return commandLine.execute(arguments.toArray(new String[0]));
    }

    private int measure(ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        Comparison comparison;
        int roundCount;
        try {
            comparison = comparison();
            roundCount = positive(rounds);
        } catch (IllegalArgumentException e) {
            errors.println("bench-storage: " + e.getMessage());
            return USAGE;
        }
        silenceRatis();
        try {
            var slices =
                    comparison.run(
                            roundCount,
                            (kind, slice) ->
                                    errors.println(
                                            String.format(
                                                    Locale.ROOT,
                                                    "%-10s %8.0f writes/s",
                                                    kind,
                                                    slice.writesPerSecond())));
            out.print(Report.of(slices));
            return allAcknowledged(slices) ? 0 : FAILED;
        } catch (IOException e) {
            errors.println("bench-storage: " + e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** By what is ours; what Ratis did not acknowledge is only reported. */
    private static boolean allAcknowledged(Map<Kind, List<Slice>> slices) {
        return slices.entrySet().stream()
                .filter(entry -> entry.getKey().type() != Kind.Type.RATIS)
                .flatMap(entry -> entry.getValue().stream())
                .allMatch(slice -> slice.failures().isEmpty());
    }

    /** It reports with a stack trace each request that was under way when a client is closed. */
    private static void silenceRatis() {
        if (LoggerFactory.getLogger("org.apache.ratis") instanceof Logger ratis) {
            ratis.setLevel(Level.OFF);
        }
    }

    private Comparison comparison() {
        List<Kind> kinds = new ArrayList<>();
        for (String name : contenders.<String>getValue().split(",", -1)) {
            kinds.add(kind(name));
        }
        return new Comparison(
                kinds,
                new Load(positive(writers), positive(items)),
                Path.of(directory.<String>getValue()),
                positive(warmUp) * MILLIS_PER_SECOND,
                positive(seconds) * MILLIS_PER_SECOND);
    }

    private static Kind kind(String name) {
        try {
            return Kind.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no such contender: " + name, e);
        }
    }

    private static int positive(OptionSpec option) {
        String text = option.getValue();
        try {
            int value = Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                option.longestName() + " is to be a positive number, not " + text);
    }
}
