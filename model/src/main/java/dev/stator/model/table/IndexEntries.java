package dev.stator.model.table;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.key.PlacementKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The entries that an index of a table holds for its items. An item without a usable value for
 * every key attribute of the index has none. Entries are ordered by the key of the index and, where
 * that is equal, by the key of the table.
 */
public final class IndexEntries {
    private final KeySchema tableKey;
    private final SecondaryIndex index;

    /** The attributes that entries hold; all that there are if the projection is ALL. */
    private final SequencedSet<String> projected = new LinkedHashSet<>();

    /** Of the table's key what an entry's key has not yet. */
    private final List<String> distinguishing;

    /**
     * @param tableKey the primary key of the table
     */
    public IndexEntries(KeySchema tableKey, SecondaryIndex index) {
        this.tableKey = tableKey;
        this.index = index;
        distinguishing =
                tableKey.names().stream().filter(name -> !index.keySchema().isKey(name)).toList();
        projected.addAll(keyNames());
        projected.addAll(index.projection().nonKeyAttributes());
    }

    public boolean projectsAll() {
        return index.projection().type() == ProjectionType.ALL;
    }

    public boolean projects(String attribute) {
        return projectsAll() || projected.contains(attribute);
    }

    /** The attributes that entries hold, unless they hold all. */
    public SequencedSet<String> projectedNames() {
        return projected;
    }

    /** The attributes of a key into the index: those of the table and of the index. */
    public List<String> keyNames() {
        SequencedSet<String> names = new LinkedHashSet<>(tableKey.names());
        for (KeyAttribute attribute : index.keySchema().attributes()) {
            names.add(attribute.name());
        }
        return List.copyOf(names);
    }

    /** The entry of an item, or nothing if the item is not in the index. */
    public Optional<IndexEntry> of(Item item) {
        return placementOf(item).map(key -> new IndexEntry(key, project(item)));
    }

    /**
     * Where the entry of an item stands in the order of the index, or nothing if the item is not in
     * it. Follows from the {@link #keyNames} of the item alone.
     */
    public Optional<PlacementKey> placementOf(Item item) {
        List<AttributeValue> partitionKey =
                values(item, index.keySchema().partitionKey(), KeySchema.MAX_PARTITION_KEY_BYTES);
        List<AttributeValue> following =
                values(item, index.keySchema().sortKey(), KeySchema.MAX_SORT_KEY_BYTES);
        if (partitionKey.size() < index.keySchema().partitionKey().size()
                || following.size() < index.keySchema().sortKey().size()) {
            return Optional.empty();
        }
        for (String name : distinguishing) {
            AttributeValue value = item.get(name);
            if (value != null) {
                following.add(value);
            }
        }
        return Optional.of(PlacementKey.of(partitionKey, following));
    }

    /** The key attributes of an entry, as a last evaluated key has them. */
    public Item keyOf(Item item) {
        AttributesBuilder key = new AttributesBuilder();
        for (String name : keyNames()) {
            AttributeValue value = item.get(name);
            if (value != null) {
                key.put(name, value);
            }
        }
        return key.toItem();
    }

    private static List<AttributeValue> values(
            Item item, List<KeyAttribute> attributes, int maxBytes) {
        List<AttributeValue> values = new ArrayList<>();
        for (KeyAttribute attribute : attributes) {
            AttributeValue value = keyValue(item, attribute, maxBytes);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The value of a key attribute if it can be one; null if the item is not in the index. */
    private static @Nullable AttributeValue keyValue(
            Item item, KeyAttribute attribute, int maxBytes) {
        AttributeValue value = item.get(attribute.name());
        if (value == null || !attribute.type().matches(value)) {
            return null;
        }
        int bytes = ItemSize.of(value);
        return bytes > 0 && bytes <= maxBytes ? value : null;
    }

    private Item project(Item item) {
        if (projectsAll()) {
            return item;
        }
        AttributesBuilder kept = new AttributesBuilder();
        item.attributes()
                .forEach((name, value) -> {
                    if (projected.contains(name)) {
                        kept.put(name, value);
                    }
                });
        return kept.toItem();
    }
}
