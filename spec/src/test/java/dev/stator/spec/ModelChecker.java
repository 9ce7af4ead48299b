package dev.stator.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tlc2.TLC;

/**
 * Runs TLC on one configuration, in a process of its own: TLC keeps its state in static fields. The
 * function that fingerprints states is fixed, so that two runs find the same.
 */
final class ModelChecker {
    static final Path SPECIFICATION = Path.of("src", "main", "tla").toAbsolutePath();

    /** Where the configurations are whose states are all visited. */
    private static final Path MODELS = Path.of("models");

    /** A model that takes longer has no place in the build. */
    private static final long RUN_SECONDS_MAX = 240;

    private static final Pattern COUNTS =
            Pattern.compile(
                    "(\\d+) states generated, (\\d+) distinct states found, (\\d+) states left");
    private static final Pattern EXPLAINED = Pattern.compile("<<\"explained\", (\\d+)>>");
    private static final Pattern VIOLATED = Pattern.compile("Invariant (\\w+) is violated");

    private final Path workingDirectory;

    /**
     * @param workingDirectory where TLC puts the states that it has seen, and looks for modules
     *     that are not in {@link #SPECIFICATION}
     */
    ModelChecker(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /**
     * What TLC said.
     *
     * @param completed all reachable states were seen and nothing was found
     * @param violated the property that does not hold; empty where none was named
     * @param distinctStates found until the end, or until the violation
     * @param stepsExplained of a recorded history; zero where none was read
     * @param output all of it, for a failure's message
     */
    record Result(
            boolean completed,
            String violated,
            long distinctStates,
            long stepsExplained,
            String output) {}

    /**
     * @param module the root module, a file of {@link #SPECIFICATION} without its ending
     * @param configuration a file below {@link #SPECIFICATION}
     */
    Result check(String module, Path configuration) throws IOException, InterruptedException {
        Path output = Files.createTempFile(workingDirectory, module, ".out");
        Path states = Files.createTempDirectory(workingDirectory, module);
        Process process =
                new ProcessBuilder(command(module, configuration, states))
                        .directory(SPECIFICATION.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            if (!process.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "no end after " + RUN_SECONDS_MAX + " s: " + configuration);
            }
        } finally {
            process.destroyForcibly();
        }
        return read(Files.readString(output, UTF_8));
    }

    private List<String> command(String module, Path configuration, Path states) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseParallelGC", "-Xmx1g"));
        if (!configuration.startsWith(MODELS)) {
            // Over within seconds: half the time goes when little is compiled.
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add("-DTLA-Library=" + workingDirectory);
        command.addAll(List.of("-cp", jarOfTlc().toString()));
        command.addAll(List.of("tlc2.TLC", "-metadir", states.toString()));
        // A bounded model ends in states without successors; that is no deadlock of the protocol.
        command.addAll(List.of("-workers", "2", "-fp", "0", "-deadlock"));
        command.addAll(List.of("-config", configuration.toString(), module));
        return command;
    }

    private static File jarOfTlc() {
        try {
            return new File(TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Result read(String output) {
        Matcher counts = COUNTS.matcher(output);
        long distinctStates = 0;
        while (counts.find()) {
            distinctStates = Long.parseLong(counts.group(2));
        }
        Matcher explained = EXPLAINED.matcher(output);
        long stepsExplained = 0;
        while (explained.find()) {
            stepsExplained = Math.max(stepsExplained, Long.parseLong(explained.group(1)));
        }
        Matcher invariant = VIOLATED.matcher(output);
        String violated = "";
        if (invariant.find()) {
            violated = invariant.group(1);
        } else if (output.contains("Temporal properties were violated")) {
            violated = "temporal";
        }
        boolean completed = output.contains("Model checking completed. No error has been found.");
        return new Result(completed, violated, distinctStates, stepsExplained, output);
    }
}
