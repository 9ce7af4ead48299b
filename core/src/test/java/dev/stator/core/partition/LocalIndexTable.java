package dev.stator.core.partition;

import dev.stator.core.format.Command;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.SealedRow;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.LocalIndexRead;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionRequest.Write;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.IndexProjection;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.GroupId;
import dev.stator.replication.LogEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A table of items {@code {pk, sk, color, note}} with three local indexes by color, one of each
 * projection, and what its partition must hold.
 */
final class LocalIndexTable {
    static final String KEYS = "keys";
    static final String NOTES = "notes";
    static final String ALL = "all";
    static final List<String> INDEXES = List.of(KEYS, NOTES, ALL);
    static final TableSchema SCHEMA = schema();

    private LocalIndexTable() {}

    static ReplicaDescriptor descriptor() {
        return new ReplicaDescriptor(
                new GroupId(3),
                LeaderFixture.TABLE_ID,
                KeyRange.ALL,
                List.of(),
                Optional.of(SCHEMA));
    }

    private static TableSchema schema() {
        KeyAttribute pk = new KeyAttribute("pk", ScalarType.S);
        KeyAttribute color = new KeyAttribute("color", ScalarType.S);
        IndexKeySchema byColor = new IndexKeySchema(List.of(pk), List.of(color));
        SequencedMap<String, ScalarType> types = new LinkedHashMap<>();
        types.put("pk", ScalarType.S);
        types.put("sk", ScalarType.S);
        types.put("color", ScalarType.S);
        List<SecondaryIndex.Local> indexes = new ArrayList<>();
        indexes.add(index(KEYS, byColor, ProjectionType.KEYS_ONLY, List.of()));
        indexes.add(index(NOTES, byColor, ProjectionType.INCLUDE, List.of("note")));
        indexes.add(index(ALL, byColor, ProjectionType.ALL, List.of()));
        return new TableSchema(
                new KeySchema(pk, new KeyAttribute("sk", ScalarType.S)), types, indexes, List.of());
    }

    private static SecondaryIndex.Local index(
            String name, IndexKeySchema key, ProjectionType type, List<String> included) {
        return new SecondaryIndex.Local(name, key, new IndexProjection(type, included));
    }

    static IndexEntries entries(String index) {
        return new IndexEntries(SCHEMA.key(), SCHEMA.index(index).orElseThrow());
    }

    // ---- Requests

    static Item keyItem(String pk, String sk) {
        return item("pk", pk, "sk", sk);
    }

    static Item item(String... namesAndTexts) {
        AttributesBuilder attributes = new AttributesBuilder();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            attributes.put(namesAndTexts[i], new AttributeValue.S(namesAndTexts[i + 1]));
        }
        return attributes.toItem();
    }

    static PlacementKey key(Item item) {
        return SCHEMA.key().placementKey(item);
    }

    static Write put(String... namesAndTexts) {
        return write(item(namesAndTexts), new Change.Put(item(namesAndTexts)));
    }

    static Write delete(String pk, String sk) {
        return write(keyItem(pk, sk), new Change.Delete());
    }

    static Write write(Item key, Change change) {
        return new Write(key(key), change, Optional.empty(), false, false, false);
    }

    /** All entries of an index. */
    static Range read(String index, boolean fetch, boolean consistent) {
        return read(index, fetch, consistent, new PageBounds(Integer.MAX_VALUE, 1 << 20));
    }

    static Range read(String index, boolean fetch, boolean consistent, PageBounds bounds) {
        return new Range(
                KeyRange.ALL,
                true,
                consistent,
                Optional.empty(),
                Optional.empty(),
                bounds,
                false,
                entries(index).keyNames(),
                Optional.of(new LocalIndexRead(index, fetch)));
    }

    // ---- What there must be

    /** The items in a store. */
    static List<Item> items(NavigableMap<byte[], byte[]> store) {
        List<Item> items = new ArrayList<>();
        within(store, LeaderFixture.TABLE_ID)
                .values()
                .forEach(value -> items.add(StoredItem.parse(value).item()));
        return items;
    }

    /** The entries of an index in a store. */
    static SequencedMap<PlacementKey, Item> stored(
            NavigableMap<byte[], byte[]> store, String index) {
        SequencedMap<PlacementKey, Item> entries = new TreeMap<>();
        within(store, StoreKey.localIndex(LeaderFixture.TABLE_ID, INDEXES.indexOf(index)))
                .forEach((key, value) -> {
                    StoredItem entry = StoredItem.parse(value);
                    if (entry.sizeBytes() != ItemSize.of(entry.item())) {
                        throw new AssertionError("an entry of another size: " + entry.item());
                    }
                    entries.put(StoreKey.placementKey(key), entry.item());
                });
        return entries;
    }

    /** The entries that an index should have. */
    static SequencedMap<PlacementKey, Item> expected(Iterable<Item> items, String index) {
        SequencedMap<PlacementKey, Item> expected = new TreeMap<>();
        for (Item item : items) {
            entries(index)
                    .of(item)
                    .ifPresent(entry -> expected.put(entry.key(), entry.projected()));
        }
        return expected;
    }

    /** The sizes of collections in a store. */
    static SequencedMap<PlacementKey, Long> storedSizes(NavigableMap<byte[], byte[]> store) {
        SequencedMap<PlacementKey, Long> sizes = new TreeMap<>();
        within(store, StoreKey.collectionSizes(LeaderFixture.TABLE_ID))
                .forEach((key, value) ->
                        sizes.put(StoreKey.placementKey(key), SealedRow.size(value)));
        return sizes;
    }

    /** The sizes that collections should have. */
    static SequencedMap<PlacementKey, Long> expectedSizes(Iterable<Item> items) {
        SequencedMap<PlacementKey, Long> sizes = new TreeMap<>();
        for (Item item : items) {
            sizes.merge(key(item).collection(), sizeOf(item), Long::sum);
        }
        return sizes;
    }

    /** What an item adds to the size of its collection. */
    static long sizeOf(Item item) {
        long size = ItemSize.of(item);
        for (String index : INDEXES) {
            size += entries(index).of(item).map(entry -> (long) entry.sizeBytes()).orElse(0L);
        }
        return size;
    }

    private static NavigableMap<byte[], byte[]> within(
            NavigableMap<byte[], byte[]> store, long prefix) {
        return store.subMap(
                StoreKey.from(prefix, KeyRange.ALL),
                true,
                StoreKey.toExclusive(prefix, KeyRange.ALL),
                false);
    }

    /** The changes of collections in a log, with their LSNs. */
    static SequencedMap<Long, Command.CollectionChanges> changes(List<LogEntry> log) {
        SequencedMap<Long, Command.CollectionChanges> changes = new TreeMap<>();
        for (LogEntry entry : log) {
            if (entry.kind() == LogEntry.Kind.COMMAND) {
                changes.put(
                        entry.lsn(),
                        (Command.CollectionChanges) CommandCodec.decode(entry.payload()));
            }
        }
        return changes;
    }
}
