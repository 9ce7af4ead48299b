package dev.stator.model.codec;

import dev.stator.model.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends to a growing array. Fixed-width integers are big-endian; varints are little-endian groups
 * of seven bits (LEB128), at most ten bytes. Owned by one thread; {@link #reset} makes it fit for
 * the next message.
 */
public final class BinaryWriter {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_VARINT_BYTES = 10;
    private static final int DEFAULT_CAPACITY = 256;

    private byte[] buffer;
    private int size;

    public BinaryWriter() {
        this(DEFAULT_CAPACITY);
    }

    public BinaryWriter(int capacity) {
        buffer = new byte[capacity];
    }

    /** The number of bytes written. */
    public int size() {
        return size;
    }

    /** Forgets what was written and keeps the memory. */
    public void reset() {
        size = 0;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    public Bytes toBytes() {
        return Bytes.wrap(toByteArray());
    }

    /**
     * The array behind the writer, of which the first {@link #size} bytes count. Only to be read,
     * and only until the next write.
     */
    public byte[] unsafeArray() {
        return buffer;
    }

    public void writeByte(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeFixed32(int value) {
        ensure(Integer.BYTES);
        INT.set(buffer, size, value);
        size += Integer.BYTES;
    }

    public void writeFixed64(long value) {
        ensure(Long.BYTES);
        LONG.set(buffer, size, value);
        size += Long.BYTES;
    }

    /**
     * Overwrites four bytes that were written before: a length or checksum that is known only
     * afterwards.
     */
    public void setFixed32(int position, int value) {
        checkWritten(position, Integer.BYTES);
        INT.set(buffer, position, value);
    }

    /** Overwrites eight bytes that were written before. */
    public void setFixed64(int position, long value) {
        checkWritten(position, Long.BYTES);
        LONG.set(buffer, position, value);
    }

    private void checkWritten(int position, int length) {
        if (position < 0 || position > size - length) {
            throw new IndexOutOfBoundsException("nothing written at " + position + " of " + size);
        }
    }

    /** Writes an unsigned value; negative ones take ten bytes. */
    public void writeVarint(long value) {
        ensure(MAX_VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    /** Writes a signed value; small magnitudes of either sign are short. */
    public void writeZigzag(long value) {
        writeVarint((value << 1) ^ (value >> 63));
    }

    /** Writes the bytes alone, without a length. */
    public void writeRaw(byte[] bytes, int from, int length) {
        ensure(length);
        System.arraycopy(bytes, from, buffer, size, length);
        size += length;
    }

    public void writeRaw(byte[] bytes) {
        writeRaw(bytes, 0, bytes.length);
    }

    /** Writes a length and the bytes. */
    public void writeBytes(byte[] bytes) {
        writeVarint(bytes.length);
        writeRaw(bytes, 0, bytes.length);
    }

    public void writeBytes(Bytes bytes) {
        writeBytes(bytes.unsafeArray());
    }

    /** Writes the length of the UTF-8 form and the UTF-8 form. */
    public void writeString(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void ensure(int more) {
        if (more > buffer.length - size) {
            grow(more);
        }
    }

    private void grow(int more) {
        int needed = Math.addExact(size, more);
        int doubled = (int) Math.min((long) buffer.length * 2, Integer.MAX_VALUE - 16);
        buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
    }
}
