package dev.stator.server.runtime;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.node.ShardPort;
import dev.stator.core.node.StorageShard;
import dev.stator.core.node.StorePosition;
import dev.stator.core.node.StoreView;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.GroupId;
import dev.stator.storage.store.CorruptStoreException;
import dev.stator.storage.store.PartitionStore;
import dev.stator.storage.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one shard of a storage node: its loop, and the way of its effects to network, WAL and store.
 */
final class ShardRunner implements ShardPort, EventLoop.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(ShardRunner.class);

    /** What a shard shares with the rest of its node. */
    interface Node {
        void send(Envelope envelope);

        WalLoop wal();

        StoreLoop storeLoop();

        PartitionStore store();

        /** Where reads of the store are made. */
        Executor readers();

        void systemLeadership(boolean leads, long ballotRound);

        void fail(Throwable cause);
    }

    private final Node node;
    private final StorageShard.Setup setup;
    private final EventLoop loop;
    private final StorageShard shard;

    ShardRunner(Node node, StorageShard.Setup setup, EventLoop loop) {
        this.node = node;
        this.setup = setup;
        this.loop = loop;
        this.shard = new StorageShard(setup, this, loop.nowNanos());
    }

    // ---- Before the loop runs, by the thread that starts the node

    void recover(GroupId group, byte[] record) {
        shard.recover(group, record);
    }

    void start(Map<Long, StorePosition> positions, Optional<ReplicaDescriptor> systemReplica) {
        loop.start(this);
        loop.execute(() -> {
            shard.start(positions, loop.nowNanos());
            systemReplica.ifPresent(shard::host);
        });
    }

    // ---- Events, from any thread

    void deliver(Envelope envelope) {
        loop.execute(() -> shard.onMessage(envelope, loop.nowNanos()));
    }

    void onLogSynced(long records) {
        loop.execute(() -> shard.onLogSynced(records, loop.nowNanos()));
    }

    void onApplied(Map<GroupId, Long> lsns) {
        loop.execute(() ->
                lsns.forEach((group, lsn) -> shard.onStoreApplied(group, lsn, loop.nowNanos())));
    }

    void onFlushed(Map<Long, Long> lsns) {
        loop.execute(() -> shard.onStoreFlushed(lsns, loop.nowNanos()));
    }

    void checkpoint(GroupId group) {
        loop.execute(() -> shard.checkpoint(group, loop.nowNanos()));
    }

    /**
     * Gives up all offices, so that others need not wait for leases to end; returns when that is
     * said.
     */
    void resignAll(Runnable then) {
        loop.execute(() -> {
            shard.resignAll(loop.nowNanos());
            then.run();
        });
    }

    void close() {
        loop.close();
    }

    /** Closes what the loop, which has ended, held open in the store; nothing reads it any more. */
    void closeViews() {
        shard.close();
    }

    // ---- EventLoop.Owner

    @Override
    public void afterBatch(long nowNanos) {
        shard.flush(nowNanos);
    }

    @Override
    public void onTick(long nowNanos) {
        shard.onTick(nowNanos);
    }

    @Override
    public long tickNanos() {
        return StorageShard.TICK_NANOS;
    }

    // ---- ShardPort, called by the loop

    @Override
    public void send(Envelope envelope) {
        node.send(envelope);
    }

    @Override
    public void appendLog(GroupId group, ReplicaRecord record) {
        node.wal().append(setup.index(), group, record);
    }

    @Override
    public void applyToStore(StoreBatch batch) {
        node.storeLoop().apply(setup.index(), batch);
    }

    /**
     * What memory can tell is read at once: to hand such a read to another thread and back costs
     * several times as much as the read. One that needs the disk goes to a thread that may wait.
     */
    @Override
    public void readStore(byte[] key, Consumer<byte @Nullable []> then, Consumer<String> damaged) {
        read(
                () -> {
                    switch (node.store().getFromMemory(key)) {
                        case PartitionStore.MemoryRead.Known(var value) ->
                                loop.execute(() -> then.accept(value));
                        case PartitionStore.MemoryRead.OnDisk _ -> readFromDisk(key, then, damaged);
                    }
                },
                damaged);
    }

    private void readFromDisk(
            byte[] key, Consumer<byte @Nullable []> then, Consumer<String> damaged) {
        node.readers()
                .execute(() ->
                        read(
                                () -> {
                                    byte @Nullable [] value = node.store().get(key);
                                    loop.execute(() -> then.accept(value));
                                },
                                damaged));
    }

    @Override
    public void scanStore(StoreScan scan, Runnable then, Consumer<String> damaged) {
        scan(node.store(), scan, then, damaged);
    }

    private void scan(StoreReader reader, StoreScan scan, Runnable then, Consumer<String> damaged) {
        node.readers()
                .execute(() ->
                        read(
                                () -> {
                                    scanNow(reader, scan);
                                    loop.execute(then);
                                },
                                damaged));
    }

    private static void scanNow(StoreReader reader, StoreScan scan) throws IOException {
        if (scan.forward()) {
            reader.scan(scan.range(), scan.collector()::collect);
        } else {
            reader.scanReverse(scan.range(), scan.collector()::collect);
        }
    }

    /** A read that may fail. */
    private interface Read {
        void run() throws IOException;
    }

    private void read(Read read, Consumer<String> damaged) {
        try {
            read.run();
        } catch (CorruptStoreException e) {
            String detail = String.valueOf(e.getMessage());
            loop.execute(() -> damaged.accept(detail));
        } catch (IOException e) {
            node.fail(new UncheckedIOException(e));
        } catch (RuntimeException | Error e) {
            node.fail(e);
        }
    }

    @Override
    public StoreView viewStore() {
        dev.stator.storage.store.StoreView view = node.store().view();
        return new StoreView() {
            @Override
            public StorePosition position(GroupId group) {
                return StorePositions.of(view, group);
            }

            @Override
            public void scan(StoreScan scan, Runnable then, Consumer<String> damaged) {
                ShardRunner.this.scan(view, scan, then, damaged);
            }

            @Override
            public void close() {
                view.close();
            }
        };
    }

    @Override
    public void flushStore(Runnable then) {
        node.storeLoop().flush(() -> loop.execute(then));
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public void systemLeadership(boolean leads, long ballotRound) {
        node.systemLeadership(leads, ballotRound);
    }

    @Override
    public void evaluationFailed(GroupId group, Throwable cause) {
        LOG.error("a request to {} could not be evaluated: {}", group, cause, cause);
    }

    @Override
    public void replicaStopped(GroupId group, String reason) {
        LOG.error("the replica of {} cannot go on as it is: {}", group, reason);
    }
}
