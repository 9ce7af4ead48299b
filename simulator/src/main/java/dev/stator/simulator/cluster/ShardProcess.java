package dev.stator.simulator.cluster;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.node.ShardPort;
import dev.stator.core.node.StorageShard;
import dev.stator.core.node.StorePosition;
import dev.stator.core.node.StoreView;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.plant.PlantedBug;
import dev.stator.simulator.plant.ShardGate;
import dev.stator.simulator.plant.ShardPlant;
import dev.stator.storage.store.AppliedPosition;
import dev.stator.storage.store.CorruptItemException;
import dev.stator.storage.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
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
    private final LogWatch log;
    private final ShardPlant plant;
    private final InFlightWatch inFlight;
    private final ShardWatch watch;
    private boolean flushPlanned;
    private long readsBegun;
    private long lastReadEnded;

    ShardProcess(NodeProcess process, StorageShard.Setup setup) {
        this.process = process;
        this.index = setup.index();
        this.random = process.node().simulation().split();
        PlantedBug bug = process.node().bug();
        this.plant = bug.plantAt(new Gate());
        // A node that says it started a lease ago has granted nothing that may still bind it.
        long startedNanos =
                bug == PlantedBug.NO_SILENCE_AFTER_RESTART
                        ? process.clockNanos() - setup.timing().leaseNanos()
                        : process.clockNanos();
        this.shard = new StorageShard(setup, this, startedNanos);
        this.log = new LogWatch(process.node().simulation());
        this.inFlight = new InFlightWatch(process.node().simulation());
        this.watch = process.node().cluster().observer().watchOf(process.node());
    }

    private final class Gate implements ShardGate {
        @Override
        public NodeId self() {
            return process.node().id();
        }

        @Override
        public void deliver(Envelope envelope) {
            deliverAfter(0, envelope);
        }

        @Override
        public void deliverAfter(long nanos, Envelope envelope) {
            process.after(nanos, () -> ShardProcess.this.deliver(envelope));
        }

        @Override
        public void send(Envelope envelope) {
            process.node().cluster().network().send(envelope);
        }

        @Override
        public byte @Nullable [] read(byte[] storeKey) {
            try {
                return process.store().get(storeKey);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void recover(GroupId group, byte[] record) {
        log.recovered(group, record);
        watch.recovered(group, record);
        plant.recovered(group, record);
        shard.recover(group, record);
    }

    void start(Map<Long, StorePosition> positions, boolean hostsSystemGroup) {
        log.started(positions);
        event(now -> {
            shard.start(positions, now);
            watch.started(this::status);
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
        watch.settled(this::status);
        process.node().cluster().observer().storageEvent(process.node());
        if (!flushPlanned) {
            flushPlanned = true;
            process.after(random.nextLong(BATCH_NANOS_MAX), this::flush);
        }
    }

    private void flush() {
        flushPlanned = false;
        shard.flush(process.clockNanos());
        watch.settled(this::status);
        process.node().cluster().observer().storageEvent(process.node());
    }

    void deliver(Envelope envelope) {
        inFlight.arriving(envelope);
        plant.arriving(envelope).ifPresent(this::take);
    }

    private void take(Envelope envelope) {
        event(now -> {
            watch.arriving(envelope);
            shard.onMessage(envelope, now);
        });
    }

    void onLogSynced(long records) {
        event(now -> shard.onLogSynced(records, now));
    }

    /** So many records are on the disk; the shard is told later. */
    void onDurable(long records) {
        watch.durable(records);
    }

    void onApplied(GroupId group, long lsn) {
        event(now -> shard.onStoreApplied(group, lsn, now));
    }

    void onFlushed(Map<Long, Long> lsns) {
        event(now -> {
            watch.flushed(lsns);
            shard.onStoreFlushed(lsns, now);
        });
    }

    void checkpoint(GroupId group) {
        event(now -> shard.checkpoint(group, now));
    }

    // ---- ShardPort

    @Override
    public void send(Envelope envelope) {
        Envelope sent = plant.leaving(envelope);
        watch.leaving(sent);
        process.node().cluster().network().send(sent);
        inFlight.leaving(envelope);
    }

    @Override
    public void appendLog(GroupId group, ReplicaRecord record) {
        byte[] written = plant.written(group, ReplicaRecordCodec.encode(record));
        log.appended(group, written);
        watch.written(group, written);
        process.wal().append(index, group, record.isReset(), written);
    }

    @Override
    public void applyToStore(StoreBatch batch) {
        plant.applied(new GroupId(batch.groupId()), batch.appliedLsn());
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
        long number = ++readsBegun;
        process.after(
                delay / 2,
                () -> {
                    try {
                        T result = read.run();
                        process.after(
                                delay - delay / 2,
                                () -> {
                                    ended(number);
                                    event(_ -> then.accept(result));
                                });
                    } catch (CorruptItemException e) {
                        process.after(
                                0,
                                () -> event(_ -> damaged.accept(String.valueOf(e.getMessage()))));
                    } catch (IOException e) {
                        process.ioFailed(e);
                    }
                });
    }

    private void ended(long number) {
        if (number < lastReadEnded) {
            process.node().simulation().happened(RareEvent.READ_OVERTAKEN);
        }
        lastReadEnded = Math.max(lastReadEnded, number);
    }

    @Override
    public void readStore(byte[] key, Consumer<byte @Nullable []> then, Consumer<String> damaged) {
        Supplier<byte @Nullable []> other = plant.reading(key);
        this.<byte @Nullable []>read(
                other != null ? other::get : () -> process.store().get(key), then, damaged);
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
                    throw new UncheckedIOException(e);
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
