package dev.stator.core.format;

import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.Bytes;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an item lies in the store of a node: eight bytes of the table's id, big-endian, then the
 * placement key. So a table's items stand together, in the order of their placement keys, whichever
 * partitions they belong to. A global index has an id as a table has, and its entries lie as items
 * do.
 *
 * <p>The entries of a table's local indexes, and the sizes of its item collections, lie each under
 * the table's id with a number in its highest byte, in the order of their placement keys too: what
 * a partition has of them is the same range of placement keys as what it has of the items.
 *
 * <p>Above all items are the rows that groups keep for themselves: eight bytes of the group's id
 * with the highest bit set, and a byte that tells what it is.
 *
 * <pre>
 * item  := table-id(8) placement-key
 * entry := place(1) table-id(7) placement-key      place of the local index in the schema, from 1
 * size  := 64(1) table-id(7) hash partition-key    of an item collection, see PlacementKey
 * row   := 2^63 + group-id(8) kind(1) rest
 * rest  := nothing             kind 1: the catalog of the table's indexes
 *        | source-group(8)     kind 2: how far the index got with a partition of its table
 *        | placement-key       kind 3: what a transaction has prepared of an item
 *        | lsn(8)              kind 4: a change record
 * </pre>
 *
 * The value of a row is sealed, see {@link SealedRow}.
 */
public final class StoreKey {
    private static final int TABLE_ID_BYTES = Long.BYTES;

    /** In the order of the keys, which is unsigned. */
    private static final long MAX_TABLE_ID = -1;

    private static final int TABLE_ID_BITS = 56;
    private static final int COLLECTION_SIZES = 64;

    private StoreKey() {}

    /**
     * What stands in place of a table's id before the entries of one of its local indexes.
     *
     * @param place of the index in the table's schema, from zero
     */
    public static long localIndex(long tableId, int place) {
        return inPlace(tableId, place + 1);
    }

    /** What stands in place of a table's id before the sizes of its item collections. */
    public static long collectionSizes(long tableId) {
        return inPlace(tableId, COLLECTION_SIZES);
    }

    private static long inPlace(long tableId, int place) {
        if (tableId >>> TABLE_ID_BITS != 0) {
            throw new IllegalArgumentException("too high an id for local indexes: " + tableId);
        }
        return (long) place << TABLE_ID_BITS | tableId;
    }

    /** Where everything is that a replica keeps: items, entries, sizes, and its group's rows. */
    public static List<KeyRange> allOf(ReplicaDescriptor replica) {
        List<KeyRange> all = new ArrayList<>();
        long tableId = replica.tableId();
        all.add(itemsOf(tableId, replica.range()));
        replica.localSchema()
                .ifPresent(schema -> {
                    for (int place = 0; place < schema.localIndexes().size(); place++) {
                        all.add(itemsOf(localIndex(tableId, place), replica.range()));
                    }
                    all.add(itemsOf(collectionSizes(tableId), replica.range()));
                });
        all.add(rowsOf(replica.group()));
        return all;
    }

    public static byte[] of(long tableId, PlacementKey key) {
        Bytes bytes = key.bytes();
        BinaryWriter writer = new BinaryWriter(TABLE_ID_BYTES + bytes.size());
        writer.writeFixed64(tableId);
        writer.writeRaw(bytes.unsafeArray());
        return writer.toByteArray();
    }

    /** The first store key that a range of the table may hold. */
    public static byte[] from(long tableId, dev.stator.model.key.KeyRange range) {
        return of(tableId, range.from());
    }

    /**
     * The first store key above a range of the table: where the range has no end, that of the next
     * table.
     */
    public static byte[] toExclusive(long tableId, dev.stator.model.key.KeyRange range) {
        PlacementKey to = range.to();
        if (to != null) {
            return of(tableId, to);
        }
        if (tableId == MAX_TABLE_ID) {
            throw new IllegalArgumentException("no table follows the last id");
        }
        return of(tableId + 1, PlacementKey.FIRST);
    }

