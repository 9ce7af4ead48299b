package dev.stator.core.wire;

import dev.stator.core.wire.AdminMessage.AdminAnswer;
import dev.stator.core.wire.AdminMessage.AdminCall;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.TableClass;
import java.util.List;

/** What auto-admin is asked, and its answers. */
final class AdminCodec {
    private static final int CALL = 1;
    private static final int ANSWER = 2;

    private static final int CREATE_TABLE = 1;
    private static final int DESCRIBE_TABLE = 2;
    private static final int DELETE_TABLE = 3;
    private static final int UPDATE_TABLE = 4;
    private static final int LIST_TABLES = 5;

    private static final int CHANGE_CAPACITY = 1;
    private static final int CHANGE_DELETION_PROTECTION = 2;
    private static final int CHANGE_STORAGE_CLASS = 3;
    private static final int CHANGE_ADD_INDEX = 4;
    private static final int CHANGE_DROP_INDEX = 5;
    private static final int CHANGE_TAGS = 6;
    private static final int CHANGE_WARMTH = 7;
    private static final int CHANGE_INDEX_LIMITS = 8;

    private static final int TABLE = 1;
    private static final int TABLE_NAMES = 2;
    private static final int FAILED = 3;
    private static final int NOT_LEADER = 4;
    private static final int TABLE_WITH_CONTENTS = 5;

    private static final EnumCode<BillingMode> BILLING_MODES =
            EnumCode.of(List.of(BillingMode.PROVISIONED, BillingMode.PAY_PER_REQUEST));
    private static final EnumCode<TableClass> TABLE_CLASSES =
            EnumCode.of(List.of(TableClass.STANDARD, TableClass.STANDARD_INFREQUENT_ACCESS));

    private AdminCodec() {}

    static void write(BinaryWriter writer, AdminMessage message) {
        switch (message) {
            case AdminCall(long callId, var request) -> {
                writer.writeByte(CALL);
                writer.writeVarint(callId);
                write(writer, request);
            }
            case AdminAnswer(long callId, var response) -> {
                writer.writeByte(ANSWER);
                writer.writeVarint(callId);
                write(writer, response);
            }
        }
    }

