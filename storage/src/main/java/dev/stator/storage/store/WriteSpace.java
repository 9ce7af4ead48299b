package dev.stator.storage.store;

import java.nio.ByteBuffer;

/**
 * Memory in which a key and a value are laid out for RocksDB, which takes them from there. Arrays
 * would be copied twice more on the way to native code. Grows to the largest entry it has met,
 * which the size of a log entry bounds. Owned by one thread at a time.
 */
final class WriteSpace {
    private static final int KEY_BYTES = 2 << 10;
    private static final int VALUE_BYTES = 64 << 10;

    private ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES);
    private ByteBuffer value = ByteBuffer.allocateDirect(VALUE_BYTES);

    /** Holds the key until the next call. */
    ByteBuffer key(byte[] bytes) {
        key = cleared(key, bytes.length);
        return key.put(bytes).flip();
    }

    /** Holds the value with its checksum until the next call. */
    ByteBuffer checksummed(byte[] keyOfIt, byte[] bytes) {
        value = cleared(value, ChecksummedValue.sizeOf(bytes));
        ChecksummedValue.write(value, keyOfIt, bytes);
        return value.flip();
    }

    private static ByteBuffer cleared(ByteBuffer buffer, int bytes) {
        return bytes <= buffer.capacity()
                ? buffer.clear()
                : ByteBuffer.allocateDirect(Integer.highestOneBit(bytes) << 1);
    }
}
