package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * A page of a Query.
 *
 * @param items absent if only the count was asked for
 * @param count how many passed the filter
 * @param scannedCount how many were evaluated
 * @param lastEvaluatedKey where the next page begins; absent where nothing is left
 */
public record QueryResponse(
        Optional<List<Item>> items,
        int count,
        int scannedCount,
        Optional<Item> lastEvaluatedKey,
        Optional<ConsumedCapacity> consumedCapacity)
        implements ApiResponse {
    public QueryResponse {
        items = items.map(List::copyOf);
    }
}
