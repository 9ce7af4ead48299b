package dev.stator.model.capacity;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Units for sizes. Units are multiples of one half, which a double holds and adds exactly.
 *
 * <ul>
 *   <li>A read of one item, or of none, is charged by the item's size.
 *   <li>Query and Scan add up the sizes of all items they evaluated, before filter and projection,
 *       and are charged once for the sum; BatchGetItem is charged for each item.
 *   <li>A write is charged by the larger of the item before and after it, a refused condition by
 *       the item it was checked on, a ConditionCheck of a transaction like a transactional write.
 *   <li>The repetition of a transaction that was done before is charged as a transactional read of
 *       the larger image.
 * </ul>
 */
public final class CapacityUnits {
    public static final int READ_UNIT_BYTES = 4_096;
    public static final int WRITE_UNIT_BYTES = 1_024;

    private CapacityUnits() {}

    /** Read units for so many bytes of items; at least those of one block. */
    public static double read(long sizeBytes, ReadKind kind) {
        return blocks(sizeBytes, READ_UNIT_BYTES) * kind.unitsPerBlock();
    }

    /** Write units for an item with these sizes before and after, zero where there was none. */
    public static double write(long beforeBytes, long afterBytes, WriteKind kind) {
        return blocks(Math.max(beforeBytes, afterBytes), WRITE_UNIT_BYTES) * kind.unitsPerBlock();
    }

    /**
     * Write units that a change costs in one index, the same in a transaction; empty where the
     * index does not change, and then no consumed capacity is reported for it.
     *
     * @param before the entry before the change, null if there was none
     * @param after the entry after the change, null if there is none
     */
    public static OptionalDouble indexWrite(
            @Nullable IndexEntry before, @Nullable IndexEntry after) {
        if (before == null) {
            return after == null ? OptionalDouble.empty() : OptionalDouble.of(units(after));
        }
        if (after == null) {
            return OptionalDouble.of(units(before));
        }
        if (!before.key().equals(after.key())) {
            return OptionalDouble.of(units(before) + units(after));
        }
        return before.projected().equals(after.projected())
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(units(before), units(after)));
    }

    private static double units(IndexEntry entry) {
        return blocks(entry.sizeBytes(), WRITE_UNIT_BYTES);
    }

    private static long blocks(long sizeBytes, int blockBytes) {
        return Math.max(1, Math.ceilDiv(sizeBytes, blockBytes));
    }
}
