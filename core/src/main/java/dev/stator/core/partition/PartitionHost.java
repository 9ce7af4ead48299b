package dev.stator.core.partition;

import dev.stator.core.wire.PartitionResponse;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's replica asks of the node that hosts it. All calls are made by the group's
 * owner thread, and every completion comes back on it, never from within the call that asked.
 */
public interface PartitionHost {

    /**
     * Proposes a command to the group's log.
     *
     * @return the LSN it will have if it is committed; empty where the group does not take it (not
     *     leading, or too much is in flight), and then nothing was done
     */
    OptionalLong propose(byte[] command);

    /**
     * Whether this replica leads, has applied all that earlier leaders committed, and holds a lease
     * at this moment.
     */
    boolean serves();

    /**
     * Whether this replica has heard from its leader recently enough to answer eventually
     * consistent reads.
     */
    boolean servesEventually();

    /** Reads one value of the store; null where there is none. */
    void read(byte[] key, Consumer<byte @Nullable []> then);

    /**
     * Reads values in the order of their keys. The collector is used by one other thread until
     * {@code then} is called; what it did not fetch may have changed by then.
     *
     * @param from inclusive
     * @param to exclusive; null for no upper bound
     */
    void scan(
            byte[] from, byte @Nullable [] to, boolean forward, Collector collector, Runnable then);

    /** The wall clock in milliseconds since 1970, for the timestamps of items. */
    long wallClockMillis();

    /** Answers the call that {@code caller} stands for. */
    void answer(Caller caller, PartitionResponse response);

    /** Takes values of a scan one after the other. */
    interface Collector {
        /**
         * @return whether the next one is wanted
         */
        boolean collect(byte[] key, byte[] value);
    }

    /** Stands for a waiting caller; opaque to the partition. */
    interface Caller {}
}
