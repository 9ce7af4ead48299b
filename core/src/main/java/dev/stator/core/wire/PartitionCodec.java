package dev.stator.core.wire;

import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;

/** What is asked of partitions, and their answers. */
final class PartitionCodec {
    private static final int WRITE = 1;
    private static final int GET = 2;
    private static final int RANGE = 3;
    private static final int PREPARE = 4;
    private static final int FINISH = 5;
    private static final int READ_VERSION = 6;

    private static final int PUT = 1;
    private static final int UPDATE = 2;
    private static final int DELETE = 3;

    /** An update that writes keys of secondary indexes. */
    private static final int UPDATE_OF_INDEX_KEYS = 4;

    private static final int WRITTEN = 1;
    private static final int CONDITION_FAILED = 2;
    private static final int REFUSED = 3;
    private static final int GOT = 4;
    private static final int PAGE = 5;
    private static final int NOT_LEADER = 6;
    private static final int NOT_HERE = 7;
    private static final int UNAVAILABLE = 8;
    private static final int INDETERMINATE = 9;
    private static final int FINISHED = 10;
    private static final int CONFLICT = 11;
    private static final int UNTIMELY = 12;
    private static final int GOT_VERSION = 13;

    private PartitionCodec() {}

    static void write(BinaryWriter writer, PartitionRequest request) {
        switch (request) {
            case PartitionRequest.Write write -> {
                writer.writeByte(WRITE);
                Fields.writeKey(writer, write.key());
                write(writer, write.change());
                Fields.writeOptional(writer, write.condition(), ExpressionCodec::write);
                writer.writeBoolean(write.before());
                writer.writeBoolean(write.after());
                writer.writeBoolean(write.itemOnFailure());
            }
            case PartitionRequest.Prepare prepare -> write(writer, prepare);
            case PartitionRequest.Finish(var key, var transaction, boolean commit) -> {
                writer.writeByte(FINISH);
                Fields.writeKey(writer, key);
                TransactionFields.write(writer, transaction);
                writer.writeBoolean(commit);
            }
            case PartitionRequest.ReadVersion(var key, var projection) -> {
                writer.writeByte(READ_VERSION);
                Fields.writeKey(writer, key);
                Fields.writeOptional(writer, projection, ExpressionCodec::write);
            }
            case PartitionRequest.Get(var key, boolean consistent, var projection) -> {
                writer.writeByte(GET);
                Fields.writeKey(writer, key);
                writer.writeBoolean(consistent);
                Fields.writeOptional(writer, projection, ExpressionCodec::write);
            }
            case PartitionRequest.Range range -> {
                writer.writeByte(RANGE);
                Fields.writeRange(writer, range.range());
                writer.writeBoolean(range.forward());
                writer.writeBoolean(range.consistent());
                Fields.writeOptional(writer, range.filter(), ExpressionCodec::write);
                Fields.writeOptional(writer, range.projection(), ExpressionCodec::write);
                writer.writeZigzag(range.bounds().maxItems());
                writer.writeZigzag(range.bounds().maxBytes());
                writer.writeBoolean(range.countOnly());
                Fields.writeList(writer, range.keyNames(), BinaryWriter::writeString);
                Fields.writeOptional(writer, range.index(), PartitionCodec::write);
            }
        }
    }

