package dev.stator.simulator.cluster;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.node.ShardPort;
import dev.stator.core.node.StorageShard;
import dev.stator.core.node.StorePosition;
import dev.stator.core.node.StoreView;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupRecord;
import dev.stator.storage.store.AppliedPosition;
import dev.stator.storage.store.CorruptItemException;
import dev.stator.storage.store.StoreReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one shard of a node: gives it events with the time of the node's clock, lets it flush after
 * each batch of them, and takes its effects to network, WAL and store.
 */
final class ShardProcess implements ShardPort {
    /** Events that come within this time are one batch. */
    private static final long BATCH_NANOS_MAX = 100_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NodeProcess process;
    private final int index;
    private final SplittableRandom random;
    private final StorageShard shard;
    private boolean flushPlanned;

    ShardProcess(NodeProcess process, StorageShard.Setup setup) {
        this.process = process;
        this.index = setup.index();
        this.random = process.node().simulation().split();
        this.shard = new StorageShard(setup, this, process.clockNanos());
    }

    void recover(GroupId group, byte[] record) {
        shard.recover(group, record);
    }

    void start(Map<Long, StorePosition> positions, boolean hostsSystemGroup) {
        event(now -> {
            shard.start(positions, now);
            if (hostsSystemGroup) {
                shard.host(process.node().cluster().systemReplica());
            }
        });
        planTick();
    }

    private void planTick() {
        long real = process.node().clock().realNanos(StorageShard.TICK_NANOS);
        process.after(
                real + random.nextLong(NANOS_PER_MILLI),
                () -> {
                    event(shard::onTick);
                    planTick();
                });
    }

    List<StorageShard.ReplicaStatus> status() {
        return shard.status(process.clockNanos());
    }

    // ---- Events

    private void event(LongConsumer handler) {
        handler.accept(process.clockNanos());
        process.node().cluster().observer().storageEvent(process.node());
        if (!flushPlanned) {
            flushPlanned = true;
            process.after(random.nextLong(BATCH_NANOS_MAX), this::flush);
        }
    }

    private void flush() {
        flushPlanned = false;
        shard.flush(process.clockNanos());
        process.node().cluster().observer().storageEvent(process.node());
    }

    void deliver(Envelope envelope) {
        event(now -> shard.onMessage(planted(envelope), now));
    }

    /** A consistent read that asks nobody for a lease, where that mistake is planted. */
    private Envelope planted(Envelope envelope) {
        if (process.node().bug() == PlantedBug.READ_WITHOUT_LEASE
                && envelope.message()
                        instanceof
                        Message.PartitionCall(
                                long callId,
                                GroupId group,
                                PartitionRequest.Get(var key, var consistent, var projection))
                && consistent) {
            PartitionRequest.Get get = new PartitionRequest.Get(key, false, projection);
            return new Envelope(
                    envelope.from(), envelope.to(), new Message.PartitionCall(callId, group, get));
        }
        return envelope;
    }

    void onLogSynced(long records) {
        event(now -> shard.onLogSynced(records, now));
    }

    void onApplied(GroupId group, long lsn) {
        event(now -> shard.onStoreApplied(group, lsn, now));
    }

    void onFlushed(Map<Long, Long> lsns) {
        event(now -> shard.onStoreFlushed(lsns, now));
    }

    void checkpoint(GroupId group) {
        event(now -> shard.checkpoint(group, now));
    }

    // ---- ShardPort

    @Override
    public void send(Envelope envelope) {
        process.node().cluster().network().send(envelope);
    }

    @Override
    public void appendLog(GroupId group, boolean reset, byte[] record) {
        boolean forgotten =
                process.node().bug() == PlantedBug.FORGETS_PROMISES
                        && ReplicaRecordCodec.decode(record)
                                instanceof ReplicaRecord.Progress(GroupRecord.Promised _);
        // An empty run of entries in the place of a promise: the count of records stays right.
        byte[] written =
                forgotten
                        ? ReplicaRecordCodec.encode(
                                new ReplicaRecord.Progress(new GroupRecord.Appended(List.of())))
                        : record;
        process.wal().append(index, group, reset, written);
    }

    @Override
    public void applyToStore(StoreBatch batch) {
        process.node().cluster().observer().applied(process.node(), batch);
        process.storeProcess().apply(index, batch);
    }

    /** A read of the store. */
    private interface Read<T> {
        T run() throws IOException;
    }

    /** Reads after a while, and hands over what was read after another. */
    private <T extends @Nullable Object> void read(
            Read<T> read, Consumer<T> then, Consumer<String> damaged) {
        long delay = process.node().conditions().read().draw(random);
        process.after(
                delay / 2,
                () -> {
                    try {
                        T result = read.run();
                        process.after(delay - delay / 2, () -> event(_ -> then.accept(result)));
                    } catch (CorruptItemException e) {
                        process.after(
                                0,
                                () -> event(_ -> damaged.accept(String.valueOf(e.getMessage()))));
                    } catch (IOException e) {
                        process.ioFailed(e);
                    }
                });
    }

    @Override
    public void readStore(byte[] key, Consumer<byte @Nullable []> then, Consumer<String> damaged) {
        this.<byte @Nullable []>read(() -> process.store().get(key), then, damaged);
    }

    @Override
    public void scanStore(StoreScan scan, Runnable then, Consumer<String> damaged) {
        scan(process.store(), scan, then, damaged);
    }

    private void scan(StoreReader reader, StoreScan scan, Runnable then, Consumer<String> damaged) {
        read(
                () -> {
                    if (scan.forward()) {
                        reader.scan(scan.range(), scan.collector()::collect);
                    } else {
                        reader.scanReverse(scan.range(), scan.collector()::collect);
                    }
                    return true;
                },
                _ -> then.run(),
                damaged);
    }

    @Override
    public StoreView viewStore() {
        dev.stator.storage.store.StoreView view = process.store().view();
        return new StoreView() {
            @Override
            public StorePosition position(GroupId group) {
                try {
                    AppliedPosition position = view.position(group.value());
                    return position == null
                            ? StorePosition.NONE
                            : new StorePosition(position.lsn(), position.state());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }

            @Override
            public void scan(StoreScan scan, Runnable then, Consumer<String> damaged) {
                ShardProcess.this.scan(view, scan, then, damaged);
            }

            @Override
            public void close() {
                view.close();
            }
        };
    }

    @Override
    public void flushStore(Runnable then) {
        process.storeProcess().flush(() -> event(_ -> then.run()));
    }

    @Override
    public long wallClockMillis() {
        return process.node().wallClockMillis();
    }

    @Override
    public void systemLeadership(boolean leads, long ballotRound) {
        process.admin().systemLeadership(leads, ballotRound);
    }

    @Override
    public void evaluationFailed(GroupId group, Throwable cause) {
        process.node().cluster().observer().failed(process.node(), cause);
    }

    @Override
    public void replicaStopped(GroupId group, String reason) {
        process.node().cluster().observer().replicaStopped(process.node(), group, reason);
    }
}
