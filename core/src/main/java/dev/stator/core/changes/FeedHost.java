package dev.stator.core.changes;

import dev.stator.core.format.IndexCatalog;
import dev.stator.core.format.PartitionState.Records;
import dev.stator.core.partition.PartitionHost.Collector;
import dev.stator.core.partition.PartitionHost.ScanEnd;
import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.IndexMessage;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.NodeId;
import java.util.Optional;

/**
 * What a propagator asks of the replica beside which it works. All calls are made by the group's
 * owner thread, completions come back on it, and never from within the call.
 */
public interface FeedHost {

    ReplicaDescriptor partition();

    /** The table's indexes; empty where this replica does not lead, or does not know them yet. */
    Optional<IndexCatalog> catalog();

    /** Up to where the store holds the effects of the log. */
    long appliedLsn();

    /** What there is of change records; may be of a later entry than the last applied one. */
    Records records();

    /**
     * Reads values of the store in the order of their keys, as {@link
     * dev.stator.core.partition.PartitionHost#scan} does.
     */
    void scan(KeyRange range, Collector collector, ScanEnd end);

    /** The store has given a value that nobody can have written. */
    void corrupt(byte[] key, String detail);

    /** Has change records removed, those up to an LSN, if the log takes it. */
    void trim(long upToLsn, long upToBytes);

    /** Sends to the storage node that may lead the group which the message is for. */
    void send(NodeId to, IndexMessage message);

    /** A call identifier that was never used, by no run of this node. */
    long newCallId();

    /** Monotonic time. */
    long nowNanos();
}
