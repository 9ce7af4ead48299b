package dev.stator.core.node;

import dev.stator.core.changes.FeedHost;
import dev.stator.core.changes.Propagator;
import dev.stator.core.format.IndexCatalog;
import dev.stator.core.format.PartitionState.Records;
import dev.stator.core.partition.Partition;
import dev.stator.core.partition.PartitionHost.Collector;
import dev.stator.core.partition.PartitionHost.ScanEnd;
import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.IndexMessage;
import dev.stator.core.wire.IndexMessage.ChangesNotTaken;
import dev.stator.core.wire.IndexMessage.ChangesTaken;
import dev.stator.core.wire.IndexMessage.DefineIndexes;
import dev.stator.core.wire.IndexMessage.IndexesDefined;
import dev.stator.core.wire.IndexMessage.TakeChanges;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.NodeId;
import java.util.Optional;

/**
 * What a replica does for global secondary indexes, those of its table and the one that it may be a
 * part of: joins its partition with a {@link Propagator}, and both with the network.
 */
final class IndexMaintenance implements FeedHost {
    private final HostedReplica replica;
    private final StorageShard shard;
    private final Propagator propagator;

    IndexMaintenance(HostedReplica replica, StorageShard shard) {
        this.replica = replica;
        this.shard = shard;
        this.propagator = new Propagator(this);
    }

    void leadershipChanged() {
        propagator.reset();
    }

    /**
     * Does what can be done.
     *
     * @return whether there is something under way
     */
    boolean advance() {
        return propagator.advance();
    }

    Propagator.Lag lag() {
        return propagator.lag();
    }

    // ---- Messages

    void onMessage(Address from, IndexMessage message) {
        switch (message) {
            case DefineIndexes define -> define(from, define);
            case TakeChanges take -> take(from, take);
            case ChangesTaken taken -> {
                propagator.taken(taken);
                propagator.advance();
            }
            case ChangesNotTaken notTaken -> propagator.notTaken(notTaken);
            case IndexesDefined _ ->
                    throw new IllegalArgumentException("not for a storage node: " + message);
        }
    }

    private void define(Address from, DefineIndexes define) {
        Partition partition = replica.partition();
        if (replica.holdsItems()) {
            partition.defineIndexes(
                    define.version(),
                    define.schema(),
                    () -> {
                        propagator.advance();
                        send(
                                from,
                                new IndexesDefined(
                                        define.callId(),
                                        define.group(),
                                        define.version(),
                                        propagator.backfilled()));
                    });
        }
    }

    private void take(Address from, TakeChanges take) {
        if (!replica.holdsItems()) {
            send(
                    from,
                    new ChangesNotTaken(
                            take.callId(), take.group(), take.source(), Optional.empty()));
            return;
        }
        replica.partition()
                .takeChanges(
                        take,
                        position ->
                                send(
                                        from,
                                        position.isPresent()
                                                ? new ChangesTaken(
                                                        take.callId(),
                                                        take.group(),
                                                        take.source(),
                                                        position.get())
                                                : new ChangesNotTaken(
                                                        take.callId(),
                                                        take.group(),
                                                        take.source(),
                                                        replica.leader())));
    }

    private void send(Address to, Message message) {
        shard.port().send(new Envelope(shard.address(), to, message));
    }

    // ---- FeedHost

    @Override
    public ReplicaDescriptor partition() {
        return replica.descriptor();
    }

    @Override
    public Optional<IndexCatalog> catalog() {
        return replica.holdsItems() ? replica.partition().indexCatalog() : Optional.empty();
    }

    @Override
    public long appliedLsn() {
        return replica.partition().appliedLsn();
    }

    @Override
    public Records records() {
        return replica.partition().records();
    }

    @Override
    public void scan(KeyRange range, Collector collector, ScanEnd end) {
        replica.scan(range.from(), range.to(), true, collector, end);
    }

    @Override
    public void corrupt(byte[] key, String detail) {
        replica.corrupt(key, detail);
    }

    @Override
    public void trim(long upToLsn, long upToBytes) {
        replica.partition().trimRecords(upToLsn, upToBytes);
    }

    @Override
    public void send(NodeId to, IndexMessage message) {
        send(Address.storage(to), message);
    }

    @Override
    public long newCallId() {
        return shard.newCallId();
    }

    @Override
    public long nowNanos() {
        return shard.nowNanos();
    }
}
