package dev.stator.simulator;

import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.fault.Fault;
import dev.stator.simulator.plant.PlantedBug;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code stator-simulator}. */
@Command(
        name = "stator-simulator",
        mixinStandardHelpOptions = true,
        version = "stator-simulator 0.1.0",
        sortOptions = false,
        description = {
            "Runs a whole cluster in one process: one seed, one history.",
            "",
            "Machines, disks, network and clocks are simulated; shards, log, store, routers, MemDS"
                    + " and auto-admin are those of the server. Clients use several tables through the"
                    + " API while things go wrong, and checkers compare what they were told with what"
                    + " can be. The same seed prints the same history, to the byte.",
            ""
        },
        footer = {
            "",
            "Exit code: 0 if nothing was violated, 1 if something was or an event that was asked"
                    + " for never happened, 2 if the arguments are wrong.",
            "",
            "Examples:",
            "  stator-simulator --seed 17                  one history, line by line",
            "  stator-simulator --seeds 1..200             the verdicts of two hundred",
            "  stator-simulator --minutes 10               seed after seed, for ten minutes",
            "  stator-simulator --minutes 120 --jobs 2 --every-event",
            "                                              the long run of docs/verification.md",
            "  stator-simulator --seed 1 --faults crash,partition",
            "  stator-simulator --seeds 1..5 --plant ACKNOWLEDGE_BEFORE_SYNC"
        })
