package dev.stator.core.format;

import dev.stator.core.format.Command.Change;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.PlacementKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands as the payload of log entries.
 *
 * <pre>
 * command := version(1) kind(1) body
 * changes := count(varint) change*                                    kind 1
 * change  := 1 key length(4) stored-item                              a put; see StoredItem
 *          | 2 key timestamp(8, microseconds since 1970)              a delete
 * key     := length(varint) bytes
 * </pre>
 *
 * A replica that meets a version or kind that it does not know cannot apply the entry; so a new one
 * is written only when all members of the group can read it.
 */
public final class CommandCodec {
    /**
     * No longer command may be proposed; logs, WALs and wires must carry this much in one piece. It
     * is far above what one item takes, whose encoding is at most about three times its size (a
     * list of sets that hold nothing but an empty string).
     */
    public static final int COMMAND_BYTES_MAX = 2 << 20;

    /** The only version so far. */
    private static final int VERSION = 1;

    /** Part of the format: a number is never given another meaning. */
    private static final int KIND_CHANGES = 1;

    private static final int CHANGE_PUT = 1;
    private static final int CHANGE_DELETE = 2;

    /** A put or delete with an empty key. */
    private static final int MIN_CHANGE_BYTES = 10;

    private static final int HEADER_BYTES = 8;

    /** What a change takes besides its key and the attributes of its item. */
    private static final int CHANGE_OVERHEAD_BYTES = 80;

    private CommandCodec() {}

    public static byte[] encode(Command command) {
        return switch (command) {
            case Command.Changes(List<Change> changes) -> encodeChanges(changes);
        };
    }

    private static byte[] encodeChanges(List<Change> changes) {
        BinaryWriter writer = new BinaryWriter(expectedBytes(changes));
        writer.writeByte(VERSION);
        writer.writeByte(KIND_CHANGES);
        writer.writeVarint(changes.size());
        for (Change change : changes) {
            write(writer, change);
        }
        return writer.toByteArray();
    }

    private static int expectedBytes(List<Change> changes) {
        int bytes = HEADER_BYTES;
        for (Change change : changes) {
            bytes += CHANGE_OVERHEAD_BYTES + change.key().bytes().size();
            if (change instanceof Change.Put put) {
                bytes += put.item().sizeBytes();
            }
        }
        return bytes;
    }

    private static void write(BinaryWriter writer, Change change) {
        switch (change) {
            case Change.Put(PlacementKey key, StoredItem item) -> {
                writer.writeByte(CHANGE_PUT);
                writer.writeBytes(key.bytes());
                int lengthAt = writer.size();
                writer.writeFixed32(0);
                int start = writer.size();
                item.writeTo(writer);
                writer.setFixed32(lengthAt, writer.size() - start);
            }
            case Change.Delete(PlacementKey key, long timestampMicros) -> {
                writer.writeByte(CHANGE_DELETE);
                writer.writeBytes(key.bytes());
                writer.writeFixed64(timestampMicros);
            }
        }
    }

    /**
     * Reads a command, and checks the stored items in it.
     *
     * @throws MalformedEncodingException if it is damaged, or of an unknown version or kind
     */
    public static Command decode(byte[] payload) {
        BinaryReader reader = new BinaryReader(payload);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new MalformedEncodingException("unknown version of a command: " + version);
        }
        int kind = reader.readByte();
        if (kind != KIND_CHANGES) {
            throw new MalformedEncodingException("unknown kind of command: " + kind);
        }
        Command command = readChanges(reader);
        reader.expectEnd();
        return command;
    }

    private static Command.Changes readChanges(BinaryReader reader) {
        int count = reader.readCount(MIN_CHANGE_BYTES);
        if (count == 1) {
            return new Command.Changes(List.of(readChange(reader)));
        }
        List<Change> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changes.add(readChange(reader));
        }
        return new Command.Changes(changes);
    }

    private static Change readChange(BinaryReader reader) {
        int type = reader.readByte();
        return switch (type) {
            case CHANGE_PUT -> {
                PlacementKey key = new PlacementKey(reader.readBytes());
                yield new Change.Put(key, StoredItem.parse(reader.readRaw(reader.readFixed32())));
            }
            case CHANGE_DELETE ->
                    new Change.Delete(new PlacementKey(reader.readBytes()), reader.readFixed64());
            default -> throw new MalformedEncodingException("unknown type of change: " + type);
        };
    }
}