    /** All store keys of a range of the table. */
    public static KeyRange itemsOf(long tableId, dev.stator.model.key.KeyRange range) {
        return new KeyRange(from(tableId, range), toExclusive(tableId, range));
    }

    /** The placement key in a store key. */
    public static PlacementKey placementKey(byte[] storeKey) {
        if (storeKey.length < TABLE_ID_BYTES) {
            throw new MalformedEncodingException("a store key of " + storeKey.length + " bytes");
        }
        return new PlacementKey(Bytes.copyOf(storeKey, TABLE_ID_BYTES, storeKey.length));
    }

    private static final int CATALOG = 1;
    private static final int POSITION = 2;
    private static final int PREPARED = 3;
    private static final int CHANGE = 4;
    private static final int END = 5;

    /** All rows of a group, the change records included. */
    public static KeyRange rowsOf(GroupId group) {
        return new KeyRange(row(group, CATALOG), row(group, END));
    }

    /** The rows that a leader must know before it evaluates anything: all but change records. */
    public static KeyRange officeRowsOf(GroupId group) {
        return new KeyRange(row(group, CATALOG), row(group, CHANGE));
    }

    public static byte[] catalog(GroupId group) {
        return row(group, CATALOG);
    }

    public static byte[] position(GroupId group, GroupId source) {
        return row(group, POSITION, source.value());
    }

    /** Where it is kept what a transaction has prepared of an item. */
    public static byte[] prepared(GroupId group, PlacementKey key) {
        byte[] row = row(group, PREPARED);
        BinaryWriter writer = new BinaryWriter(row.length + key.bytes().size());
        writer.writeRaw(row);
        writer.writeRaw(key.bytes().unsafeArray());
        return writer.toByteArray();
    }

    /** Whether this is the key of a row with what a transaction has prepared. */
    public static boolean isPrepared(byte[] row) {
        return row.length >= ROW_BYTES && row[Long.BYTES] == PREPARED;
    }

    public static byte[] change(GroupId group, long lsn) {
        return row(group, CHANGE, lsn);
    }

    /** The change records above one LSN, up to another one included. */
    public static KeyRange changes(GroupId group, long afterLsn, long toLsn) {
        return new KeyRange(change(group, afterLsn + 1), change(group, toLsn + 1));
    }

    /** Whether this is the key of a row, and not of an item. */
    public static boolean isRow(byte[] storeKey) {
        return storeKey.length > 0 && storeKey[0] < 0;
    }

    /** Whether this is the key of an item of a table, or of an entry of a global index. */
    public static boolean isItem(byte[] storeKey) {
        return storeKey.length > 0 && storeKey[0] == 0;
    }

    /** Empty for other rows; else the source of the position in a row. */
    public static Optional<GroupId> sourceOf(byte[] row) {
        BinaryReader reader = new BinaryReader(row);
        reader.readFixed64();
        return reader.readByte() == POSITION
                ? Optional.of(new GroupId(reader.readFixed64()))
                : Optional.empty();
    }

    /** The LSN of the change record that has this key. */
    public static long lsnOf(byte[] changeRow) {
        return new BinaryReader(changeRow, ROW_BYTES, changeRow.length).readFixed64();
    }

    private static final int ROW_BYTES = Long.BYTES + 1;

    private static byte[] row(GroupId group, int kind) {
        BinaryWriter writer = new BinaryWriter(ROW_BYTES);
        writer.writeFixed64(Long.MIN_VALUE | group.value());
        writer.writeByte(kind);
        return writer.toByteArray();
    }

    private static byte[] row(GroupId group, int kind, long number) {
        BinaryWriter writer = new BinaryWriter(ROW_BYTES + Long.BYTES);
        writer.writeRaw(row(group, kind));
        writer.writeFixed64(number);
        return writer.toByteArray();
    }
}
