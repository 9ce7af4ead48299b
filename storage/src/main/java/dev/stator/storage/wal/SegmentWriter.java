package dev.stator.storage.wal;

import dev.stator.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Appends frames to the last segment of a log. */
final class SegmentWriter {
    private static final byte[] NO_PAYLOAD = {};
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64 << 10).asReadOnlyBuffer();

    private final DiskFile file;
    private final long number;
    private final int preallocationBytes;
    private final FrameFormat format;
    private final ByteBuffer buffer;
    // Where the next byte of the buffer goes, and where the file ends.
    private long written;
    private long allocated;

    /** The buffer is the writer's while it is in use, and empty. */
    SegmentWriter(DiskFile file, UUID node, long number, long end, WriteSpace space)
            throws IOException {
        this.file = file;
        this.number = number;
        this.preallocationBytes = space.preallocationBytes();
        this.format = new FrameFormat(node, number);
        this.buffer = space.buffer().clear();
        this.written = end;
        this.allocated = file.size();
    }

    /** What passes from the writer of one segment to that of the next. */
    record WriteSpace(ByteBuffer buffer, int preallocationBytes) {}

    long number() {
        return number;
    }

    /** The offset at which the next frame will stand. */
    long end() {
        return written + buffer.position();
    }

    /** Appends a frame with the first bytes of an array as its payload. */
    void append(FrameKind kind, long groupId, byte[] payload, int length) throws IOException {
        if (buffer.remaining() < FrameFormat.HEADER_BYTES) {
            write();
        }
        format.putHeader(buffer, end(), new FrameFormat.Head(kind, groupId, length), payload);
        int from = 0;
        while (length - from > buffer.remaining()) {
            int part = buffer.remaining();
            buffer.put(payload, from, part);
            from += part;
            write();
        }
        buffer.put(payload, from, length - from);
    }

    void append(FrameKind kind, long number) throws IOException {
        append(kind, number, NO_PAYLOAD, 0);
    }

    /** Hands to the system what is buffered. */
    void write() throws IOException {
        buffer.flip();
        int length = buffer.remaining();
        file.write(buffer, written);
        written += length;
        buffer.clear();
    }

    /** Makes durable what was appended. */
    void sync() throws IOException {
        write();
        preallocate();
        file.sync();
    }

    /** Makes durable what was {@link #write written}, and not what is buffered still. */
    void syncWritten() throws IOException {
        file.sync();
    }

    /** Ends the segment durably. */
    void seal() throws IOException {
        append(FrameKind.SEAL, number + 1);
        write();
        file.truncate(written);
        file.sync();
        file.close();
    }

    void close() throws IOException {
        file.close();
    }

    private void preallocate() throws IOException {
        // The sync point that follows must find room as well: it is not to change the file's size.
        long needed = written + FrameFormat.HEADER_BYTES;
        if (preallocationBytes == 0 || needed <= allocated) {
            return;
        }
        long target = (needed + preallocationBytes - 1) / preallocationBytes * preallocationBytes;
        for (long at = Math.max(written, allocated); at < target; ) {
            int length = (int) Math.min(ZEROS.capacity(), target - at);
            file.write(ZEROS.slice(0, length), at);
            at += length;
        }
        allocated = target;
    }
}
