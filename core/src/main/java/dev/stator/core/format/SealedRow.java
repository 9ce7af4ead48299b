package dev.stator.core.format;

import dev.stator.core.wire.FeedPosition;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The values of rows that a group keeps for itself: a version, the content, and the CRC32C of both.
 *
 * <pre>
 * version(1) content checksum(4)
 * </pre>
 *
 * The content of a catalog and of a change record is the command that made it; that of a position
 * is a position as commands have it; that of an item collection's size is a varint.
 */
public final class SealedRow {
    private static final int VERSION = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int MIN_BYTES = 1 + CHECKSUM_BYTES;

    private SealedRow() {}

    public static byte[] of(byte[] content) {
        BinaryWriter writer = new BinaryWriter(MIN_BYTES + content.length);
        writer.writeByte(VERSION);
        writer.writeRaw(content);
        writer.writeFixed32(checksum(writer.unsafeArray(), writer.size()));
        return writer.toByteArray();
    }

    public static byte[] of(FeedPosition position) {
        BinaryWriter writer = new BinaryWriter();
        CommandCodec.write(writer, position);
        return of(writer.toByteArray());
    }

    /**
     * The content.
     *
     * @throws MalformedEncodingException if the row is damaged or of an unknown version
     */
    public static byte[] open(byte[] row) {
        if (row.length < MIN_BYTES) {
            throw new MalformedEncodingException("a row of " + row.length + " bytes");
        }
        int end = row.length - CHECKSUM_BYTES;
        int expected = new BinaryReader(row, end, row.length).readFixed32();
        if (checksum(row, end) != expected) {
            throw new MalformedEncodingException("a row with a wrong checksum");
        }
        if (row[0] != VERSION) {
            throw new MalformedEncodingException("unknown version of a row: " + (row[0] & 0xFF));
        }
        return Arrays.copyOfRange(row, 1, end);
    }

    /**
     * The position in a row.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static FeedPosition position(byte[] row) {
        BinaryReader reader = new BinaryReader(open(row));
        FeedPosition position = CommandCodec.readPosition(reader);
        reader.expectEnd();
        return position;
    }

    /** The size of an item collection. */
    public static byte[] ofSize(long bytes) {
        BinaryWriter writer = new BinaryWriter();
        writer.writeVarint(bytes);
        return of(writer.toByteArray());
    }

    /**
     * The size in a row; zero where there is no row, as a collection without items has none.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static long size(byte @Nullable [] row) {
        if (row == null) {
            return 0;
        }
        BinaryReader reader = new BinaryReader(open(row));
        long bytes = reader.readVarint();
        reader.expectEnd();
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
