package dev.stator.benchmarks.replicated;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Keeps all writers of a load busy: each starts its next write when the one before has ended, on
 * the thread that said so. For one round.
 */
final class ClosedLoop implements Contender.Outcomes {
    private static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 2;

    /** How long the writes under way may take at the end of the round. */
    private static final long LAST_WRITES_MILLIS_MAX = 20_000;

    private enum Phase {
        WARM_UP,
        MEASURING,
        ENDING
    }

    private final Load load;
    private final Writer[] writers;
    private final CountDownLatch busy;
    private volatile Phase phase = Phase.WARM_UP;

    /** Set before the first write. */
    private volatile Contender contender = NOBODY;

    private static final Contender NOBODY =
            new Contender() {
                @Override
                public void write(int writer, int item) {
                    throw new IllegalStateException("no contender yet");
                }

                @Override
                public void close() {}
            };

    /** Touched by one thread at a time: whoever ends its write. */
    private static final class Writer {
        private final SplittableRandom items;
        private final Histogram nanos = new Histogram(NANOS_MAX, DIGITS);

        /** May still be added to when the round has ended. */
        private final Map<String, Long> failures = new ConcurrentSkipListMap<>();

        private long startNanos;

        Writer(SplittableRandom items) {
            this.items = items;
        }
    }

    ClosedLoop(Load load) {
        this.load = load;
        this.busy = new CountDownLatch(load.writers());
        this.writers = new Writer[load.writers()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new Writer(load.choice(i));
        }
    }

    /** Warms up, measures, and waits for the writes under way. */
    Slice run(Contender writing, long warmUpMillis, long millis) throws InterruptedException {
        return run(writing, warmUpMillis, millis, LAST_WRITES_MILLIS_MAX);
    }

    Slice run(Contender writing, long warmUpMillis, long millis, long lastMillisMax)
            throws InterruptedException {
        contender = writing;
        for (int i = 0; i < writers.length; i++) {
            start(i);
        }
        Thread.sleep(warmUpMillis);
        long cpuNanos = processCpuNanos();
        long begin = System.nanoTime();
        phase = Phase.MEASURING;
        Thread.sleep(millis);
        phase = Phase.ENDING;
        long elapsed = System.nanoTime() - begin;
        cpuNanos = processCpuNanos() - cpuNanos;
        boolean ended = busy.await(lastMillisMax, TimeUnit.MILLISECONDS);
        return slice(elapsed, cpuNanos, ended ? 0 : busy.getCount());
    }

    private static long processCpuNanos() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** Nobody records any more, not even those whose write is not answered yet. */
    private Slice slice(long elapsedNanos, long cpuNanos, long unanswered) {
        Histogram nanos = new Histogram(NANOS_MAX, DIGITS);
        Map<String, Long> failures = new TreeMap<>();
        for (Writer writer : writers) {
            nanos.add(writer.nanos);
            writer.failures.forEach((reason, count) -> failures.merge(reason, count, Long::sum));
        }
        if (unanswered > 0) {
            failures.put("not answered", unanswered);
        }
        return new Slice(nanos, elapsedNanos, cpuNanos, failures);
    }

    private void start(int number) {
        Writer writer = writers[number];
        writer.startNanos = System.nanoTime();
        contender.write(number, writer.items.nextInt(load.itemCount()));
    }

    @Override
    public void acknowledged(int number) {
        if (phase == Phase.MEASURING) {
            Writer writer = writers[number];
            writer.nanos.recordValue(Math.min(NANOS_MAX, System.nanoTime() - writer.startNanos));
        }
        goOn(number);
    }

    @Override
    public void failed(int number, String reason) {
        writers[number].failures.merge(reason, 1L, Long::sum);
        goOn(number);
    }

    private void goOn(int number) {
        if (phase == Phase.ENDING) {
            busy.countDown();
        } else {
            start(number);
        }
    }
}
