package dev.stator.core.operations.api;

import java.util.List;

/** A global secondary index as asked for. */
public record GlobalSecondaryIndex(
        String indexName,
        List<KeySchemaElement> keySchema,
        IndexProjection projection,
        ThroughputSettings throughput) {
    public GlobalSecondaryIndex {
        keySchema = List.copyOf(keySchema);
    }
}
