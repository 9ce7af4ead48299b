package dev.stator.core.store;

/** Removes every item of a range. */
public record RangeDelete(KeyRange range) {

    /** Removes the keys from {@code from} (included) to {@code to} (excluded). */
    public RangeDelete(byte[] from, byte[] to) {
        this(new KeyRange(from, to));
    }
}
