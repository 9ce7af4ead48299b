package dev.stator.core.store;

import java.util.List;

/**
 * What applying a stretch of one group's log does to the store, all of it or nothing, together with
 * the position reached. The range deletes take effect first, then the writes in their order, so
 * that one batch can replace the content of a range.
 *
 * @param groupId the replication group
 * @param appliedLsn the last LSN of the group's log that this batch contains, or {@link
 *     #POSITION_REMOVED}
 * @param state a few opaque bytes kept with the position and replaced with it, for what the group
 *     must know when it opens its store again; at most {@link #STATE_BYTES_MAX}
 */
public record StoreBatch(
        long groupId,
        long appliedLsn,
        byte[] state,
        List<StoreWrite> writes,
        List<RangeDelete> rangeDeletes) {

    /** Stands for the applied LSN in a batch that removes the group's position from the store. */
    public static final long POSITION_REMOVED = -1;

    public static final int STATE_BYTES_MAX = 4096;

    private static final byte[] NO_STATE = {};

    public StoreBatch {
        if (appliedLsn < POSITION_REMOVED) {
            throw new IllegalArgumentException("negative applied LSN " + appliedLsn);
        }
        if (state.length > STATE_BYTES_MAX) {
            throw new IllegalArgumentException("state of " + state.length + " bytes");
        }
        writes = List.copyOf(writes);
        rangeDeletes = List.copyOf(rangeDeletes);
    }

    /** A batch with an empty state. */
    public StoreBatch(
            long groupId,
            long appliedLsn,
            List<StoreWrite> writes,
            List<RangeDelete> rangeDeletes) {
        this(groupId, appliedLsn, NO_STATE, writes, rangeDeletes);
    }

    /** Removes what a group that leaves this node kept in the store, and its position. */
    public static StoreBatch removing(long groupId, List<RangeDelete> rangeDeletes) {
        return new StoreBatch(groupId, POSITION_REMOVED, NO_STATE, List.of(), rangeDeletes);
    }

    public boolean removesPosition() {
        return appliedLsn == POSITION_REMOVED;
    }
}
