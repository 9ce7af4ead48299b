package dev.stator.core.autoadmin;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Operand;
import dev.stator.model.expression.Projection;
import dev.stator.model.key.ItemCollection;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptorCodec;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The items of the system group, as bytes on disk: changed only so that older versions can be read.
 *
 * <pre>
 * pk "table"    sk account "/" name    a table: TableDescriptorCodec's attributes, and
 *                                      RecordVersion, WriteId, Unhosted, OnDemandSwitches
 * pk "counter"  sk "ids"               NextTable, NextGroup, RecordVersion, WriteId
 * </pre>
 *
 * WriteId names the write that made the item: who does not know whether a write of his took place
 * finds out by it.
 */
final class SystemItems {
    static final String PARTITION_KEY = "pk";
    static final String SORT_KEY = "sk";
    static final List<String> KEY_NAMES = List.of(PARTITION_KEY, SORT_KEY);
    static final Projection TABLE_NAMES = new Projection(List.of(DocumentPath.of("TableName")));

    private static final AttributeValue.S TABLES = new AttributeValue.S("table");
    private static final AttributeValue.S COUNTERS = new AttributeValue.S("counter");
    private static final AttributeValue.S IDS = new AttributeValue.S("ids");
    private static final String TABLE_ID = "TableId";
    private static final String TABLE_NAME = "TableName";
    private static final String RECORD_VERSION = "RecordVersion";
    private static final String WRITE_ID = "WriteId";
    private static final String UNHOSTED = "Unhosted";
    private static final String GROUP = "Group";
    private static final String NODE = "Node";
    private static final String ON_DEMAND_SWITCHES = "OnDemandSwitches";
    private static final String NEXT_TABLE = "NextTable";
    private static final String NEXT_GROUP = "NextGroup";

    static final PlacementKey COUNTERS_KEY = PlacementKey.of(COUNTERS, IDS);

    /** Holds where there is no such item. */
    static final Condition ABSENT =
            new Condition.AttributeNotExists(DocumentPath.of(PARTITION_KEY));

    private SystemItems() {}

    /** Sorts as the items do: by account, then by the UTF-8 bytes of the name. */
    static String sortKey(String accountId, String tableName) {
        return accountId + "/" + tableName;
    }

    static PlacementKey tableKey(String sortKey) {
        return PlacementKey.of(TABLES, new AttributeValue.S(sortKey));
    }

    static KeyRange allTables() {
        return ItemCollection.of(TABLES).all();
    }

    /** The tables of an account whose names come after the given one. */
    static Optional<KeyRange> tablesOf(String accountId, Optional<String> startAfter) {
        ItemCollection tables = ItemCollection.of(TABLES);
        KeyRange all = tables.beginsWith(new AttributeValue.S(sortKey(accountId, "")));
        if (startAfter.isEmpty()) {
            return Optional.of(all);
        }
        String after = sortKey(accountId, startAfter.get());
        return all.intersect(tables.greaterThan(new AttributeValue.S(after)));
    }

    static Item encode(TableRecord record, String writeId) {
        AttributesBuilder item = new AttributesBuilder(32);
        item.put(PARTITION_KEY, TABLES);
        item.put(
                SORT_KEY,
                new AttributeValue.S(sortKey(record.table().accountId(), record.table().name())));
        TableDescriptorCodec.toItem(record.table()).attributes().forEach(item::put);
        item.put(RECORD_VERSION, number(record.version()));
        item.put(WRITE_ID, new AttributeValue.S(writeId));
        List<AttributeValue> unhosted = new ArrayList<>();
        for (GroupReplica replica : record.unhosted()) {
            AttributesBuilder entry = new AttributesBuilder(2);
            entry.put(GROUP, number(replica.group().value()));
            entry.put(NODE, new AttributeValue.B(encode(replica.node())));
            unhosted.add(entry.toMap());
        }
        item.put(UNHOSTED, new AttributeValue.L(unhosted));
        List<AttributeValue> switches = new ArrayList<>();
        for (Long millis : record.onDemandSwitches()) {
            switches.add(number(millis));
        }
        item.put(ON_DEMAND_SWITCHES, new AttributeValue.L(switches));
        record.unknown().attributes().forEach(item::put);
        return item.toItem();
    }

