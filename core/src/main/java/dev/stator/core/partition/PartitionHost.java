package dev.stator.core.partition;

import dev.stator.core.wire.PartitionResponse;
import dev.stator.replication.NodeId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's replica asks of the node that hosts it. All calls are made by the group's
 * owner thread, and every completion comes back on it, exactly once. Nothing comes back from within
 * a call: neither a completion from within the call that asked, nor another request from within an
 * answer.
 */
public interface PartitionHost {

    /**
     * Proposes a command to the group's log.
     *
     * @return the LSN it will have if it is committed, higher than all before; empty where the
     *     group does not take it (not leading, or too much is in flight), and then nothing was done
     */
    OptionalLong propose(byte[] command);

    /**
     * Whether this replica leads, has applied all that earlier leaders committed, and holds a lease
     * at this moment.
     */
    boolean serves();

    /**
     * Whether this replica has held, recently enough to answer eventually consistent reads, all
     * that its leader had committed.
     */
    boolean servesEventually();

    /** The node that leads the group, as far as this replica knows. */
    Optional<NodeId> leader();

    /**
     * Reads one value of the store, as it is at the call or later; null where there is none. The
     * array is the reader's.
     *
     * @param damaged called instead of {@code then} where the store finds its content damaged; the
     *     host knows of it then
     */
    void read(byte[] key, Consumer<byte @Nullable []> then, Runnable damaged);

    /**
     * Reads values in the order of their keys, each as it is at the call or later. The collector is
     * used by one other thread until the scan has ended.
     *
     * @param from inclusive
     * @param to exclusive; null for no upper bound
     */
    void scan(byte[] from, byte @Nullable [] to, boolean forward, Collector collector, ScanEnd end);

    /** How a scan ends: one of the two is called. */
    interface ScanEnd {
        void done();

        /** The store found its content damaged; the host knows of it. */
        void damaged();
    }

    /**
     * How large an item collection of a table with local secondary indexes may become, in bytes.
     */
    long collectionBytesMax();

    /** The wall clock in milliseconds since 1970, for the timestamps of items. */
    long wallClockMillis();

    /** Answers the call that {@code caller} stands for. */
    void answer(Caller caller, PartitionResponse response);

    /**
     * The store has given a value that nobody can have written. This replica's content is doubtful:
     * it is to stop and to be repaired from the group.
     *
     * @param key in the store
     */
    void corrupt(byte[] key, String detail);

    /**
     * A client's expression could not be evaluated, because of a mistake in this program. Its
     * request was refused and nothing was done.
     */
    void evaluationFailed(Throwable cause);

    /** Takes values of a scan one after the other. */
    interface Collector {
        /**
         * @param key the collector's from now on
         * @param value the collector's from now on
         * @return whether the next one is wanted
         */
        boolean collect(byte[] key, byte[] value);
    }

    /** Stands for a waiting caller; opaque to the partition. */
    interface Caller {}
}
