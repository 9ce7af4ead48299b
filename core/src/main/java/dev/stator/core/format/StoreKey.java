package dev.stator.core.format;

import dev.stator.model.Bytes;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;

/**
 * Where an item lies in the store of a node: eight bytes of the table's id, big-endian, then the
 * placement key. So a table's items stand together, in the order of their placement keys, whichever
 * partitions they belong to.
 */
public final class StoreKey {
    private static final int TABLE_ID_BYTES = Long.BYTES;

    /** In the order of the keys, which is unsigned. */
    private static final long MAX_TABLE_ID = -1;

    private StoreKey() {}

    public static byte[] of(long tableId, PlacementKey key) {
        Bytes bytes = key.bytes();
        BinaryWriter writer = new BinaryWriter(TABLE_ID_BYTES + bytes.size());
        writer.writeFixed64(tableId);
        writer.writeRaw(bytes.unsafeArray());
        return writer.toByteArray();
    }

    /** The first store key that a range of the table may hold. */
    public static byte[] from(long tableId, KeyRange range) {
        return of(tableId, range.from());
    }

    /**
     * The first store key above a range of the table: where the range has no end, that of the next
     * table.
     */
    public static byte[] toExclusive(long tableId, KeyRange range) {
        PlacementKey to = range.to();
        if (to != null) {
            return of(tableId, to);
        }
        if (tableId == MAX_TABLE_ID) {
            throw new IllegalArgumentException("no table follows the last id");
        }
        return of(tableId + 1, PlacementKey.FIRST);
    }

    /** The placement key in a store key. */
    public static PlacementKey placementKey(byte[] storeKey) {
        if (storeKey.length < TABLE_ID_BYTES) {
            throw new MalformedEncodingException("a store key of " + storeKey.length + " bytes");
        }
        return new PlacementKey(Bytes.copyOf(storeKey, TABLE_ID_BYTES, storeKey.length));
    }
}
