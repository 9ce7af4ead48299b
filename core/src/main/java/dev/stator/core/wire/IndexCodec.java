package dev.stator.core.wire;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptorCodec;
import dev.stator.model.table.TableId;

/** What keeps global secondary indexes. */
final class IndexCodec {
    private static final int DEFINE_INDEXES = 1;
    private static final int INDEXES_DEFINED = 2;
    private static final int TAKE_CHANGES = 3;
    private static final int CHANGES_TAKEN = 4;
    private static final int CHANGES_NOT_TAKEN = 5;

    private IndexCodec() {}

    static void write(BinaryWriter writer, IndexMessage message) {
        switch (message) {
            case IndexMessage.DefineIndexes(long callId, var group, long version, var schema) -> {
                start(writer, DEFINE_INDEXES, callId);
                Fields.writeGroup(writer, group);
                writer.writeVarint(version);
                ItemCodec.write(writer, TableDescriptorCodec.toItem(schema));
            }
            case IndexMessage.IndexesDefined(
                            long callId,
                            var group,
                            long version,
                            var backfilled) -> {
                start(writer, INDEXES_DEFINED, callId);
                Fields.writeGroup(writer, group);
                writer.writeVarint(version);
                Fields.writeList(writer, backfilled, (out, id) -> out.writeVarint(id.value()));
            }
            case IndexMessage.TakeChanges take -> {
                start(writer, TAKE_CHANGES, take.callId());
                Fields.writeGroup(writer, take.group());
                Fields.writeGroup(writer, take.source());
                write(writer, take.from());
                writer.writeBytes(take.command());
            }
            case IndexMessage.ChangesTaken(long callId, var group, var source, var position) -> {
                start(writer, CHANGES_TAKEN, callId);
                Fields.writeGroup(writer, group);
                Fields.writeGroup(writer, source);
                write(writer, position);
            }
            case IndexMessage.ChangesNotTaken(long callId, var group, var source, var leader) -> {
                start(writer, CHANGES_NOT_TAKEN, callId);
                Fields.writeGroup(writer, group);
                Fields.writeGroup(writer, source);
                Fields.writeOptional(writer, leader, Fields::writeNode);
            }
        }
    }

    private static void start(BinaryWriter writer, int kind, long callId) {
        writer.writeByte(kind);
        writer.writeVarint(callId);
    }

    static IndexMessage read(BinaryReader reader) {
        int kind = reader.readByte();
        long callId = reader.readVarint();
        return switch (kind) {
            case DEFINE_INDEXES ->
                    new IndexMessage.DefineIndexes(
                            callId,
                            Fields.readGroup(reader),
                            reader.readVarint(),
                            TableDescriptorCodec.schemaFromItem(ItemCodec.readItem(reader)));
            case INDEXES_DEFINED ->
                    new IndexMessage.IndexesDefined(
                            callId,
                            Fields.readGroup(reader),
                            reader.readVarint(),
                            Fields.readList(reader, 1, in -> new TableId(in.readVarint())));
            case TAKE_CHANGES ->
                    new IndexMessage.TakeChanges(
                            callId,
                            Fields.readGroup(reader),
                            Fields.readGroup(reader),
                            readPosition(reader),
                            reader.readBytes());
            case CHANGES_TAKEN ->
                    new IndexMessage.ChangesTaken(
                            callId,
                            Fields.readGroup(reader),
                            Fields.readGroup(reader),
                            readPosition(reader));
            case CHANGES_NOT_TAKEN ->
                    new IndexMessage.ChangesNotTaken(
                            callId,
                            Fields.readGroup(reader),
                            Fields.readGroup(reader),
                            Fields.readOptional(reader, Fields::readNode));
            default -> throw Fields.unknown("kind of message about indexes", kind);
        };
    }

    private static void write(BinaryWriter writer, FeedPosition position) {
        writer.writeVarint(position.lsn());
        Fields.writeKey(writer, position.backfilledTo());
        writer.writeBoolean(position.backfilled());
    }

    private static FeedPosition readPosition(BinaryReader reader) {
        long lsn = reader.readVarint();
        PlacementKey backfilledTo = Fields.readKey(reader);
        return new FeedPosition(lsn, backfilledTo, reader.readBoolean());
    }
}
