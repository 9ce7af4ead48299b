package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/**
 * Puts and deletes items of any tables.
 *
 * @param requestItems what is asked, by table name or ARN as given
 */
public record BatchWriteItemRequest(
        SequencedMap<String, List<WriteRequest>> requestItems,
        ReturnConsumedCapacity returnConsumedCapacity,
        ReturnItemCollectionMetrics returnItemCollectionMetrics)
        implements ApiRequest {
    public BatchWriteItemRequest {
        requestItems = Collections.unmodifiableSequencedMap(requestItems);
    }

    @Override
    public List<String> tableNames() {
        return List.copyOf(requestItems.keySet());
    }
}
