package dev.stator.storage.wal;

/**
 * The sizes of a log, in bytes.
 *
 * @param segmentBytes a segment that has grown to this is closed at the end of the batch, so that a
 *     segment exceeds it by one batch at most
 * @param preallocationBytes how far ahead of its end a segment is filled with zeros; 0 for not at
 *     all
 * @param writeBufferBytes how much of a batch is held back to be written at once
 */
public record WalOptions(int segmentBytes, int preallocationBytes, int writeBufferBytes) {
    public static final WalOptions DEFAULT = new WalOptions(64 << 20, 1 << 20, 1 << 20);

    private static final int SMALLEST_BUFFER_BYTES = 64;

    public WalOptions {
        if (segmentBytes <= 0 || preallocationBytes < 0) {
            throw new IllegalArgumentException("sizes must be positive");
        }
        if (writeBufferBytes < SMALLEST_BUFFER_BYTES) {
            throw new IllegalArgumentException("a write buffer of " + writeBufferBytes + " bytes");
        }
    }
}
