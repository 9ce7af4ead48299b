package dev.stator.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. Positions and sizes are in bytes. Not thread-safe. */
public interface DiskFile extends AutoCloseable {

    String name();

    long size() throws IOException;

    /**
     * Fills the rest of the buffer from the given position.
     *
     * @throws java.io.EOFException where the file ends before that
     */
    void read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes the rest of the buffer at the given position, growing the file where needed; a gap in
     * between reads as zeros. Not durable before {@link #sync}, and until then a power failure may
     * keep any part of it, in no particular order.
     */
    void write(ByteBuffer source, long position) throws IOException;

    /** Cuts the file. Not durable before {@link #sync}. */
    void truncate(long size) throws IOException;

    /** Returns when the content and the size of the file are durable. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
