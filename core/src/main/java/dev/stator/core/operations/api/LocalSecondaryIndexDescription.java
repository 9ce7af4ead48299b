package dev.stator.core.operations.api;

import java.util.List;

/** A local secondary index as it is. */
public record LocalSecondaryIndexDescription(
        String indexName,
        List<KeySchemaElement> keySchema,
        IndexProjection projection,
        long indexSizeBytes,
        long itemCount,
        String indexArn) {
    public LocalSecondaryIndexDescription {
        keySchema = List.copyOf(keySchema);
    }
}
