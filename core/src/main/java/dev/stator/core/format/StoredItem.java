package dev.stator.core.format;

import dev.stator.model.Item;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An item as it lies in a store: with the time of its last write and its size, so that both are
 * known without decoding the attributes.
 *
 * <pre>
 * version(1) timestamp(8, microseconds since 1970) size(varint, bytes) item(see ItemCodec) checksum(4)
 * </pre>
 *
 * The checksum is the CRC32C of all that precedes it. It is made where the item is evaluated and
 * checked wherever the bytes are read, so that it covers the log, the network, the store and the
 * disk in between.
 *
 * <p>Either form is made from the other when it is first asked for. Owned by one thread.
 */
public final class StoredItem {
    /** The only version so far. */
    private static final int VERSION = 1;

    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int TIMESTAMP_AT = 1;

    /** Version, timestamp, size, and an item without attributes. */
    private static final int MIN_BYTES = 1 + Long.BYTES + 1 + 1 + CHECKSUM_BYTES;

    /** For the framing and for what the encoding adds to a typical item. */
    private static final int HEADROOM_BYTES = 64;

    private final long timestampMicros;
    private final int sizeBytes;

    /** Where the item begins in the bytes; zero where there are none yet. */
    private int itemAt;

    private byte @Nullable [] bytes;
    private @Nullable Item item;

    private StoredItem(long timestampMicros, int sizeBytes) {
        this.timestampMicros = timestampMicros;
        this.sizeBytes = sizeBytes;
    }

    /**
     * @param timestampMicros of its write, in microseconds since 1970
     * @param sizeBytes as capacity and the size limit count it
     */
    public static StoredItem of(Item item, long timestampMicros, int sizeBytes) {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("a size of " + sizeBytes);
        }
        StoredItem stored = new StoredItem(timestampMicros, sizeBytes);
        stored.item = item;
        return stored;
    }

    /**
     * Checks and takes the stored form, without decoding the attributes.
     *
     * @param bytes nobody changes them afterwards
     * @throws MalformedEncodingException if they are damaged or of an unknown version
     */
    public static StoredItem parse(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            throw new MalformedEncodingException("a stored item of " + bytes.length + " bytes");
        }
        if (bytes[0] != VERSION) {
            throw new MalformedEncodingException(
                    "unknown version of a stored item: " + (bytes[0] & 0xFF));
        }
        int end = bytes.length - CHECKSUM_BYTES;
        int expected = new BinaryReader(bytes, end, bytes.length).readFixed32();
        int actual = checksum(bytes, 0, end);
        if (actual != expected) {
            throw new MalformedEncodingException(
                    "a stored item with checksum %08x instead of %08x".formatted(actual, expected));
        }
        BinaryReader reader = new BinaryReader(bytes, TIMESTAMP_AT, end);
        StoredItem stored = new StoredItem(reader.readFixed64(), reader.readVarint32());
        stored.itemAt = reader.position();
        stored.bytes = bytes;
        return stored;
    }

    /** Of the write that made the item what it is, in microseconds since 1970. */
    public long timestampMicros() {
        return timestampMicros;
    }

    /** As capacity and the size limit count it. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /**
     * The attributes.
     *
     * @throws MalformedEncodingException if they cannot be decoded although the checksum is right
     */
    public Item item() {
        Item decoded = item;
        if (decoded == null) {
            decoded = decode();
            item = decoded;
        }
        return decoded;
    }

    private Item decode() {
        byte[] from = bytes();
        BinaryReader reader = new BinaryReader(from, itemAt, from.length - CHECKSUM_BYTES);
        Item decoded = ItemCodec.readItem(reader);
        reader.expectEnd();
        return decoded;
    }

    /** The stored form. Never to be changed. */
    public byte[] bytes() {
        byte[] encoded = bytes;
        if (encoded == null) {
            BinaryWriter writer = new BinaryWriter(sizeBytes + HEADROOM_BYTES);
            writeTo(writer);
            encoded = writer.toByteArray();
            bytes = encoded;
        }
        return encoded;
    }

    /** Writes the stored form, without a length. */
    void writeTo(BinaryWriter writer) {
        byte[] encoded = bytes;
        if (encoded != null) {
            writer.writeRaw(encoded);
            return;
        }
        int start = writer.size();
        writer.writeByte(VERSION);
        writer.writeFixed64(timestampMicros);
        writer.writeVarint(sizeBytes);
        ItemCodec.write(writer, item());
        writer.writeFixed32(checksum(writer.unsafeArray(), start, writer.size()));
    }

    private static int checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
