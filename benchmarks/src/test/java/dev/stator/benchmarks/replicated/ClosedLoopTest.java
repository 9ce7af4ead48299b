package dev.stator.benchmarks.replicated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
    private static final int WRITERS = 4;
    private static final int ITEMS = 10;
    private static final int MILLIS = 50;

    private final ClosedLoop loop = new ClosedLoop(new Load(WRITERS, ITEMS));
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger underWayMax = new AtomicInteger();

    /** Acknowledges on a thread of its own, but for the writes of one writer. */
    private final class Obedient implements Contender {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final int failing;

        Obedient(int failing) {
            this.failing = failing;
        }

        @Override
        public void write(int writer, int item) {
            underWayMax.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            assertThat(item).isBetween(0, ITEMS - 1);
            thread.execute(() -> {
                underWay.decrementAndGet();
                if (writer == failing) {
                    loop.failed(writer, "lost");
                } else {
                    loop.acknowledged(writer);
                }
            });
        }

        @Override
        public void close() {
            thread.close();
        }
    }

    @Test
    void everyWriterHasOneWriteUnderWay() throws InterruptedException {
        try (Obedient contender = new Obedient(WRITERS)) {
            Slice slice = loop.run(contender, 0, MILLIS);
            assertThat(slice.failures()).isEmpty();
            assertThat(slice.nanos().getTotalCount()).isGreaterThan(WRITERS);
            assertThat(slice.elapsedNanos()).isGreaterThanOrEqualTo(MILLIS * 1_000_000L);
            assertThat(slice.writesPerSecond()).isPositive();
            assertThat(underWayMax).hasValueLessThanOrEqualTo(WRITERS);
            assertThat(underWay).as("at the end").hasValue(0);
        }
    }

    @Test
    void writesThatFailAreCountedByReason() throws InterruptedException {
        try (Obedient contender = new Obedient(0)) {
            Map<String, Long> failures = loop.run(contender, 0, MILLIS).failures();
            assertThat(failures).containsOnlyKeys("lost");
        }
    }

    @Test
    void writesThatAreNeverAnsweredAreCounted() throws InterruptedException {
        Contender silent =
                new Contender() {
                    @Override
                    public void write(int writer, int item) {}

                    @Override
                    public void close() {}
                };
        Slice slice = loop.run(silent, 0, 1, 1);
        assertThat(slice.failures()).containsEntry("not answered", (long) WRITERS);
    }
}
