package dev.stator.storage.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A value as it is stored: its bytes, then a CRC32C (4 bytes, big-endian) over the key and them, so
 * that a value that comes to lie under another key is found as well.
 */
final class ChecksummedValue {
    private static final int CHECKSUM_BYTES = 4;

    private ChecksummedValue() {}

    static byte[] encode(byte[] key, byte[] value) {
        byte[] stored = new byte[sizeOf(value)];
        write(ByteBuffer.wrap(stored), key, value);
        return stored;
    }

    /** The bytes that a value takes with its checksum. */
    static int sizeOf(byte[] value) {
        return value.length + CHECKSUM_BYTES;
    }

    /** Writes a value and its checksum, big-endian. */
    static void write(ByteBuffer target, byte[] key, byte[] value) {
        target.put(value).putInt(checksum(key, value, value.length));
    }

    static byte[] decode(byte[] key, byte[] stored) throws CorruptItemException {
        int length = stored.length - CHECKSUM_BYTES;
        if (length < 0) {
            throw new CorruptItemException(key);
        }
        int checksum = 0;
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            checksum = (checksum << 8) | (stored[length + i] & 0xff);
        }
        if (checksum != checksum(key, stored, length)) {
            throw new CorruptItemException(key);
        }
        return Arrays.copyOf(stored, length);
    }

    private static int checksum(byte[] key, byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
