package dev.stator.core.wire;

/**
 * How much there is of items, or of the entries of an index.
 *
 * @param sizeBytes as the size of an item counts (API reference, TableDescription)
 */
public record Contents(long itemCount, long sizeBytes) {
    public static final Contents NONE = new Contents(0, 0);

    public Contents plus(Contents other) {
        return new Contents(itemCount + other.itemCount, sizeBytes + other.sizeBytes);
    }

    /** With one more. */
    public Contents plusOne(long itemSizeBytes) {
        return new Contents(itemCount + 1, sizeBytes + itemSizeBytes);
    }
}
