package dev.stator.core.partition;

import dev.stator.core.format.Command.Change;
import dev.stator.core.format.Command.CollectionChanges;
import dev.stator.core.format.Command.CollectionEffect;
import dev.stator.core.format.SealedRow;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.Item;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The local secondary indexes of the table that a partition belongs to. Their entries lie in the
 * partition's part of the store, beside the items, and change in the batch in which the item
 * changes; so does the size of the item collection.
 *
 * <p>What an entry of the log does to them follows from the entry alone: the leader, which has the
 * item as it was before it, says under which keys the old entries are, which indexes are touched at
 * all, and what the collection's size is then. The indexes are those of the replica's descriptor,
 * the same for as long as the table exists.
 *
 * <p>Immutable.
 */
final class LocalIndexes {
    private final long tableId;
    private final Optional<KeySchema> tableKey;
    private final List<Local> indexes = new ArrayList<>();
    private final SequencedSet<String> keyNames = new LinkedHashSet<>();

    private record Local(String name, IndexEntries entries) {}

    LocalIndexes(ReplicaDescriptor partition) {
        tableId = partition.tableId();
        tableKey = partition.localSchema().map(TableSchema::key);
        if (partition.localSchema().isPresent()) {
            TableSchema schema = partition.localSchema().get();
            for (SecondaryIndex.Local index : schema.localIndexes()) {
                IndexEntries entries = new IndexEntries(schema.key(), index);
                indexes.add(new Local(index.name(), entries));
                keyNames.addAll(entries.keyNames());
            }
        }
    }

    /** Whether there is any: else nothing is kept of item collections. */
    boolean exist() {
        return !indexes.isEmpty();
    }

    /** The keys of the table and of its local indexes. */
    SequencedSet<String> keyNames() {
        return keyNames;
    }

    /** What stands before the entries of an index in store keys; empty where there is none such. */
    OptionalLong storePrefix(String index) {
        for (int place = 0; place < indexes.size(); place++) {
            if (indexes.get(place).name().equals(index)) {
                return OptionalLong.of(StoreKey.localIndex(tableId, place));
            }
        }
        return OptionalLong.empty();
    }

    /** Where an item's entry stands in an index; empty where it has none. */
    Optional<PlacementKey> placementOf(String index, Item item) {
        for (Local local : indexes) {
            if (local.name().equals(index)) {
                return local.entries().placementOf(item);
            }
        }
        return Optional.empty();
    }

    /** Where the item of an entry lies. */
    byte[] storeKeyOf(Item entry) {
        return StoreKey.of(tableId, tableKey.orElseThrow().placementKey(entry));
    }

    /** The row with the size of an item collection. */
    byte[] sizeKey(PlacementKey collection) {
        return StoreKey.of(StoreKey.collectionSizes(tableId), collection);
    }

    /**
     * What a change does.
     *
     * @param before null where there was no item
     * @param after null where there is none any more
     * @param collectionBytes the size of the item collection before
     */
    CollectionEffect effect(
            @Nullable StoredItem before, @Nullable StoredItem after, long collectionBytes) {
        long bytes = collectionBytes + sizeOf(after) - sizeOf(before);
        int touched = 0;
        for (int place = 0; place < indexes.size(); place++) {
            IndexEntries index = indexes.get(place).entries();
            Optional<IndexEntry> was = entryOf(index, before);
            Optional<IndexEntry> is = entryOf(index, after);
            if (!was.equals(is)) {
                touched |= 1 << place;
                bytes += sizeOf(is) - sizeOf(was);
            }
        }
        return new CollectionEffect(bytes, touched);
    }

    private static long sizeOf(@Nullable StoredItem item) {
        return item == null ? 0 : item.sizeBytes();
    }

    private static Optional<IndexEntry> entryOf(IndexEntries index, @Nullable StoredItem item) {
        return item == null ? Optional.empty() : index.of(item.item());
    }

    private static long sizeOf(Optional<IndexEntry> entry) {
        return entry.isPresent() ? entry.get().sizeBytes() : 0;
    }

    /** The new sizes of the collections that a committed command changes. */
    List<StoreWrite> sizes(CollectionChanges command) {
        List<Change> changes = command.changes().changes();
        List<StoreWrite> writes = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            byte[] key = sizeKey(changes.get(i).key().collection());
            long bytes = command.effects().get(i).collectionBytes();
            writes.add(
                    bytes == 0
                            ? new StoreWrite.Delete(key)
                            : new StoreWrite.Put(key, SealedRow.ofSize(bytes)));
        }
        return writes;
    }

    /** What a committed command does to entries. */
    List<StoreWrite> entries(CollectionChanges command) {
        List<Change> changes = command.changes().changes();
        List<StoreWrite> writes = new ArrayList<>(changes.size() * indexes.size());
        for (int i = 0; i < changes.size(); i++) {
            Optional<Item> before = command.changes().before().get(i);
            CollectionEffect effect = command.effects().get(i);
            for (int place = 0; place < indexes.size(); place++) {
                if ((effect.touchedIndexes() & 1 << place) != 0) {
                    addEntry(place, before, changes.get(i), writes);
                }
            }
        }
        return writes;
    }

    private void addEntry(int place, Optional<Item> before, Change change, List<StoreWrite> to) {
        IndexEntries index = indexes.get(place).entries();
        long prefix = StoreKey.localIndex(tableId, place);
        Optional<PlacementKey> was = before.flatMap(index::placementOf);
        Optional<IndexEntry> is =
                change instanceof Change.Put put ? index.of(put.item().item()) : Optional.empty();
        if (was.isPresent() && !was.equals(is.map(IndexEntry::key))) {
            to.add(new StoreWrite.Delete(StoreKey.of(prefix, was.get())));
        }
        if (is.isPresent() && change instanceof Change.Put put) {
            StoredItem stored =
                    StoredItem.of(
                            is.get().projected(),
                            put.item().timestampMicros(),
                            is.get().sizeBytes());
            to.add(new StoreWrite.Put(StoreKey.of(prefix, is.get().key()), stored.bytes()));
        }
    }
}
