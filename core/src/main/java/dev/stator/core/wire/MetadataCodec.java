package dev.stator.core.wire;

import dev.stator.core.wire.MetadataMessage.GroupContents;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.Spot;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.core.wire.MetadataMessage.TableSlice;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.table.TableId;

/** What MemDS is told and asked. */
final class MetadataCodec {
    private static final int PUSH_ROUTES = 1;
    private static final int REPLICAS_HELD = 2;
    private static final int PUSH_TABLES = 3;
    private static final int TABLES_TAKEN = 4;
    private static final int FIND_TABLE = 5;
    private static final int TABLE_FOUND = 6;
    private static final int FIND_PARTITION = 7;
    private static final int PARTITION_FOUND = 8;
    private static final int CONTENTS_COUNTED = 9;

    private static final int SPOT_AT = 1;
    private static final int SPOT_BELOW = 2;

    /** Group, leader, no members, round. */
    private static final int ROUTE_BYTES_MIN = 3 + Fields.NODE_BYTES;

    /** Group, round, nothing counted, no indexes. */
    private static final int CONTENTS_BYTES_MIN = 5;

    /** A table is far longer than this; it bounds allocation well enough. */
    private static final int TABLE_BYTES_MIN = 16;

    private MetadataCodec() {}

    static void write(BinaryWriter writer, MetadataMessage message) {
        switch (message) {
            case MetadataMessage.PushRoutes(var routes) -> {
                writer.writeByte(PUSH_ROUTES);
                Fields.writeList(writer, routes, MetadataCodec::write);
            }
            case MetadataMessage.ReplicasHeld(var groups) -> {
                writer.writeByte(REPLICAS_HELD);
                Fields.writeList(writer, groups, Fields::writeGroup);
            }
            case MetadataMessage.ContentsCounted(var groups) -> {
                writer.writeByte(CONTENTS_COUNTED);
                Fields.writeList(writer, groups, MetadataCodec::write);
            }
            case MetadataMessage.PushTables push -> {
                writer.writeByte(PUSH_TABLES);
                writer.writeVarint(push.callId());
                writer.writeVarint(push.term());
                Fields.writeList(writer, push.changed(), MetadataCodec::write);
                Fields.writeList(writer, push.removed(), MetadataCodec::write);
                write(writer, push.slice());
            }
            case MetadataMessage.TablesTaken(long callId, long term, boolean ready) -> {
                writer.writeByte(TABLES_TAKEN);
                writer.writeVarint(callId);
                writer.writeVarint(term);
                writer.writeBoolean(ready);
            }
            case MetadataMessage.FindTable(long callId, var accountId, var tableName) -> {
                writer.writeByte(FIND_TABLE);
                writer.writeVarint(callId);
                writer.writeString(accountId);
                writer.writeString(tableName);
            }
            case MetadataMessage.TableFound(long callId, var table, boolean ready) -> {
                writer.writeByte(TABLE_FOUND);
                writer.writeVarint(callId);
                Fields.writeOptional(writer, table, Fields::writeTable);
                writer.writeBoolean(ready);
            }
            case MetadataMessage.FindPartition(long callId, var table, var spot) -> {
                writer.writeByte(FIND_PARTITION);
                writer.writeVarint(callId);
                write(writer, table);
                write(writer, spot);
            }
            case MetadataMessage.PartitionFound(long callId, var route, boolean ready) -> {
                writer.writeByte(PARTITION_FOUND);
                writer.writeVarint(callId);
                Fields.writeOptional(writer, route, MetadataCodec::write);
                writer.writeBoolean(ready);
            }
        }
    }

