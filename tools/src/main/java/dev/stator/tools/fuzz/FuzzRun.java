package dev.stator.tools.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sends all cases of a plan by some workers at a time. */
public final class FuzzRun {
    /** With as many a run ends: what is wrong is known. */
    private static final int FINDINGS_MAX = 20;

    private final FuzzPlan plan;
    private final Progress progress;
    private final ConcurrentLinkedQueue<Finding> findings = new ConcurrentLinkedQueue<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final AtomicLong done = new AtomicLong();

    /** Told of every thousandth case, by any thread. */
    @FunctionalInterface
    public interface Progress {
        void done(long cases);
    }

    public FuzzRun(FuzzPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs to the end, or until too much was found.
     *
     * @throws IOException if the server cannot be used
     */
    public FuzzResult run() throws IOException, InterruptedException {
        Map<Integer, Long> byStatus = new TreeMap<>();
        long compared = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<FuzzWorker>> ends = new ArrayList<>();
            for (int number = 0; number < plan.workers(); number++) {
                int worker = number;
                ends.add(threads.submit(() -> work(worker)));
            }
            for (Future<FuzzWorker> end : ends) {
                FuzzWorker worker = end.get();
                worker.byStatus().forEach((key, count) -> byStatus.merge(key, count, Long::sum));
                compared += worker.compared();
            }
        } catch (ExecutionException failed) {
            throw new IOException("the server cannot be used: " + failed.getCause(), failed);
        }
        return new FuzzResult(byStatus, compared, List.copyOf(findings));
    }

    private FuzzWorker work(int worker) throws IOException, InterruptedException {
        try (FuzzWorker sender = new FuzzWorker(plan, worker, findings::add, deleted)) {
            sender.prepare();
            long end = plan.cases().from() + plan.cases().count();
            for (long number = plan.cases().from(); number < end; number++) {
                if (number % plan.workers() == worker && findings.size() < FINDINGS_MAX) {
                    sender.run(number);
                    long count = done.incrementAndGet();
                    if (count % 1_000 == 0) {
                        progress.done(count);
                    }
                }
            }
            sender.remove();
            return sender;
        }
    }
}
