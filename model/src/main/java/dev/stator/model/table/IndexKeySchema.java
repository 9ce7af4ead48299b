package dev.stator.model.table;

import java.util.ArrayList;
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

    /** All key attributes, those of the partition key first. */
    public List<KeyAttribute> attributes() {
        List<KeyAttribute> attributes = new ArrayList<>(partitionKey);
        attributes.addAll(sortKey);
        return attributes;
    }

    public boolean isKey(String attribute) {
        return names(partitionKey).contains(attribute) || names(sortKey).contains(attribute);
    }

    private static List<String> names(List<KeyAttribute> attributes) {
        List<String> names = new ArrayList<>(attributes.size());
        for (KeyAttribute attribute : attributes) {
            names.add(attribute.name());
        }
        return names;
    }
}
