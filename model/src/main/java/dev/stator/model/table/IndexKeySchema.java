package dev.stator.model.table;

import java.util.List;

/**
 * The key of an index. A global secondary index may have up to four partition-key attributes and up
 * to four sort-key attributes, each with its own type; a local secondary index has one of each.
 */
public record IndexKeySchema(List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey) {
    public static final int MAX_ATTRIBUTES = 4;

    public IndexKeySchema {
        partitionKey = List.copyOf(partitionKey);
        sortKey = List.copyOf(sortKey);
        if (partitionKey.isEmpty()
                || partitionKey.size() > MAX_ATTRIBUTES
                || sortKey.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("not the key of an index");
        }
    }
}
