package dev.stator.simulator.cluster;

import dev.stator.replication.GroupId;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.plant.PlantedBug;
import dev.stator.storage.wal.SharedWal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * A node's WAL as the server runs it: takes what all shards have appended meanwhile, writes it,
 * syncs once, and tells each shard. The write and the sync are two events, so that a crash can come
 * between them.
 */
final class WalProcess {
    /** Much less than the server's, so that segments are deleted within a short history. */
    private static final int SEGMENTS_BEFORE_CHECKPOINTS = 2;

    private static final int SYNCS_BETWEEN_RECLAIMS = 16;
    private static final int CHECKPOINTS_AT_A_TIME = 16;

    /** Until a shard hears of what was done; the same for all news, so that it stays in order. */
    private static final long NOTICE_NANOS = 10_000;

    /** What the log tells the shards. */
    interface Listener {
        void synced(int shard, long records);

        /** So many records are on the disk; the shard is not told yet. */
        void durable(int shard, long records);

        void wantsCheckpoint(GroupId group);
    }

    private record Append(int shard, GroupId group, boolean reset, byte[] record) {}

    private final NodeProcess process;
    private final SharedWal wal;
    private final Listener listener;
    private final SplittableRandom random;
    private final ArrayDeque<Append> appends = new ArrayDeque<>();
    private final long[] recordsSynced;
    private boolean busy;
    private int syncsSinceReclaim;

    WalProcess(NodeProcess process, SharedWal wal, int shards, Listener listener) {
        this.process = process;
        this.wal = wal;
        this.listener = listener;
        this.random = process.node().simulation().split();
        this.recordsSynced = new long[shards];
        if (wal.recovery().tornTail().isPresent()) {
            process.node().simulation().happened(RareEvent.LOG_TAIL_TORN);
        }
    }

    void append(int shard, GroupId group, boolean reset, byte[] record) {
        appends.add(new Append(shard, group, reset, record));
        if (!busy) {
            busy = true;
            process.after(0, this::writeBatch);
        }
    }

    private void writeBatch() {
        try {
            boolean[] touched = new boolean[recordsSynced.length];
            for (Append next = appends.poll(); next != null; next = appends.poll()) {
                wal.append(next.group().value(), next.reset(), next.record());
                recordsSynced[next.shard()]++;
                touched[next.shard()] = true;
            }
            if (process.node().bug() == PlantedBug.ACKNOWLEDGE_BEFORE_SYNC) {
                report(touched);
            }
            process.after(
                    process.node().conditions().sync().draw(random), () -> syncBatch(touched));
        } catch (IOException e) {
            process.ioFailed(e);
        }
    }

    private void syncBatch(boolean[] touched) {
        try {
            wal.sync();
            for (int shard = 0; shard < touched.length; shard++) {
                listener.durable(shard, recordsSynced[shard]);
            }
            if (process.node().bug() != PlantedBug.ACKNOWLEDGE_BEFORE_SYNC) {
                report(touched);
            }
            reclaim();
        } catch (IOException e) {
            process.ioFailed(e);
            return;
        }
        busy = !appends.isEmpty();
        if (busy) {
            process.after(0, this::writeBatch);
        }
    }

    private void report(boolean[] touched) {
        for (int shard = 0; shard < touched.length; shard++) {
            if (touched[shard]) {
                int synced = shard;
                long records = recordsSynced[shard];
                process.after(NOTICE_NANOS, () -> listener.synced(synced, records));
            }
        }
    }

    private void reclaim() throws IOException {
        if (++syncsSinceReclaim < SYNCS_BETWEEN_RECLAIMS
                || wal.segmentCount() <= SEGMENTS_BEFORE_CHECKPOINTS) {
            return;
        }
        syncsSinceReclaim = 0;
        if (wal.deleteReleasedSegments() > 0) {
            process.node().simulation().happened(RareEvent.SEGMENTS_DELETED);
        }
        if (wal.segmentCount() <= SEGMENTS_BEFORE_CHECKPOINTS) {
            return;
        }
        int asked = 0;
        for (long group : wal.groupsPinningOldest()) {
            process.after(0, () -> listener.wantsCheckpoint(new GroupId(group)));
            if (++asked == CHECKPOINTS_AT_A_TIME) {
                return;
            }
        }
    }
}
