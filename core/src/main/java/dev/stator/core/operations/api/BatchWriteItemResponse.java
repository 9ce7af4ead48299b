package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/** The answer to a BatchWriteItem. Tables stand by the name or ARN that the request used. */
public record BatchWriteItemResponse(
        SequencedMap<String, List<WriteRequest>> unprocessedItems,
        SequencedMap<String, List<ItemCollectionMetrics>> itemCollectionMetrics,
        List<ConsumedCapacity> consumedCapacity)
        implements ApiResponse {
    public BatchWriteItemResponse {
        unprocessedItems = Collections.unmodifiableSequencedMap(unprocessedItems);
        itemCollectionMetrics = Collections.unmodifiableSequencedMap(itemCollectionMetrics);
        consumedCapacity = List.copyOf(consumedCapacity);
    }
}
