package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.replication.GroupId;
import dev.stator.storage.store.AppliedPosition;
import dev.stator.storage.store.MemoryPartitionStore;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What the loop tells shards, held against what the store holds at that moment. */
class StoreNewsTest {
    private static final long WAIT_SECONDS_MAX = 60;

    /** Between two looks at what another thread is to do. */
    private static final long PAUSE_NANOS = 100_000;

    private static final GroupId GROUP = new GroupId(7);
    private static final GroupId OTHER = new GroupId(8);

    private final MemoryPartitionStore store = new MemoryPartitionStore();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Watch watch = new Watch();

    private final class Watch implements StoreLoop.Listener {
        private final Queue<String> lies = new ConcurrentLinkedQueue<>();
        private final Map<GroupId, Long> applied = new ConcurrentHashMap<>();
        private final Map<Long, Long> flushed = new ConcurrentHashMap<>();
        private final AtomicInteger flushes = new AtomicInteger();

        @Override
        public void applied(int shard, Map<GroupId, Long> lsns) {
            SortedMap<Long, AppliedPosition> inStore = store.appliedPositions();
            lsns.forEach((group, lsn) -> check("applied", inStore, group.value(), lsn));
            applied.putAll(lsns);
        }

        @Override
        public void flushed(Map<Long, Long> lsns) {
            SortedMap<Long, AppliedPosition> durable = store.copyOfDurable().appliedPositions();
            lsns.forEach((group, lsn) -> check("flushed", durable, group, lsn));
            flushed.putAll(lsns);
            flushes.incrementAndGet();
        }

        private void check(
                String what, SortedMap<Long, AppliedPosition> found, long group, long lsn) {
            AppliedPosition position = found.get(group);
            if (position == null || position.lsn() < lsn) {
                lies.add(what + " " + lsn + " of " + group + ", but it is at " + position);
            }
        }
    }

    private StoreLoop started() {
        StoreLoop loop = new StoreLoop("store", store, watch, failure::complete);
        loop.start();
        return loop;
    }

    private static StoreBatch batch(GroupId group, long lsn, int bytes) {
        byte[] key = {(byte) group.value(), (byte) lsn};
        return new StoreBatch(
                group.value(), lsn, List.of(new StoreWrite.Put(key, new byte[bytes])), List.of());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Test
    void whatIsToldToBeAppliedIsInTheStore() {
        long last = 300;
        try (StoreLoop loop = started()) {
            for (long lsn = 1; lsn <= last; lsn++) {
                loop.apply(0, batch(GROUP, lsn, 10));
                loop.apply(1, batch(OTHER, lsn, 10));
            }
            await(() -> watch.applied.getOrDefault(GROUP, 0L) == last);
            await(() -> watch.applied.getOrDefault(OTHER, 0L) == last);
        }
        assertThat(watch.lies).isEmpty();
        assertThat(failure).isNotDone();
    }

    @Test
    void aFlushThatIsAskedForHoldsAllThatWasGivenBefore() throws Exception {
        try (StoreLoop loop = started()) {
            for (long round = 1; round <= 20; round++) {
                long lsn = round;
                CountDownLatch done = new CountDownLatch(1);
                SortedMap<Long, AppliedPosition> durable = new TreeMap<>();
                loop.apply(0, batch(GROUP, lsn, 10));
                loop.flush(() -> {
                    durable.putAll(store.copyOfDurable().appliedPositions());
                    done.countDown();
                });
                assertThat(done.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
                assertThat(durable.get(GROUP.value())).isNotNull();
                assertThat(durable.get(GROUP.value()).lsn()).isEqualTo(lsn);
            }
        }
        assertThat(watch.lies).isEmpty();
    }

    @Test
    void aStoreThatIsWrittenToIsFlushedUnasked() {
        try (StoreLoop loop = started()) {
            long lsn = 0;
            while (watch.flushes.get() == 0) {
                lsn++;
                long applied = lsn;
                loop.apply(0, batch(GROUP, lsn, 1 << 20));
                await(() -> watch.applied.getOrDefault(GROUP, 0L) == applied);
                assertThat(lsn).isLessThan(100);
            }
            await(() -> watch.flushed.containsKey(GROUP.value()));
            assertThat(watch.flushed.get(GROUP.value())).isPositive();
        }
        assertThat(watch.lies).isEmpty();
    }

    /** Positions do not come back after what was removed is gone. */
    @Test
    void whatIsRemovedIsGoneInItsTurn() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (StoreLoop loop = started()) {
            loop.apply(0, batch(GROUP, 1, 10));
            loop.apply(0, StoreBatch.removing(GROUP.value(), List.of()));
            loop.apply(0, batch(OTHER, 1, 10));
            loop.flush(done::countDown);
            assertThat(done.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            assertThat(store.copyOfDurable().appliedPositions()).containsOnlyKeys(OTHER.value());
        }
    }

    @Test
    void nothingIsToldOfAStoreThatFails() throws Exception {
        try (StoreLoop loop = started()) {
            loop.apply(0, batch(GROUP, 1, 10));
            await(() -> watch.applied.getOrDefault(GROUP, 0L) == 1);
            store.close();
            loop.apply(0, batch(GROUP, 2, 10));
            assertThat(failure.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(watch.applied).containsEntry(GROUP, 1L);
        assertThat(watch.flushed).isEmpty();
    }
}
