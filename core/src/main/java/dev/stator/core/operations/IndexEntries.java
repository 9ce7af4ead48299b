package dev.stator.core.operations;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The entries that an index of a table holds for its items. An item without a usable value for
 * every key attribute of the index has none. Entries are ordered by the key of the index and, where
 * that is equal, by the key of the table.
 */
final class IndexEntries {
    private final KeySchema tableKey;
    private final SecondaryIndex index;

    /** The attributes that entries hold; all that there are if the projection is ALL. */
    private final SequencedSet<String> projected = new LinkedHashSet<>();

    IndexEntries(TableDescriptor table, SecondaryIndex index) {
        this.tableKey = table.key();
        this.index = index;
        projected.addAll(keyNames());
        projected.addAll(index.projection().nonKeyAttributes());
    }

    boolean projectsAll() {
        return index.projection().type() == ProjectionType.ALL;
    }

    boolean projects(String attribute) {
        return projectsAll() || projected.contains(attribute);
    }

    /** The attributes that entries hold, unless they hold all. */
    SequencedSet<String> projectedNames() {
        return projected;
    }

    /** The attributes of a key into the index: those of the table and of the index. */
    List<String> keyNames() {
        SequencedSet<String> names = new LinkedHashSet<>(tableKey.names());
        for (KeyAttribute attribute : index.keySchema().attributes()) {
            names.add(attribute.name());
        }
        return List.copyOf(names);
    }

    /** The entry of an item, or nothing if the item is not in the index. */
    Optional<IndexEntry> of(Item item) {
        List<AttributeValue> partitionKey = values(item, index.keySchema().partitionKey());
        List<AttributeValue> following = values(item, index.keySchema().sortKey());
        if (partitionKey.size() < index.keySchema().partitionKey().size()
                || following.size() < index.keySchema().sortKey().size()) {
            return Optional.empty();
        }
        for (String name : tableKey.names()) {
            AttributeValue value = item.get(name);
            if (value != null) {
                following.add(value);
            }
        }
        return Optional.of(new IndexEntry(PlacementKey.of(partitionKey, following), project(item)));
    }

    /** The key attributes of an entry, as a last evaluated key has them. */
    Item keyOf(Item item) {
        AttributesBuilder key = new AttributesBuilder();
        for (String name : keyNames()) {
            AttributeValue value = item.get(name);
            if (value != null) {
                key.put(name, value);
            }
        }
        return key.toItem();
    }

    private static List<AttributeValue> values(Item item, List<KeyAttribute> attributes) {
        List<AttributeValue> values = new ArrayList<>();
        for (KeyAttribute attribute : attributes) {
            AttributeValue value = IndexKeyRules.keyValue(item, attribute);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
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
