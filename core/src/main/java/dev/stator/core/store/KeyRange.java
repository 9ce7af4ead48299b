package dev.stator.core.store;

import java.util.Arrays;

/**
 * The keys from {@code from} (included) to {@code to} (excluded), ordered as unsigned bytes with
 * the shorter prefix first. The arrays belong to the range: nobody changes them afterwards.
 */
public record KeyRange(byte[] from, byte[] to) {

    public KeyRange {
        if (Arrays.compareUnsigned(from, to) > 0) {
            throw new IllegalArgumentException("a range must not end before it starts");
        }
    }

    /**
     * The smallest key after the given one: the start of a page that excludes the last key read.
     */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    public boolean isEmpty() {
        return Arrays.equals(from, to);
    }

    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0;
    }
}
