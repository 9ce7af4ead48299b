package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Capacity units that a request consumed of one table and its indexes.
 *
 * @param tableName as the request named it, name or ARN
 * @param total over the table and all indexes
 * @param table absent unless asked for by index
 * @param localSecondaryIndexes by index name, those that consumed something; empty unless asked for
 * @param globalSecondaryIndexes likewise
 */
public record ConsumedCapacity(
        String tableName,
        Capacity total,
        Optional<Capacity> table,
        SequencedMap<String, Capacity> localSecondaryIndexes,
        SequencedMap<String, Capacity> globalSecondaryIndexes) {
    public ConsumedCapacity {
        localSecondaryIndexes = Collections.unmodifiableSequencedMap(localSecondaryIndexes);
        globalSecondaryIndexes = Collections.unmodifiableSequencedMap(globalSecondaryIndexes);
    }
}
