package dev.stator.core.operations.api;

import java.util.List;

/** A local secondary index as asked for. */
public record LocalSecondaryIndex(
        String indexName, List<KeySchemaElement> keySchema, IndexProjection projection) {
    public LocalSecondaryIndex {
        keySchema = List.copyOf(keySchema);
    }
}