    static PartitionRequest readRequest(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case WRITE ->
                    new PartitionRequest.Write(
                            Fields.readKey(reader),
                            readChange(reader),
                            Fields.readOptional(reader, ExpressionCodec::readCondition),
                            reader.readBoolean(),
                            reader.readBoolean(),
                            reader.readBoolean());
            case PREPARE ->
                    new PartitionRequest.Prepare(
                            Fields.readKey(reader),
                            TransactionFields.readMark(reader),
                            Fields.readOptional(reader, PartitionCodec::readChange),
                            Fields.readOptional(reader, ExpressionCodec::readCondition),
                            reader.readBoolean(),
                            reader.readBoolean());
            case FINISH ->
                    new PartitionRequest.Finish(
                            Fields.readKey(reader),
                            TransactionFields.readId(reader),
                            reader.readBoolean());
            case READ_VERSION ->
                    new PartitionRequest.ReadVersion(
                            Fields.readKey(reader),
                            Fields.readOptional(reader, ExpressionCodec::readProjection));
            case GET ->
                    new PartitionRequest.Get(
                            Fields.readKey(reader),
                            reader.readBoolean(),
                            Fields.readOptional(reader, ExpressionCodec::readProjection));
            case RANGE ->
                    new PartitionRequest.Range(
                            Fields.readRange(reader),
                            reader.readBoolean(),
                            reader.readBoolean(),
                            Fields.readOptional(reader, ExpressionCodec::readCondition),
                            Fields.readOptional(reader, ExpressionCodec::readProjection),
                            new PageBounds(reader.readZigzag32(), reader.readZigzag32()),
                            reader.readBoolean(),
                            Fields.readList(reader, 1, BinaryReader::readString),
                            Fields.readOptional(reader, PartitionCodec::readIndexRead));
            default -> throw Fields.unknown("kind of request to a partition", kind);
        };
    }

    private static void write(BinaryWriter writer, PartitionRequest.Prepare prepare) {
        writer.writeByte(PREPARE);
        Fields.writeKey(writer, prepare.key());
        TransactionFields.write(writer, prepare.mark());
        Fields.writeOptional(writer, prepare.change(), PartitionCodec::write);
        Fields.writeOptional(writer, prepare.condition(), ExpressionCodec::write);
        writer.writeBoolean(prepare.images());
        writer.writeBoolean(prepare.itemOnFailure());
    }

    private static void write(BinaryWriter writer, Change change) {
        switch (change) {
            case Change.Put(var item) -> {
                writer.writeByte(PUT);
                ItemCodec.write(writer, item);
            }
            case Change.Update(var key, var update, var indexKeys) -> {
                writer.writeByte(indexKeys.isEmpty() ? UPDATE : UPDATE_OF_INDEX_KEYS);
                ItemCodec.write(writer, key);
                ExpressionCodec.write(writer, update);
                if (!indexKeys.isEmpty()) {
                    Fields.writeList(writer, indexKeys, PartitionCodec::write);
                }
            }
            case Change.Delete() -> writer.writeByte(DELETE);
        }
    }

    private static Change readChange(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case PUT -> new Change.Put(ItemCodec.readItem(reader));
            case UPDATE ->
                    new Change.Update(
                            ItemCodec.readItem(reader), ExpressionCodec.readUpdate(reader));
            case UPDATE_OF_INDEX_KEYS ->
                    new Change.Update(
                            ItemCodec.readItem(reader),
                            ExpressionCodec.readUpdate(reader),
                            Fields.readList(reader, 2, PartitionCodec::readIndexKey));
            case DELETE -> new Change.Delete();
            default -> throw Fields.unknown("kind of change", kind);
        };
    }

    private static void write(BinaryWriter writer, PartitionRequest.LocalIndexRead read) {
        writer.writeString(read.name());
        writer.writeBoolean(read.fetch());
    }

    private static PartitionRequest.LocalIndexRead readIndexRead(BinaryReader reader) {
        return new PartitionRequest.LocalIndexRead(reader.readString(), reader.readBoolean());
    }

    private static void write(BinaryWriter writer, PartitionRequest.IndexKey key) {
        TableFields.write(writer, key.attribute());
        writer.writeBoolean(key.isPartitionKey());
    }

    private static PartitionRequest.IndexKey readIndexKey(BinaryReader reader) {
        return new PartitionRequest.IndexKey(
                TableFields.readAttribute(reader), reader.readBoolean());
    }

    static void write(BinaryWriter writer, PartitionResponse response) {
        switch (response) {
            case PartitionResponse.Written(
                            var before,
                            var after,
                            int beforeSizeBytes,
                            int afterSizeBytes,
                            long collectionBytes) -> {
                writer.writeByte(WRITTEN);
                Fields.writeItem(writer, before);
                Fields.writeItem(writer, after);
                writer.writeZigzag(beforeSizeBytes);
                writer.writeZigzag(afterSizeBytes);
                writer.writeVarint(collectionBytes);
            }
            case PartitionResponse.ConditionFailed(var item, int sizeBytes) -> {
                writer.writeByte(CONDITION_FAILED);
                Fields.writeItem(writer, item);
                writer.writeZigzag(sizeBytes);
            }
            case PartitionResponse.Refused(var error, int sizeBytes) -> {
                writer.writeByte(REFUSED);
                ErrorCodec.write(writer, error);
                writer.writeZigzag(sizeBytes);
            }
            case PartitionResponse.Got(var item, int sizeBytes) -> {
                writer.writeByte(GOT);
                Fields.writeItem(writer, item);
                writer.writeZigzag(sizeBytes);
            }
            case PartitionResponse.Page page -> {
                writer.writeByte(PAGE);
                Fields.writeList(writer, page.items(), ItemCodec::write);
                writer.writeZigzag(page.count());
                writer.writeZigzag(page.evaluatedCount());
                writer.writeZigzag(page.evaluatedBytes());
                writer.writeVarint(page.fetched().bytes());
                writer.writeVarint(page.fetched().units());
                Fields.writeItem(writer, page.lastKey());
            }
            case PartitionResponse.NotLeader(var leader) -> {
                writer.writeByte(NOT_LEADER);
                Fields.writeOptional(writer, leader, Fields::writeNode);
            }
            case PartitionResponse.NotHere() -> writer.writeByte(NOT_HERE);
            case PartitionResponse.Unavailable(var reason) -> {
                writer.writeByte(UNAVAILABLE);
                writer.writeString(reason);
            }
            case PartitionResponse.Indeterminate() -> writer.writeByte(INDETERMINATE);
            case PartitionResponse.Finished() -> writer.writeByte(FINISHED);
            case PartitionResponse.Conflict(var mark, boolean stalled) -> {
                writer.writeByte(CONFLICT);
                TransactionFields.write(writer, mark);
                writer.writeBoolean(stalled);
            }
            case PartitionResponse.Untimely(long notAboveMicros) -> {
                writer.writeByte(UNTIMELY);
                writer.writeVarint(notAboveMicros);
            }
            case PartitionResponse.GotVersion got -> {
                writer.writeByte(GOT_VERSION);
                Fields.writeItem(writer, got.item());
                writer.writeBoolean(got.exists());
                writer.writeZigzag(got.sizeBytes());
                writer.writeZigzag(got.versionMicros());
            }
        }
    }

    static PartitionResponse readResponse(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case WRITTEN ->
                    new PartitionResponse.Written(
                            Fields.readItem(reader),
                            Fields.readItem(reader),
                            reader.readZigzag32(),
                            reader.readZigzag32(),
                            reader.readVarint());
            case CONDITION_FAILED ->
                    new PartitionResponse.ConditionFailed(
                            Fields.readItem(reader), reader.readZigzag32());
            case REFUSED ->
                    new PartitionResponse.Refused(ErrorCodec.read(reader), reader.readZigzag32());
            case GOT -> new PartitionResponse.Got(Fields.readItem(reader), reader.readZigzag32());
            case PAGE ->
                    new PartitionResponse.Page(
                            Fields.readList(reader, 1, ItemCodec::readItem),
                            reader.readZigzag32(),
                            reader.readZigzag32(),
                            reader.readZigzag(),
                            new PartitionResponse.Fetched(reader.readVarint(), reader.readVarint()),
                            Fields.readItem(reader));
            case NOT_LEADER ->
                    new PartitionResponse.NotLeader(Fields.readOptional(reader, Fields::readNode));
            case NOT_HERE -> new PartitionResponse.NotHere();
            case UNAVAILABLE -> new PartitionResponse.Unavailable(reader.readString());
            case INDETERMINATE -> new PartitionResponse.Indeterminate();
            case FINISHED -> new PartitionResponse.Finished();
            case CONFLICT ->
                    new PartitionResponse.Conflict(
                            TransactionFields.readMark(reader), reader.readBoolean());
            case UNTIMELY -> new PartitionResponse.Untimely(reader.readVarint());
            case GOT_VERSION ->
                    new PartitionResponse.GotVersion(
                            Fields.readItem(reader),
                            reader.readBoolean(),
                            reader.readZigzag32(),
                            reader.readZigzag());
            default -> throw Fields.unknown("kind of answer of a partition", kind);
        };
    }
}
