package dev.stator.model.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The key of a table, its indexes, and the types of all attributes that are keys of any of them, in
 * the order in which they were defined.
 */
public record TableSchema(
        KeySchema key,
        SequencedMap<String, ScalarType> attributeDefinitions,
        List<SecondaryIndex.Local> localIndexes,
        List<SecondaryIndex.Global> globalIndexes) {
    public TableSchema {
        attributeDefinitions =
                Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributeDefinitions));
        localIndexes = List.copyOf(localIndexes);
        globalIndexes = List.copyOf(globalIndexes);
    }

    /** A table without indexes. */
    public static TableSchema of(KeySchema key) {
        SequencedMap<String, ScalarType> definitions = new LinkedHashMap<>();
        definitions.put(key.partitionKey().name(), key.partitionKey().type());
        KeyAttribute sortKey = key.sortKey();
        if (sortKey != null) {
            definitions.put(sortKey.name(), sortKey.type());
        }
        return new TableSchema(key, definitions, List.of(), List.of());
    }

    /** Whether there is any secondary index. */
    public boolean isIndexed() {
        return !localIndexes.isEmpty() || !globalIndexes.isEmpty();
    }

    /**
     * What a partition of the table must know to keep the entries of the local indexes: the schema
     * without the global ones. Empty for a table without local indexes.
     */
    public Optional<TableSchema> local() {
        return localIndexes.isEmpty()
                ? Optional.empty()
                : Optional.of(withGlobalIndexes(List.of()));
    }

    public TableSchema withGlobalIndexes(List<SecondaryIndex.Global> changed) {
        return new TableSchema(key, attributeDefinitions, localIndexes, changed);
    }

    public Optional<SecondaryIndex> index(String name) {
        for (SecondaryIndex.Local index : localIndexes) {
            if (index.name().equals(name)) {
                return Optional.of(index);
            }
        }
        for (SecondaryIndex.Global index : globalIndexes) {
            if (index.name().equals(name)) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }
}