    /**
     * Reads what {@link #encode} made.
     *
     * @throws MalformedEncodingException if it is not that
     */
    static TableRecord decodeTable(Item item) {
        List<GroupReplica> unhosted = new ArrayList<>();
        for (AttributeValue element : list(item, UNHOSTED)) {
            if (!(element instanceof AttributeValue.M(var entries))) {
                throw new MalformedEncodingException("not a replica");
            }
            Item entry = new Item(entries);
            unhosted.add(new GroupReplica(new GroupId(number(entry, GROUP)), node(entry)));
        }
        List<Long> switches = new ArrayList<>();
        for (AttributeValue element : list(item, ON_DEMAND_SWITCHES)) {
            switches.add(number(ON_DEMAND_SWITCHES, element));
        }
        TableRecord record =
                new TableRecord(
                        TableDescriptorCodec.fromItem(item),
                        number(item, RECORD_VERSION),
                        unhosted,
                        switches,
                        Item.EMPTY);
        return record.withUnknown(unknown(item, encode(record, "")));
    }

    /** What an item has that this version does not write. */
    private static Item unknown(Item item, Item known) {
        AttributesBuilder unknown = new AttributesBuilder();
        item.attributes()
                .forEach((name, value) -> {
                    if (known.get(name) == null) {
                        unknown.put(name, value);
                    }
                });
        return unknown.toItem();
    }

    static String sortKey(Item item) {
        return string(item, SORT_KEY);
    }

    static String tableName(Item item) {
        return string(item, TABLE_NAME);
    }

    static String writeId(Item item) {
        return string(item, WRITE_ID);
    }

    static Item encode(Counters counters, String writeId) {
        AttributesBuilder item = new AttributesBuilder();
        item.put(PARTITION_KEY, COUNTERS);
        item.put(SORT_KEY, IDS);
        item.put(NEXT_TABLE, number(counters.nextTable()));
        item.put(NEXT_GROUP, number(counters.nextGroup()));
        item.put(RECORD_VERSION, number(counters.version()));
        item.put(WRITE_ID, new AttributeValue.S(writeId));
        return item.toItem();
    }

    static Counters decodeCounters(Item item) {
        return new Counters(
                number(item, NEXT_TABLE), number(item, NEXT_GROUP), number(item, RECORD_VERSION));
    }

    /** Holds where the table's item is the one that was read: of the same table, and unchanged. */
    static Condition unchanged(TableRecord record) {
        return new Condition.And(
                List.of(
                        equal(TABLE_ID, record.id().value()),
                        equal(RECORD_VERSION, record.version())));
    }

    static Condition unchanged(Counters counters) {
        return counters.version() == 0 ? ABSENT : equal(RECORD_VERSION, counters.version());
    }

    private static Condition equal(String attribute, long value) {
        return new Condition.Comparison(
                Comparator.EQ,
                new Operand.Path(DocumentPath.of(attribute)),
                new Operand.Constant(number(value)));
    }

    private static AttributeValue.N number(long value) {
        return new AttributeValue.N(DecimalNumber.of(value));
    }

    private static long number(Item item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new MalformedEncodingException("missing: " + name);
        }
        return number(name, value);
    }

    private static long number(String name, AttributeValue value) {
        if (value instanceof AttributeValue.N(DecimalNumber number)) {
            return number.value().longValueExact();
        }
        throw new MalformedEncodingException("not a number: " + name);
    }

    private static String string(Item item, String name) {
        if (item.get(name) instanceof AttributeValue.S(String text)) {
            return text;
        }
        throw new MalformedEncodingException("not a string: " + name);
    }

    /** Empty where an older version did not write it. */
    private static List<AttributeValue> list(Item item, String name) {
        return switch (item.get(name)) {
            case null -> List.of();
            case AttributeValue.L(List<AttributeValue> elements) -> elements;
            default -> throw new MalformedEncodingException("not a list: " + name);
        };
    }

    private static Bytes encode(NodeId node) {
        BinaryWriter writer = new BinaryWriter(2 * Long.BYTES);
        writer.writeFixed64(node.high());
        writer.writeFixed64(node.low());
        return writer.toBytes();
    }

    private static NodeId node(Item item) {
        if (!(item.get(NODE) instanceof AttributeValue.B(Bytes bytes))) {
            throw new MalformedEncodingException("not a node");
        }
        BinaryReader reader = new BinaryReader(bytes);
        NodeId node = new NodeId(reader.readFixed64(), reader.readFixed64());
        reader.expectEnd();
        return node;
    }
}
