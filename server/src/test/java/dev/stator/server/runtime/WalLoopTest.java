package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.key.KeyRange;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalFailedException;
import dev.stator.storage.wal.WalOptions;
import dev.stator.storage.wal.WalVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the loop tells shards, held against what a power failure at that moment would leave. */
class WalLoopTest {
    private static final UUID NODE = new UUID(1, 2);
    private static final WalOptions OPTIONS = new WalOptions(4 << 10, 1 << 10, 512);
    private static final int SHARDS = 2;
    private static final long WAIT_SECONDS_MAX = 60;

    /** Between two looks at what another thread is to do. */
    private static final long PAUSE_NANOS = 20_000;

    /** Several segments of them. */
    private static final long WRITES_AFTERWARDS = 300;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private WalLoop loop(WalLoop.Listener listener) throws IOException {
        Disk opened = disk.open();
        SharedWal wal = SharedWal.create(opened, NODE, OPTIONS);
        return new WalLoop("wal", wal, SHARDS, listener, failure::complete);
    }

    /** What the loop tells; of no interest where a test does not say so. */
    private interface Notices extends WalLoop.Listener {
        @Override
        default void wantsCheckpoint(GroupId group) {}
    }

    /** The records of each group that are there after a power failure now. */
    private Map<Long, Integer> recordsAfterPowerFailure() {
        SimulatedDisk copy = new SimulatedDisk();
        copy.restore(disk.image());
        Map<Long, Integer> records = new TreeMap<>();
        try {
            SharedWal.open(copy.open(), NODE, OPTIONS, new Counting(records)).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private record Counting(Map<Long, Integer> records) implements WalVisitor {
        @Override
        public void record(long groupId, boolean reset, byte[] payload) {
            records.merge(groupId, 1, Integer::sum);
        }

        @Override
        public void forgotten(long groupId) {
            records.remove(groupId);
        }
    }

    private static ReplicaRecord record(boolean reset, int payloadBytes) {
        Ballot ballot = new Ballot(1, new NodeId(1, 2));
        List<LogEntry> entries =
                List.of(new LogEntry(1, ballot, LogEntry.Kind.COMMAND, new byte[payloadBytes]));
        return reset
                ? new ReplicaRecord.Hosted(
                        new ReplicaDescriptor(GroupId.SYSTEM, 1, KeyRange.ALL, List.of()),
                        new GroupRecord.Checkpoint(ballot, 0, Ballot.NONE, entries))
                : new ReplicaRecord.Progress(new GroupRecord.Appended(entries));
    }

    /** Groups are numbered as their shards are here. */
    private static GroupId groupOf(int shard) {
        return new GroupId(shard);
    }

    @Test
    void whatAShardIsToldToBeDurableOutlastsAPowerFailure() throws Exception {
        int rounds = 60;
        Semaphore told = new Semaphore(0);
        List<String> lies = new ArrayList<>();
        long[] last = new long[SHARDS];
        Notices listener =
                (shard, records) -> {
                    int found = recordsAfterPowerFailure().getOrDefault((long) shard, 0);
                    if (found < records) {
                        lies.add("shard " + shard + ": " + records + " said, " + found + " there");
                    }
                    last[shard] = records;
                    told.release();
                };
        try (WalLoop loop = loop(listener)) {
            loop.start();
            for (int round = 0; round < rounds; round++) {
                loop.append(round % SHARDS, groupOf(round % SHARDS), record(false, round * 7));
                if (round % 3 == 0) {
                    assertThat(told.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
                }
            }
            while (last[0] + last[1] < rounds) {
                assertThat(told.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(lies).isEmpty();
        assertThat(last).containsExactly(rounds / 2, rounds / 2);
        assertThat(failure).isNotDone();
    }

    @Test
    void aFailedSyncEndsTheLoopAndNothingMoreIsToldToBeDurable() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        AtomicLong said = new AtomicLong();
        Notices listener =
                (_, records) -> {
                    said.set(records);
                    first.countDown();
                };
        try (WalLoop loop = loop(listener)) {
            loop.start();
            loop.append(0, groupOf(0), record(false, 10));
            assertThat(first.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            disk.arm(SimulatedDisk.Fault.SYNC);
            loop.append(0, groupOf(0), record(false, 10));
            assertThat(failure.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(IOException.class)
                    .cause()
                    .isNotInstanceOf(WalFailedException.class);
            loop.append(0, groupOf(0), record(false, 10));
        }
        assertThat(said).hasValue(1);
    }

    /**
     * The loop goes to sleep just when the next record comes, again and again: one that slept
     * through it would never be woken.
     */
    @Test
    void noRecordIsSleptThrough() throws Exception {
        long rounds = 50_000;
        AtomicLong synced = new AtomicLong();
        Notices listener = (_, records) -> synced.set(records);
        try (WalLoop loop = loop(listener)) {
            loop.start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
            for (long round = 1; round <= rounds; round++) {
                for (long pause = round % 64; pause > 0; pause--) {
                    Thread.onSpinWait(); // At another moment of its falling asleep each time.
                }
                loop.append(0, groupOf(0), record(true, 0));
                for (long spun = 0; synced.get() < round; spun++) {
                    if (spun % 1_000 == 999) {
                        assertThat(System.nanoTime()).as("round %d", round).isLessThan(deadline);
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                }
            }
        }
        assertThat(synced).hasValue(rounds);
    }

    @Test
    void whoeverPinsTheOldestSegmentIsAskedAndItGoesOnceNobodyNeedsIt() throws Exception {
        AtomicLong synced = new AtomicLong();
        SortedSet<Long> asked = new TreeSet<>();
        CountDownLatch pinned = new CountDownLatch(1);
        WalLoop.Listener listener =
                new WalLoop.Listener() {
                    @Override
                    public void synced(int shard, long records) {
                        if (shard == 0) {
                            synced.set(records);
                        }
                    }

                    @Override
                    public void wantsCheckpoint(GroupId group) {
                        asked.add(group.value());
                        pinned.countDown();
                    }
                };
        try (WalLoop loop = loop(listener)) {
            loop.start();
            loop.append(1, groupOf(1), record(false, 0));
            writeUntil(loop, synced, () -> pinned.getCount() == 0);
            loop.append(1, groupOf(1), record(true, 0));
            AtomicLong writesLeft = new AtomicLong(WRITES_AFTERWARDS);
            writeUntil(loop, synced, () -> writesLeft.getAndDecrement() == 0);
        }
        assertThat(segments()).doesNotContain("000000000001.wal");
        assertThat(asked).containsExactly(1L);
        assertThat(failure).isNotDone();
    }

    /** What is to come about. */
    private interface Condition {
        boolean holds();
    }

    private static void writeUntil(WalLoop loop, AtomicLong synced, Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        long written = synced.get();
        while (!condition.holds()) {
            loop.append(0, groupOf(0), record(true, 1_000));
            written++;
            while (synced.get() < written) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private List<String> segments() throws IOException {
        return disk.list("");
    }
}
