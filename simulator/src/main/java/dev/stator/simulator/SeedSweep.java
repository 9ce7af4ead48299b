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
 * in the order of the seeds.
 */
final class SeedSweep {
    private final RunOptions options;
    private final int jobs;
    private final Consumer<Verdict> each;
    private final boolean endsAtFailure;
    private final Totals totals = new Totals();

    private record Running(long seed, Future<Verdict> history) {}

    /**
     * @param jobs histories at a time
     * @param endsAtFailure whether the first history that fails is the last
     * @param each is told every verdict
     */
    SeedSweep(RunOptions options, int jobs, boolean endsAtFailure, Consumer<Verdict> each) {
        this.endsAtFailure = endsAtFailure;
        this.options = options;
        this.jobs = jobs;
        this.each = each;
    }

    Totals totals() {
        return totals;
    }

    /**
     * @param goesOn whether another history is to be begun
     * @return the first verdict that failed, if any did
     */
    Optional<Verdict> run(long firstSeed, long lastSeed, BooleanSupplier goesOn) {
        try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
            ArrayDeque<Running> running = new ArrayDeque<>();
            Optional<Verdict> failed = Optional.empty();
            long next = firstSeed;
            while (failed.isEmpty() || !endsAtFailure) {
                while (running.size() < jobs && next <= lastSeed && goesOn.getAsBoolean()) {
                    long seed = next++;
                    running.add(new Running(seed, threads.submit(() -> history(seed))));
                }
                if (running.isEmpty()) {
                    break;
                }
                Verdict verdict = take(running.remove());
                if (failed.isEmpty() && !verdict.passed()) {
                    failed = Optional.of(verdict);
                }
            }
            return failed;
        }
    }

    private Verdict history(long seed) {
        return new SimulationRun(seed, options, new Trace(0, line -> {})).run();
    }

    private Verdict take(Running running) {
        Verdict verdict;
        try {
            verdict = running.history().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            verdict = Verdict.broken(running.seed(), e);
        }
        totals.add(verdict);
        each.accept(verdict);
        return verdict;
    }
}
