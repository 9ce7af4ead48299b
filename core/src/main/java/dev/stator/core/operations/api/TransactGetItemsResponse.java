package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a TransactGetItems.
 *
 * @param responses in the order of the request; empty where there is no such item
 */
public record TransactGetItemsResponse(
        List<ConsumedCapacity> consumedCapacity, List<Optional<Item>> responses)
        implements ApiResponse {
    public TransactGetItemsResponse {
        consumedCapacity = List.copyOf(consumedCapacity);
        responses = List.copyOf(responses);
    }
}
