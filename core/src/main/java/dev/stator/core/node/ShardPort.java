package dev.stator.core.node;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.partition.PartitionHost.Collector;
import dev.stator.core.store.KeyRange;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.GroupId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the effects of a {@link StorageShard} go: network, WAL, store. Calls are made by the
 * shard's owner thread; every completion comes back on it, never from within the call.
 */
public interface ShardPort {

    void send(Envelope envelope);

    /**
     * Appends a record to the node's WAL. The owner reports by {@link StorageShard#onLogSynced} how
     * many of the shard's records, counted from 1 in the order of these calls, are durable.
     *
     * @param record immutable: the thread that writes the WAL encodes it
     */
    void appendLog(GroupId group, ReplicaRecord record);

    /**
     * Applies a batch to the store; reported by {@link StorageShard#onStoreApplied}. Batches are
     * applied in order.
     */
    void applyToStore(StoreBatch batch);

    /** Reads one value of the store; null where there is none. */
    void readStore(byte[] key, Consumer<byte @Nullable []> then, Consumer<String> damaged);

    /**
     * Reads values in key order; the collector is used by one other thread until one of the
     * completions is called.
     *
     * @param damaged called instead of {@code then} where the store finds its content damaged
     */
    void scanStore(StoreScan scan, Runnable then, Consumer<String> damaged);

    /**
     * What is to be scanned.
     *
     * @param forward from the range's start on, else from its end back
     */
    record StoreScan(KeyRange range, boolean forward, Collector collector) {}

    /**
     * Opens a consistent view of the store, which may lack batches that are still on their way to
     * it.
     */
    StoreView viewStore();

    /** Makes all batches given so far durable. */
    void flushStore(Runnable then);

    /** The wall clock in milliseconds since 1970. */
    long wallClockMillis();

    /** This node leads the system group from now on (in the round given), or does so no more. */
    void systemLeadership(boolean leads, long ballotRound);

    /** A client's expression could not be evaluated: a mistake in this program, to be reported. */
    void evaluationFailed(GroupId group, Throwable cause);

    /**
     * A replica has stopped because it cannot go on, or has given up its damaged content until a
     * snapshot replaces it; the others carry the group.
     */
    void replicaStopped(GroupId group, String reason);
}
