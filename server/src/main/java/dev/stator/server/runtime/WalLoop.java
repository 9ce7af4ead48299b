package dev.stator.server.runtime;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.replication.GroupId;
import dev.stator.storage.wal.SharedWal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The thread of a node's WAL. It takes whatever all shards have appended meanwhile, writes it,
 * syncs once, and tells each shard how far its records are durable: while one sync is under way the
 * next batch gathers, so that the rate of writes does not depend on the rate of syncs.
 *
 * <p>Records are encoded here rather than by the shards: they are immutable, and there is one such
 * thread for each node where shards of several nodes may share one.
 */
final class WalLoop implements AutoCloseable {
    /** Segments that are kept before groups are asked to write what they still need anew. */
    private static final int SEGMENTS_BEFORE_CHECKPOINTS = 4;

    /** How often the log is looked at for what can go, in syncs. */
    private static final int SYNCS_BETWEEN_RECLAIMS = 64;

    /** Groups that are asked after one sync at most. */
    private static final int CHECKPOINTS_AT_A_TIME = 16;

    /** Of the memory in which records are encoded: a larger one, for a checkpoint, is let go. */
    private static final int ENCODING_BYTES_KEPT = 1 << 20;

    /** What the loop tells the shards. */
    interface Listener {
        /** So many records of the shard are durable. */
        void synced(int shard, long records);

        /** The group is to write a reset record, so that the oldest segment can go. */
        void wantsCheckpoint(GroupId group);
    }

    private record Append(int shard, GroupId group, ReplicaRecord record) {}

    private final SharedWal wal;
    private final Listener listener;
    private final Consumer<Throwable> onFailure;
    private final ConcurrentLinkedQueue<Append> appends = new ConcurrentLinkedQueue<>();
    private final Parking parking = new Parking();
    private final Thread thread;
    private final long[] recordsSynced;
    private BinaryWriter encoding = new BinaryWriter();
    private volatile boolean closed;
    private int syncsSinceReclaim;

    WalLoop(
            String name,
            SharedWal wal,
            int shards,
            Listener listener,
            Consumer<Throwable> onFailure) {
        this.wal = wal;
        this.listener = listener;
        this.onFailure = onFailure;
        this.recordsSynced = new long[shards];
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** May be called by any shard's thread; the records of one shard stay in order. */
    void append(int shard, GroupId group, ReplicaRecord record) {
        appends.add(new Append(shard, group, record));
        parking.wake();
    }

    private void run() {
        try {
            List<Append> batch = new ArrayList<>();
            while (!closed) {
                for (Append next = appends.poll(); next != null; next = appends.poll()) {
                    batch.add(next);
                }
                if (batch.isEmpty()) {
                    parking.park(() -> appends.isEmpty() && !closed, Long.MAX_VALUE);
                } else {
                    write(batch);
                    batch.clear();
                }
            }
            wal.close();
        } catch (IOException e) {
            onFailure.accept(new UncheckedIOException(e));
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    private void write(List<Append> batch) throws IOException {
        boolean[] touched = new boolean[recordsSynced.length];
        for (Append append : batch) {
            append(append.group(), append.record());
            recordsSynced[append.shard()]++;
            touched[append.shard()] = true;
        }
        wal.sync();
        for (int shard = 0; shard < touched.length; shard++) {
            if (touched[shard]) {
                listener.synced(shard, recordsSynced[shard]);
            }
        }
        reclaim();
    }

    private void append(GroupId group, ReplicaRecord record) throws IOException {
        encoding.reset();
        ReplicaRecordCodec.write(encoding, record);
        wal.append(group.value(), record.isReset(), encoding.unsafeArray(), encoding.size());
        if (encoding.unsafeArray().length > ENCODING_BYTES_KEPT) {
            encoding = new BinaryWriter();
        }
    }

    /**
     * Deletes what no group needs; where the log has grown long, asks those that still need its
     * oldest part.
     */
    private void reclaim() throws IOException {
        if (++syncsSinceReclaim < SYNCS_BETWEEN_RECLAIMS
                || wal.segmentCount() <= SEGMENTS_BEFORE_CHECKPOINTS) {
            return;
        }
        syncsSinceReclaim = 0;
        wal.deleteReleasedSegments();
        if (wal.segmentCount() <= SEGMENTS_BEFORE_CHECKPOINTS) {
            return;
        }
        int asked = 0;
        for (long group : wal.groupsPinningOldest()) {
            listener.wantsCheckpoint(new GroupId(group));
            if (++asked == CHECKPOINTS_AT_A_TIME) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        parking.wake();
        if (!Thread.currentThread().equals(thread) && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