    static MetadataMessage read(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case PUSH_ROUTES ->
                    new MetadataMessage.PushRoutes(
                            Fields.readList(reader, ROUTE_BYTES_MIN, MetadataCodec::readRoute));
            case REPLICAS_HELD ->
                    new MetadataMessage.ReplicasHeld(Fields.readList(reader, 1, Fields::readGroup));
            case CONTENTS_COUNTED ->
                    new MetadataMessage.ContentsCounted(
                            Fields.readList(
                                    reader, CONTENTS_BYTES_MIN, MetadataCodec::readContents));
            case PUSH_TABLES ->
                    new MetadataMessage.PushTables(
                            reader.readVarint(),
                            reader.readVarint(),
                            Fields.readList(reader, TABLE_BYTES_MIN, MetadataCodec::readEntry),
                            Fields.readList(reader, 1, MetadataCodec::readTableId),
                            readSlice(reader));
            case TABLES_TAKEN ->
                    new MetadataMessage.TablesTaken(
                            reader.readVarint(), reader.readVarint(), reader.readBoolean());
            case FIND_TABLE ->
                    new MetadataMessage.FindTable(
                            reader.readVarint(), reader.readString(), reader.readString());
            case TABLE_FOUND ->
                    new MetadataMessage.TableFound(
                            reader.readVarint(),
                            Fields.readOptional(reader, Fields::readTable),
                            reader.readBoolean());
            case FIND_PARTITION ->
                    new MetadataMessage.FindPartition(
                            reader.readVarint(), readTableId(reader), readSpot(reader));
            case PARTITION_FOUND ->
                    new MetadataMessage.PartitionFound(
                            reader.readVarint(),
                            Fields.readOptional(reader, MetadataCodec::readPartitionRoute),
                            reader.readBoolean());
            default -> throw Fields.unknown("kind of metadata message", kind);
        };
    }

    private static void write(BinaryWriter writer, GroupRoute route) {
        Fields.writeGroup(writer, route.group());
        Fields.writeNode(writer, route.leader());
        Fields.writeMembers(writer, route.members());
        writer.writeVarint(route.ballotRound());
    }

    private static GroupRoute readRoute(BinaryReader reader) {
        return new GroupRoute(
                Fields.readGroup(reader),
                Fields.readNode(reader),
                Fields.readMembers(reader),
                reader.readVarint());
    }

    private static void write(BinaryWriter writer, GroupContents contents) {
        Fields.writeGroup(writer, contents.group());
        writer.writeVarint(contents.ballotRound());
        Fields.writeContents(writer, contents.items());
        Fields.writeMap(writer, contents.localIndexes(), Fields::writeContents);
    }

    private static GroupContents readContents(BinaryReader reader) {
        return new GroupContents(
                Fields.readGroup(reader),
                reader.readVarint(),
                Fields.readContents(reader),
                Fields.readMap(reader, Fields::readContents));
    }

    private static void write(BinaryWriter writer, TableEntry entry) {
        Fields.writeTable(writer, entry.table());
        writer.writeVarint(entry.version());
        Fields.writeList(writer, entry.routes(), MetadataCodec::write);
    }

    private static TableEntry readEntry(BinaryReader reader) {
        return new TableEntry(
                Fields.readTable(reader),
                reader.readVarint(),
                Fields.readList(reader, ROUTE_BYTES_MIN, MetadataCodec::readRoute));
    }

    private static void write(BinaryWriter writer, TableSlice slice) {
        write(writer, slice.after());
        write(writer, slice.upTo());
        Fields.writeList(writer, slice.tables(), MetadataCodec::write);
    }

    private static TableSlice readSlice(BinaryReader reader) {
        return new TableSlice(
                readTableId(reader),
                readTableId(reader),
                Fields.readList(reader, TABLE_BYTES_MIN, MetadataCodec::readEntry));
    }

    private static void write(BinaryWriter writer, TableId table) {
        writer.writeVarint(table.value());
    }

    private static TableId readTableId(BinaryReader reader) {
        return new TableId(reader.readVarint());
    }

    private static void write(BinaryWriter writer, Spot spot) {
        switch (spot) {
            case Spot.At(var key) -> {
                writer.writeByte(SPOT_AT);
                Fields.writeKey(writer, key);
            }
            case Spot.Below(var key) -> {
                writer.writeByte(SPOT_BELOW);
                Fields.writeOptional(writer, key, Fields::writeKey);
            }
        }
    }

    private static Spot readSpot(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case SPOT_AT -> new Spot.At(Fields.readKey(reader));
            case SPOT_BELOW -> new Spot.Below(Fields.readOptional(reader, Fields::readKey));
            default -> throw Fields.unknown("kind of spot", kind);
        };
    }

    private static void write(BinaryWriter writer, PartitionRoute route) {
        Fields.writeGroup(writer, route.group());
        Fields.writeRange(writer, route.range());
        Fields.writeMembers(writer, route.members());
        Fields.writeOptional(writer, route.leader(), Fields::writeNode);
        writer.writeVarint(route.ballotRound());
    }

    private static PartitionRoute readPartitionRoute(BinaryReader reader) {
        return new PartitionRoute(
                Fields.readGroup(reader),
                Fields.readRange(reader),
                Fields.readMembers(reader),
                Fields.readOptional(reader, Fields::readNode),
                reader.readVarint());
    }
}
