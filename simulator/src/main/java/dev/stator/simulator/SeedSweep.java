package dev.stator.simulator;

import dev.stator.simulator.engine.Trace;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs the histories of seed after seed, several at a time, each in one thread. Their verdicts come
 * in the order of the seeds, and end with the first that failed.
 */
final class SeedSweep {
    private final RunOptions options;
    private final int jobs;
    private final Consumer<Verdict> each;
    private final Totals totals = new Totals();

    /**
     * @param jobs histories at a time
     * @param each is told every verdict
     */
    SeedSweep(RunOptions options, int jobs, Consumer<Verdict> each) {
        this.options = options;
        this.jobs = jobs;
        this.each = each;
    }

    Totals totals() {
        return totals;
    }

    /**
     * @param goesOn whether another history is to be begun
     * @return the verdict that ended it, if one failed
     */
    Optional<Verdict> run(long firstSeed, long lastSeed, BooleanSupplier goesOn) {
        try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
            ArrayDeque<Future<Verdict>> running = new ArrayDeque<>();
            Optional<Verdict> failed = Optional.empty();
            long next = firstSeed;
            while (failed.isEmpty()) {
                while (running.size() < jobs && next <= lastSeed && goesOn.getAsBoolean()) {
                    long seed = next++;
                    running.add(threads.submit(() -> history(seed)));
                }
                if (running.isEmpty()) {
                    break;
                }
                failed = take(running.remove());
            }
            return failed;
        }
    }

    private Verdict history(long seed) {
        return new SimulationRun(seed, options, new Trace(0, line -> {})).run();
    }

    private Optional<Verdict> take(Future<Verdict> history) {
        try {
            Verdict verdict = history.get();
            totals.add(verdict);
            each.accept(verdict);
            return verdict.passed() ? Optional.empty() : Optional.of(verdict);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a history could not be run", e.getCause());
        }
    }
}
