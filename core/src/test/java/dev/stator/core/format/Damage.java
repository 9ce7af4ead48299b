package dev.stator.core.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Makes stored items that are damaged in ways that a checksum cannot tell. */
public final class Damage {
    private Damage() {}

    /**
     * The checksum is right, but the attributes have an unknown tag: a bug, or a format from the
     * future.
     */
    public static byte[] withWrongAttributes() {
        byte[] bytes = StoredItemTest.stored().bytes().clone();
        int tagOfFirstValue = 1 + Long.BYTES + 1 + 1 + 3;
        bytes[tagOfFirstValue] = 99;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
        return bytes;
    }
}
