package dev.stator.core.format;

import dev.stator.core.format.Command.Change;
import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.TransactionId;
import dev.stator.core.wire.TransactionMark;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptorCodec;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.GroupId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Commands as the payload of log entries.
 *
 * <pre>
 * command := version(1) kind(1) body
 * changes := count(varint) change*                                    kind 1
 * change  := 1 key length(4) stored-item                              a put; see StoredItem
 *          | 2 key timestamp(8, microseconds since 1970)              a delete
 * key     := length(varint) bytes
 * recorded-changes := count(varint) (before change)*                 kind 2
 * before  := 0 | 1 item                                              see ItemCodec
 * indexes-defined := version(varint) schema-item count(varint) (index(varint) since(varint))*
 *                                                                    kind 3; TableDescriptorCodec
 * records-trimmed := lsn(varint) bytes(varint)                       kind 4
 * index-changes := source(varint) lsn(varint) key backfilled(1) count(varint) change*      kind 5
 * collection-changes := recorded(1) count(varint) (before change effect)*                  kind 6
 * effect  := collection-bytes(varint) touched-indexes(varint)
 * prepared := key mark (0 | 1 change)                                 kind 7
 * mark    := id(16) length(varint) ledger-key timestamp(8)
 * transaction-finished := key id(16) (0 | 1 length(varint) command) unchanged-at(varint)    kind 8
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

    private static final int KIND_RECORDED_CHANGES = 2;
    private static final int KIND_INDEXES_DEFINED = 3;
    private static final int KIND_RECORDS_TRIMMED = 4;
    private static final int KIND_INDEX_CHANGES = 5;
    private static final int KIND_COLLECTION_CHANGES = 6;
    private static final int KIND_PREPARED = 7;
    private static final int KIND_TRANSACTION_FINISHED = 8;

    private static final int CHANGE_PUT = 1;
    private static final int CHANGE_DELETE = 2;

    /** A put or delete with an empty key. */
    private static final int MIN_CHANGE_BYTES = 10;

    /** The same between what was before and what follows. */
    private static final int MIN_COLLECTION_CHANGE_BYTES = MIN_CHANGE_BYTES + 3;

    private static final int HEADER_BYTES = 8;

    /** About what a mark takes, and the key beside it. */
    private static final int MARK_BYTES = 200;

    /** About what the catalog of a few indexes takes. */
    private static final int CATALOG_BYTES = 4_096;

    /** What a change takes besides its key and the attributes of its item. */
    private static final int CHANGE_OVERHEAD_BYTES = 80;

    private CommandCodec() {}

    public static byte[] encode(Command command) {
        return switch (command) {
            case Command.Changes(List<Change> changes) -> encodeChanges(changes);
            case Command.RecordedChanges recorded -> encode(recorded);
            case Command.CollectionChanges changes -> encode(changes);
            case Command.Prepared prepared -> encode(prepared);
            case Command.TransactionFinished finished -> encode(finished);
            case Command.IndexesDefined(IndexCatalog catalog) -> encode(catalog);
            case Command.RecordsTrimmed(long upToLsn, long upToBytes) -> {
                BinaryWriter writer = start(KIND_RECORDS_TRIMMED, HEADER_BYTES);
                writer.writeVarint(upToLsn);
                writer.writeVarint(upToBytes);
                yield writer.toByteArray();
            }
            case Command.IndexChanges changes -> encode(changes);
        };
    }

    private static BinaryWriter start(int kind, int expectedBytes) {
        BinaryWriter writer = new BinaryWriter(expectedBytes);
        writer.writeByte(VERSION);
        writer.writeByte(kind);
        return writer;
    }

    private static byte[] encode(Command.RecordedChanges recorded) {
        BinaryWriter writer = start(KIND_RECORDED_CHANGES, expectedBytes(recorded.changes()));
        writer.writeVarint(recorded.changes().size());
        for (int i = 0; i < recorded.changes().size(); i++) {
            write(writer, recorded.before().get(i));
            write(writer, recorded.changes().get(i));
        }
        return writer.toByteArray();
    }

    private static void write(BinaryWriter writer, Optional<Item> before) {
        writer.writeBoolean(before.isPresent());
        before.ifPresent(item -> ItemCodec.write(writer, item));
    }

    private static byte[] encode(Command.CollectionChanges command) {
        Command.RecordedChanges changes = command.changes();
        BinaryWriter writer = start(KIND_COLLECTION_CHANGES, expectedBytes(changes.changes()));
        writer.writeBoolean(command.recorded());
        writer.writeVarint(changes.changes().size());
        for (int i = 0; i < changes.changes().size(); i++) {
            write(writer, changes.before().get(i));
            write(writer, changes.changes().get(i));
            Command.CollectionEffect effect = command.effects().get(i);
            writer.writeVarint(effect.collectionBytes());
            writer.writeVarint(effect.touchedIndexes());
        }
        return writer.toByteArray();
    }

    private static byte[] encode(Command.Prepared prepared) {
        List<Change> changes = prepared.change().map(List::of).orElse(List.of());
        BinaryWriter writer = start(KIND_PREPARED, MARK_BYTES + expectedBytes(changes));
        writer.writeBytes(prepared.key().bytes());
        write(writer, prepared.mark());
        writer.writeBoolean(prepared.change().isPresent());
        prepared.change().ifPresent(change -> write(writer, change));
        return writer.toByteArray();
    }

    private static byte[] encode(Command.TransactionFinished finished) {
        int bytes = finished.change().map(Bytes::size).orElse(0);
        BinaryWriter writer = start(KIND_TRANSACTION_FINISHED, MARK_BYTES + bytes);
        writer.writeBytes(finished.key().bytes());
        write(writer, finished.transaction());
        writer.writeBoolean(finished.change().isPresent());
        finished.change().ifPresent(writer::writeBytes);
        writer.writeVarint(finished.unchangedAtMicros());
        return writer.toByteArray();
    }

    private static void write(BinaryWriter writer, TransactionMark mark) {
        write(writer, mark.id());
        writer.writeString(mark.ledgerKey());
        writer.writeFixed64(mark.timestampMicros());
    }

    private static void write(BinaryWriter writer, TransactionId id) {
        writer.writeFixed64(id.high());
        writer.writeFixed64(id.low());
    }

    private static Command.Prepared readPrepared(BinaryReader reader) {
        PlacementKey key = new PlacementKey(reader.readBytes());
        TransactionMark mark =
                new TransactionMark(readId(reader), reader.readString(), reader.readFixed64());
        return new Command.Prepared(
                key,
                mark,
                reader.readBoolean() ? Optional.of(readChange(reader)) : Optional.empty());
    }

    private static TransactionId readId(BinaryReader reader) {
        return new TransactionId(reader.readFixed64(), reader.readFixed64());
    }

    private static Command.TransactionFinished readFinished(BinaryReader reader) {
        return new Command.TransactionFinished(
                new PlacementKey(reader.readBytes()),
                readId(reader),
                reader.readBoolean() ? Optional.of(reader.readBytes()) : Optional.empty(),
                reader.readVarint());
    }

    private static byte[] encode(IndexCatalog catalog) {
        BinaryWriter writer = start(KIND_INDEXES_DEFINED, CATALOG_BYTES);
        writer.writeVarint(catalog.version());
        ItemCodec.write(writer, TableDescriptorCodec.toItem(catalog.schema()));
        writer.writeVarint(catalog.since().size());
        catalog.since()
                .forEach((index, lsn) -> {
                    writer.writeVarint(index.value());
                    writer.writeVarint(lsn);
                });
        return writer.toByteArray();
    }

    private static byte[] encode(Command.IndexChanges changes) {
        BinaryWriter writer = start(KIND_INDEX_CHANGES, expectedBytes(changes.changes()));
        writer.writeVarint(changes.source().value());
        write(writer, changes.position());
        writer.writeVarint(changes.changes().size());
        for (Change change : changes.changes()) {
            write(writer, change);
        }
        return writer.toByteArray();
    }

    static void write(BinaryWriter writer, FeedPosition position) {
        writer.writeVarint(position.lsn());
        writer.writeBytes(position.backfilledTo().bytes());
        writer.writeBoolean(position.backfilled());
    }

    static FeedPosition readPosition(BinaryReader reader) {
        return new FeedPosition(
                reader.readVarint(), new PlacementKey(reader.readBytes()), reader.readBoolean());
    }

    private static byte[] encodeChanges(List<Change> changes) {
        BinaryWriter writer = start(KIND_CHANGES, expectedBytes(changes));
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
        Command command =
                switch (kind) {
                    case KIND_CHANGES -> new Command.Changes(readChanges(reader));
                    case KIND_RECORDED_CHANGES -> readRecordedChanges(reader);
                    case KIND_INDEXES_DEFINED -> new Command.IndexesDefined(readCatalog(reader));
                    case KIND_RECORDS_TRIMMED ->
                            new Command.RecordsTrimmed(reader.readVarint(), reader.readVarint());
                    case KIND_INDEX_CHANGES ->
                            new Command.IndexChanges(
                                    new GroupId(reader.readVarint()),
                                    readPosition(reader),
                                    readChanges(reader));
                    case KIND_COLLECTION_CHANGES -> readCollectionChanges(reader);
                    case KIND_PREPARED -> readPrepared(reader);
                    case KIND_TRANSACTION_FINISHED -> readFinished(reader);
                    default ->
                            throw new MalformedEncodingException(
                                    "unknown kind of command: " + kind);
                };
        reader.expectEnd();
        return command;
    }

    private static List<Change> readChanges(BinaryReader reader) {
        int count = reader.readCount(MIN_CHANGE_BYTES);
        if (count == 1) {
            return List.of(readChange(reader));
        }
        List<Change> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changes.add(readChange(reader));
        }
        return changes;
    }

    private static Command.RecordedChanges readRecordedChanges(BinaryReader reader) {
        int count = reader.readCount(1 + MIN_CHANGE_BYTES);
        List<Change> changes = new ArrayList<>(count);
        List<Optional<Item>> before = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            before.add(readBefore(reader));
            changes.add(readChange(reader));
        }
        return new Command.RecordedChanges(changes, before);
    }

    private static Optional<Item> readBefore(BinaryReader reader) {
        return reader.readBoolean() ? Optional.of(ItemCodec.readItem(reader)) : Optional.empty();
    }

    private static Command.CollectionChanges readCollectionChanges(BinaryReader reader) {
        boolean recorded = reader.readBoolean();
        int count = reader.readCount(MIN_COLLECTION_CHANGE_BYTES);
        List<Change> changes = new ArrayList<>(count);
        List<Optional<Item>> before = new ArrayList<>(count);
        List<Command.CollectionEffect> effects = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            before.add(readBefore(reader));
            changes.add(readChange(reader));
            effects.add(new Command.CollectionEffect(reader.readVarint(), reader.readVarint32()));
        }
        return new Command.CollectionChanges(
                new Command.RecordedChanges(changes, before), recorded, effects);
    }

    private static IndexCatalog readCatalog(BinaryReader reader) {
        long version = reader.readVarint();
        TableSchema schema = TableDescriptorCodec.schemaFromItem(ItemCodec.readItem(reader));
        SequencedMap<TableId, Long> since = new LinkedHashMap<>();
        for (int left = reader.readCount(2); left > 0; left--) {
            TableId index = new TableId(reader.readVarint());
            since.put(index, reader.readVarint());
        }
        return new IndexCatalog(version, schema, since);
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
