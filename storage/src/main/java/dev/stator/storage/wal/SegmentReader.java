package dev.stator.storage.wal;

import dev.stator.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one segment through a window on the file. */
final class SegmentReader {
    private static final int WINDOW_BYTES = 256 << 10;

    /**
     * A valid frame.
     *
     * @param end the offset behind it
     */
    record Frame(FrameKind kind, long groupId, byte[] payload, long end) {}

    private static final byte[] NO_PAYLOAD = {};

    private final DiskFile file;
    private final FrameFormat format;
    private final long size;
    private ByteBuffer window;
    private long windowStart;

    SegmentReader(DiskFile file, UUID node, long number) throws IOException {
        this.file = file;
        this.format = new FrameFormat(node, number);
        this.size = file.size();
        this.window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, size)).limit(0);
    }

    long size() {
        return size;
    }

    /** The frame at an offset, or null where the bytes there are none. */
    @Nullable Frame frameAt(long offset) throws IOException {
        if (!isLoaded(offset, FrameFormat.HEADER_BYTES)) {
            return null;
        }
        int length = FrameFormat.payloadLength(window, (int) (offset - windowStart));
        if (length < 0
                || length > SharedWal.PAYLOAD_BYTES_MAX
                || !isLoaded(offset, FrameFormat.HEADER_BYTES + length)) {
            return null;
        }
        int index = (int) (offset - windowStart);
        FrameKind kind = FrameKind.of(FrameFormat.kind(window, index));
        if (kind == null || !format.isValid(window, index, length, offset)) {
            return null;
        }
        byte[] payload = NO_PAYLOAD;
        if (kind.hasPayload()) {
            payload = new byte[length];
            window.get(index + FrameFormat.HEADER_BYTES, payload);
        }
        return new Frame(
                kind,
                FrameFormat.groupId(window, index),
                payload,
                offset + FrameFormat.HEADER_BYTES + length);
    }

    /** Whether a valid sync point or seal begins at any byte from the given offset on. */
    boolean hasSyncPointFrom(long from) throws IOException {
        for (long offset = from; isLoaded(offset, FrameFormat.HEADER_BYTES); offset++) {
            int index = (int) (offset - windowStart);
            FrameKind kind = FrameKind.of(FrameFormat.kind(window, index));
            if (kind != null
                    && kind.isSyncPoint()
                    && FrameFormat.payloadLength(window, index) == 0
                    && format.isValid(window, index, 0, offset)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the rest of the file is nothing but zeros, as it was preallocated. */
    boolean isBlankFrom(long from) throws IOException {
        for (long offset = from; isLoaded(offset, 1); offset++) {
            if (window.get((int) (offset - windowStart)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes a stretch of the file over itself, so that the next sync writes it for certain. */
    void rewrite(long from, long to) throws IOException {
        long offset = from;
        while (offset < to) {
            int length = (int) Math.min(WINDOW_BYTES, to - offset);
            if (!isLoaded(offset, length)) {
                throw new IOException(file.name() + " became shorter while it was read");
            }
            file.write(window.slice((int) (offset - windowStart), length), offset);
            offset += length;
        }
    }

    private boolean isLoaded(long offset, int length) throws IOException {
        if (offset >= windowStart && offset + length <= windowStart + window.limit()) {
            return true;
        }
        if (offset + length > size) {
            return false;
        }
        if (window.capacity() < length) {
            window = ByteBuffer.allocate(length);
        }
        window.clear().limit((int) Math.min(window.capacity(), size - offset));
        windowStart = offset;
        file.read(window, offset);
        window.flip();
        return true;
    }
}
