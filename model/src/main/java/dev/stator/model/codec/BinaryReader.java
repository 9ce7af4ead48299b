package dev.stator.model.codec;

import dev.stator.model.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link BinaryWriter} wrote, from bytes that nobody vouches for: every read is checked
 * against what remains, before anything is allocated, and fails with {@link
 * MalformedEncodingException} alone. Owned by one thread.
 */
public final class BinaryReader {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The tenth byte of a varint has room for one bit only. */
    private static final int LAST_VARINT_SHIFT = 63;

    private final byte[] bytes;
    private final int end;
    private int at;

    public BinaryReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public BinaryReader(Bytes bytes) {
        this(bytes.unsafeArray());
    }

    /** Reads {@code bytes[from, to)}; nobody may change them meanwhile. */
    public BinaryReader(byte[] bytes, int from, int to) {
        if (from < 0 || from > to || to > bytes.length) {
            throw new IndexOutOfBoundsException(from + " to " + to + " of " + bytes.length);
        }
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    public int remaining() {
        return end - at;
    }

    /** The index in the array of the next byte. */
    public int position() {
        return at;
    }

    /** Checks that everything was read. */
    public void expectEnd() {
        if (at != end) {
            throw new MalformedEncodingException(remaining() + " bytes too many");
        }
    }

    public int readByte() {
        require(1);
        return bytes[at++] & 0xFF;
    }

    public boolean readBoolean() {
        int value = readByte();
        if (value > 1) {
            throw new MalformedEncodingException("not a boolean: " + value);
        }
        return value == 1;
    }

    public int readFixed32() {
        require(Integer.BYTES);
        int value = (int) INT.get(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    public long readFixed64() {
        require(Long.BYTES);
        long value = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    public long readVarint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = readByte();
            if (shift == LAST_VARINT_SHIFT && next > 1) {
                throw new MalformedEncodingException("a varint of more than 64 bits");
            }
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    /** A varint that must be a non-negative int. */
    public int readVarint32() {
        long value = readVarint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedEncodingException("a varint out of range: " + value);
        }
        return (int) value;
    }

    public long readZigzag() {
        long value = readVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A zigzag varint that must be an int. */
    public int readZigzag32() {
        long value = readZigzag();
        if (value != (int) value) {
            throw new MalformedEncodingException("a varint out of range: " + value);
        }
        return (int) value;
    }

    /**
     * The number of elements that follow, each of which takes at least {@code minBytesEach} (one or
     * more). A count that cannot fit into what remains is refused, so that the caller may allocate
     * for it.
     */
    public int readCount(int minBytesEach) {
        int count = readVarint32();
        if ((long) count * minBytesEach > remaining()) {
            throw new MalformedEncodingException(
                    count + " elements do not fit into " + remaining() + " bytes");
        }
        return count;
    }

    /** A copy of the next bytes. */
    public byte[] readRaw(int length) {
        if (length < 0) {
            throw new MalformedEncodingException("a negative length: " + length);
        }
        require(length);
        byte[] copy = new byte[length];
        System.arraycopy(bytes, at, copy, 0, length);
        at += length;
        return copy;
    }

    public byte[] readByteArray() {
        return readRaw(readCount(1));
    }

    public Bytes readBytes() {
        return Bytes.wrap(readByteArray());
    }

    public String readString() {
        int length = readCount(1);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            text = decodeStrictly(length);
        }
        at += length;
        return text;
    }

    /**
     * The String constructor puts U+FFFD for what is not UTF-8, which may also really stand there.
     */
    private String decodeStrictly(int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedEncodingException("not UTF-8", e);
        }
    }

    private void require(int length) {
        if (length > end - at) {
            throw new MalformedEncodingException(
                    length + " bytes wanted, " + remaining() + " are left");
        }
    }
}
