package dev.stator.model.table;

import java.util.UUID;

/**
 * The identity of a table: unique in a cluster and never used again, so that a table that was
 * deleted and one of the same name that was created later are two.
 */
public record TableId(long value) implements Comparable<TableId> {
    /** Of a table that is wanted but not made yet. */
    public static final TableId NONE = new TableId(0);

    @Override
    public int compareTo(TableId other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** The form of TableDescription: a name-like UUID (version 8) that is made of the value. */
    public String toUuid() {
        long spread = mix(value);
        long high = (spread & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long low = (value & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** The finalizer of SplitMix64: looks random, and is a bijection. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public String toString() {
        return "t" + Long.toUnsignedString(value);
    }
}
