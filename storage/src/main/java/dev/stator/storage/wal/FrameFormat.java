package dev.stator.storage.wal;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A frame as it stands in a segment, big-endian:
 *
 * <pre>
 *  0  CRC32C      4  over the node's identity, the segment number and the frame's offset (none of
 *                    which is stored in the frame), then over the rest of the frame
 *  4  length      4  of the payload, in bytes
 *  8  kind        1  see {@link FrameKind}
 *  9  zero        3
 * 12  group       8
 * 20  payload
 * </pre>
 *
 * <p>As the checksum covers where the frame stands, bytes of an older file that come to lie in this
 * one (stale blocks, a wrong copy) are no frames here, even where they were frames there.
 */
final class FrameFormat {
    static final int HEADER_BYTES = 20;

    private static final int CHECKSUM_BYTES = 4;
    private static final int BINDING_BYTES = 32;
    private static final int OFFSET_AT = 24;

    private final CRC32C crc = new CRC32C();
    // The binding, then the header without the checksum: one update for both.
    private final ByteBuffer head =
            ByteBuffer.allocate(BINDING_BYTES + HEADER_BYTES - CHECKSUM_BYTES);

    FrameFormat(UUID node, long segment) {
        head.putLong(node.getMostSignificantBits())
                .putLong(node.getLeastSignificantBits())
                .putLong(segment);
    }

    /**
     * What a header says of the frame.
     *
     * @param length of the payload, in bytes
     */
    record Head(FrameKind kind, long groupId, int length) {}

    /**
     * Puts the header of a frame that will stand at the given offset of the segment.
     *
     * @param payload begins with that of the frame
     */
    void putHeader(ByteBuffer target, long offset, Head frame, byte[] payload) {
        head.putLong(OFFSET_AT, offset)
                .putInt(BINDING_BYTES, frame.length())
                .putInt(BINDING_BYTES + 4, frame.kind().code << 24)
                .putLong(BINDING_BYTES + 8, frame.groupId());
        crc.reset();
        crc.update(head.clear());
        crc.update(payload, 0, frame.length());
        target.putInt((int) crc.getValue());
        target.put(head.position(BINDING_BYTES));
    }

    /**
     * Whether the bytes at an index of the buffer are a frame that belongs at the given offset. The
     * frame must lie in the buffer as a whole.
     */
    boolean isValid(ByteBuffer source, int index, int payloadLength, long offset) {
        head.putLong(OFFSET_AT, offset);
        head.put(BINDING_BYTES, source, index + CHECKSUM_BYTES, HEADER_BYTES - CHECKSUM_BYTES);
        crc.reset();
        crc.update(head.clear());
        crc.update(source.slice(index + HEADER_BYTES, payloadLength));
        return (int) crc.getValue() == source.getInt(index);
    }

    static int payloadLength(ByteBuffer source, int index) {
        return source.getInt(index + 4);
    }

    static byte kind(ByteBuffer source, int index) {
        return source.get(index + 8);
    }

    static long groupId(ByteBuffer source, int index) {
        return source.getLong(index + 12);
    }
}