public final class Main implements Callable<Integer> {
    private static final int LINES_MAX = 2_000;
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Runs the history of this seed and prints it.")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "Runs the histories of these seeds and prints their verdicts.")
    private @Nullable String seeds;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = {
                "Runs seed after seed for so long, from that of --seed or --seeds on, or from one"
                        + " that follows from the time. A violation does not end it."
            })
    private @Nullable Integer minutes;

    @Option(
            names = "--faults",
            paramLabel = "KINDS",
            description = {
                "What may go wrong, separated by commas: all (the default), none, or any of crash,"
                        + " partition, hunt, storm, corrupt, pause, clock, slow, disk, damage, drift."
            })
    private String faults = "all";

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Simulated time in which things go wrong; ${DEFAULT-VALUE} by default.")
    private int seconds = RunOptions.DEFAULT.faultSeconds();

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Clients at a time; ${DEFAULT-VALUE} by default.")
    private int clients = RunOptions.DEFAULT.clients();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Histories at a time, of --seeds and --minutes; one by default.")
    private int jobs = 1;

    @Option(
            names = "--every-event",
            description = "Fails where one of the rare events never happened in all histories.")
    private boolean everyEvent;

    @Option(
            names = "--strikes",
            paramLabel = "N",
            description = "Faults at most; as many as come by default.")
    private long strikes = RunOptions.ALL_STRIKES;

    @Option(
            names = "--plant",
            paramLabel = "BUG",
            description = {
                "Makes the cluster make a mistake, to see it caught: ${COMPLETION-CANDIDATES}."
            })
    private PlantedBug bug = PlantedBug.NONE;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((wrong, arguments) -> {
                    CommandLine command = wrong.getCommandLine();
                    command.getErr()
                            .println("stator-simulator: " + wrong.getMessage() + " Try --help.");
                    command.getErr().flush();
                    return command.getCommandSpec().exitCodeOnInvalidInput();
                });
    }

    /** A range of seeds; without an end where time is what ends the run. */
    private record Range(long first, long last) {}

    @Override
    public Integer call() {
        RunOptions options = options();
        PrintWriter out = spec().commandLine().getOut();
        Long only = seed;
        boolean passed =
                (only != null && seeds == null && minutes == null)
                        ? runOne(only, options, out)
                        : runMany(range(), options, out);
        out.flush();
        return passed ? 0 : 1;
    }

    private CommandSpec spec() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("not run as a command");
        }
        return known;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private RunOptions options() {
        if (seconds < 0 || strikes < 0 || clients < 1 || jobs < 1) {
            throw wrong(
                    "--seconds and --strikes must not be negative, --clients and --jobs at least"
                            + " 1.");
        }
        return new RunOptions(seconds, clients, faultKinds(), strikes, bug);
    }

    private List<Fault> faultKinds() {
        if (faults.equals("all")) {
            return List.of(Fault.values());
        }
        List<Fault> kinds = new ArrayList<>();
        if (faults.equals("none")) {
            return kinds;
        }
        for (String name : faults.split(",", -1)) {
            kinds.add(
                    Arrays.stream(Fault.values())
                            .filter(kind -> kind.optionName().equals(name))
                            .findFirst()
                            .orElseThrow(() -> wrong("--faults knows no '" + name + "'.")));
        }
        return kinds;
    }

    private Range range() {
        String given = seeds;
        if (given != null) {
            int dots = given.indexOf("..");
            try {
                long first = Long.parseLong(dots < 0 ? given : given.substring(0, dots));
                long last = dots < 0 ? first : Long.parseLong(given.substring(dots + 2));
                return new Range(first, minutes == null ? last : Long.MAX_VALUE);
            } catch (NumberFormatException e) {
                throw wrong("--seeds must be like 1..100, not '" + given + "'.");
            }
        }
        if (minutes == null) {
            throw wrong("One of --seed, --seeds and --minutes is needed.");
        }
        return new Range(seed == null ? System.currentTimeMillis() : seed, Long.MAX_VALUE);
    }

    private boolean runOne(long theSeed, RunOptions options, PrintWriter out) {
        Trace trace = new Trace(LINES_MAX, out::println);
        Verdict verdict = new SimulationRun(theSeed, options, trace).run();
        if (trace.linesOmitted() > 0) {
            out.println("… and " + trace.linesOmitted() + " lines more");
        }
        out.println();
        verdict.summary().forEach(out::println);
        report(verdict, out);
        return verdict.passed();
    }

    /** Ends at the first violation, but for a run over a time. */
    private boolean runMany(Range range, RunOptions options, PrintWriter out) {
        long begunNanos = System.nanoTime();
        Integer limit = minutes;
        SeedSweep sweep =
                new SeedSweep(options, jobs, limit == null, verdict -> report(verdict, out));
        Optional<Verdict> failed =
                sweep.run(
                        range.first(),
                        range.last(),
                        () ->
                                limit == null
                                        || System.nanoTime() - begunNanos
                                                < limit * NANOS_PER_MINUTE);
        out.println();
        sweep.totals().lines().forEach(out::println);
        failed.ifPresent(verdict -> explain(verdict, options, out));
        return failed.isEmpty() && (!everyEvent || sweep.totals().holes().isEmpty());
    }

    private void report(Verdict verdict, PrintWriter out) {
        String outcome = verdict.passed() ? "nothing violated" : "VIOLATED";
        out.println("seed " + verdict.seed() + "  digest " + verdict.digest() + "  " + outcome);
        verdict.violations().forEach(violation -> out.println("  " + violation));
        if (!verdict.passed()) {
            out.println("  commit: " + System.getenv().getOrDefault("STATOR_COMMIT", "unknown"));
            out.println("  replay: ./stator-simulator " + arguments(verdict.seed(), options()));
        }
        out.flush();
    }

    /** Looks for the shortest prefix that still fails. */
    private void explain(Verdict verdict, RunOptions options, PrintWriter out) {
        out.println();
        out.println("looking for the shortest prefix of seed " + verdict.seed() + " that fails …");
        out.flush();
        RunOptions shortest =
                new Shortening(verdict.seed(), options).run(verdict.extent().strikes());
        out.println(
                "  %d of %d faults, within %d s"
                        .formatted(
                                Math.min(shortest.strikesMax(), verdict.extent().strikes()),
                                verdict.extent().strikes(),
                                shortest.faultSeconds()));
        out.println("  replay: ./stator-simulator " + arguments(verdict.seed(), shortest));
    }

    private String arguments(long theSeed, RunOptions options) {
        StringBuilder text = new StringBuilder("--seed " + theSeed);
        if (!faults.equals("all")) {
            text.append(" --faults ").append(faults.toLowerCase(Locale.ROOT));
        }
        if (options.faultSeconds() != RunOptions.DEFAULT.faultSeconds()) {
            text.append(" --seconds ").append(options.faultSeconds());
        }
        if (options.clients() != RunOptions.DEFAULT.clients()) {
            text.append(" --clients ").append(options.clients());
        }
        if (options.strikesMax() != RunOptions.ALL_STRIKES) {
            text.append(" --strikes ").append(options.strikesMax());
        }
        if (options.bug() != PlantedBug.NONE) {
            text.append(" --plant ").append(options.bug());
        }
        return text.toString();
    }
}
