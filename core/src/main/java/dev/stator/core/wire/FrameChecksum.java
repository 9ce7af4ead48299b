package dev.stator.core.wire;

import java.util.zip.CRC32C;

/** The checksum of a frame on a connection between nodes: CRC32C of its kind and its content. */
public final class FrameChecksum {
    private FrameChecksum() {}

    /**
     * @param kind one byte
     */
    public static int of(int kind, byte[] content, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(kind);
        crc.update(content, from, length);
        return (int) crc.getValue();
    }
}