    static AdminMessage read(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case CALL -> new AdminCall(reader.readVarint(), readRequest(reader));
            case ANSWER -> new AdminAnswer(reader.readVarint(), readResponse(reader));
            default -> throw Fields.unknown("kind of admin message", kind);
        };
    }

    private static void write(BinaryWriter writer, AdminRequest request) {
        switch (request) {
            case AdminRequest.CreateTable(var table) -> {
                writer.writeByte(CREATE_TABLE);
                Fields.writeTable(writer, table);
            }
            case AdminRequest.DescribeTable(var accountId, var tableName) -> {
                writer.writeByte(DESCRIBE_TABLE);
                writer.writeString(accountId);
                writer.writeString(tableName);
            }
            case AdminRequest.DeleteTable(var accountId, var tableName) -> {
                writer.writeByte(DELETE_TABLE);
                writer.writeString(accountId);
                writer.writeString(tableName);
            }
            case AdminRequest.UpdateTable(var accountId, var tableName, var change) -> {
                writer.writeByte(UPDATE_TABLE);
                writer.writeString(accountId);
                writer.writeString(tableName);
                write(writer, change);
            }
            case AdminRequest.ListTables(var accountId, var startAfter, int limit) -> {
                writer.writeByte(LIST_TABLES);
                writer.writeString(accountId);
                Fields.writeOptional(writer, startAfter, BinaryWriter::writeString);
                writer.writeZigzag(limit);
            }
        }
    }

    private static AdminRequest readRequest(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case CREATE_TABLE -> new AdminRequest.CreateTable(Fields.readTable(reader));
            case DESCRIBE_TABLE ->
                    new AdminRequest.DescribeTable(reader.readString(), reader.readString());
            case DELETE_TABLE ->
                    new AdminRequest.DeleteTable(reader.readString(), reader.readString());
            case UPDATE_TABLE ->
                    new AdminRequest.UpdateTable(
                            reader.readString(), reader.readString(), readChange(reader));
            case LIST_TABLES ->
                    new AdminRequest.ListTables(
                            reader.readString(),
                            Fields.readOptional(reader, BinaryReader::readString),
                            reader.readZigzag32());
            default -> throw Fields.unknown("kind of admin request", kind);
        };
    }

    private static void write(BinaryWriter writer, TableChange change) {
        switch (change) {
            case TableChange.Capacity(var mode, var throughput, var limits, var indexes) -> {
                writer.writeByte(CHANGE_CAPACITY);
                Fields.writeOptional(writer, mode, BILLING_MODES::write);
                Fields.writeOptional(writer, throughput, TableFields::write);
                Fields.writeOptional(writer, limits, TableFields::write);
                Fields.writeMap(writer, indexes, TableFields::write);
            }
            case TableChange.Warmth(var warm, var indexes) -> {
                writer.writeByte(CHANGE_WARMTH);
                TableFields.write(writer, warm);
                Fields.writeMap(writer, indexes, TableFields::write);
            }
            case TableChange.IndexLimits(var indexes) -> {
                writer.writeByte(CHANGE_INDEX_LIMITS);
                Fields.writeMap(writer, indexes, TableFields::write);
            }
            case TableChange.DeletionProtection(boolean enabled) -> {
                writer.writeByte(CHANGE_DELETION_PROTECTION);
                writer.writeBoolean(enabled);
            }
            case TableChange.StorageClass(var tableClass) -> {
                writer.writeByte(CHANGE_STORAGE_CLASS);
                TABLE_CLASSES.write(writer, tableClass);
            }
            case TableChange.AddIndex(var index, var definitions) -> {
                writer.writeByte(CHANGE_ADD_INDEX);
                TableFields.write(writer, index);
                Fields.writeMap(writer, definitions, TableFields::write);
            }
            case TableChange.DropIndex(var indexName) -> {
                writer.writeByte(CHANGE_DROP_INDEX);
                writer.writeString(indexName);
            }
            case TableChange.Tags(var set, var removed) -> {
                writer.writeByte(CHANGE_TAGS);
                Fields.writeMap(writer, set, BinaryWriter::writeString);
                Fields.writeList(writer, removed, BinaryWriter::writeString);
            }
        }
    }

    private static TableChange readChange(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case CHANGE_CAPACITY ->
                    new TableChange.Capacity(
                            Fields.readOptional(reader, BILLING_MODES::read),
                            Fields.readOptional(reader, TableFields::readThroughput),
                            Fields.readOptional(reader, TableFields::readLimits),
                            Fields.readMap(reader, TableFields::readThroughput));
            case CHANGE_WARMTH ->
                    new TableChange.Warmth(
                            TableFields.readThroughput(reader),
                            Fields.readMap(reader, TableFields::readThroughput));
            case CHANGE_INDEX_LIMITS ->
                    new TableChange.IndexLimits(Fields.readMap(reader, TableFields::readLimits));
            case CHANGE_DELETION_PROTECTION ->
                    new TableChange.DeletionProtection(reader.readBoolean());
            case CHANGE_STORAGE_CLASS -> new TableChange.StorageClass(TABLE_CLASSES.read(reader));
            case CHANGE_ADD_INDEX ->
                    new TableChange.AddIndex(
                            TableFields.readIndex(reader),
                            Fields.readMap(reader, TableFields::readType));
            case CHANGE_DROP_INDEX -> new TableChange.DropIndex(reader.readString());
            case CHANGE_TAGS ->
                    new TableChange.Tags(
                            Fields.readMap(reader, BinaryReader::readString),
                            Fields.readList(reader, 1, BinaryReader::readString));
            default -> throw Fields.unknown("kind of table change", kind);
        };
    }

    private static void write(BinaryWriter writer, AdminResponse response) {
        switch (response) {
            case AdminResponse.Table(var table, var contents) -> {
                boolean counted = !contents.equals(TableContents.NONE);
                writer.writeByte(counted ? TABLE_WITH_CONTENTS : TABLE);
                Fields.writeTable(writer, table);
                if (counted) {
                    Fields.writeContents(writer, contents.table());
                    Fields.writeMap(writer, contents.indexes(), Fields::writeContents);
                }
            }
            case AdminResponse.TableNames(var names, boolean more) -> {
                writer.writeByte(TABLE_NAMES);
                Fields.writeList(writer, names, BinaryWriter::writeString);
                writer.writeBoolean(more);
            }
            case AdminResponse.Failed(var error) -> {
                writer.writeByte(FAILED);
                ErrorCodec.write(writer, error);
            }
            case AdminResponse.NotLeader(var leader) -> {
                writer.writeByte(NOT_LEADER);
                Fields.writeOptional(writer, leader, Fields::writeNode);
            }
        }
    }

    private static AdminResponse readResponse(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case TABLE -> new AdminResponse.Table(Fields.readTable(reader), TableContents.NONE);
            case TABLE_WITH_CONTENTS ->
                    new AdminResponse.Table(
                            Fields.readTable(reader),
                            new TableContents(
                                    Fields.readContents(reader),
                                    Fields.readMap(reader, Fields::readContents)));
            case TABLE_NAMES ->
                    new AdminResponse.TableNames(
                            Fields.readList(reader, 1, BinaryReader::readString),
                            reader.readBoolean());
            case FAILED -> new AdminResponse.Failed(ErrorCodec.read(reader));
            case NOT_LEADER ->
                    new AdminResponse.NotLeader(Fields.readOptional(reader, Fields::readNode));
            default -> throw Fields.unknown("kind of admin response", kind);
        };
    }
}
