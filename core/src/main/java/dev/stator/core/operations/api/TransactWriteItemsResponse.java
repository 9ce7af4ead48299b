package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/** The answer to a TransactWriteItems. Tables stand by the name or ARN that the request used. */
public record TransactWriteItemsResponse(
        List<ConsumedCapacity> consumedCapacity,
        SequencedMap<String, List<ItemCollectionMetrics>> itemCollectionMetrics)
        implements ApiResponse {
    public TransactWriteItemsResponse {
        consumedCapacity = List.copyOf(consumedCapacity);
        itemCollectionMetrics = Collections.unmodifiableSequencedMap(itemCollectionMetrics);
    }
}
