package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * What a statement read, or what a write was asked to return.
 *
 * @param nextToken goes on where this page ended; absent where nothing is left
 * @param lastEvaluatedKey of the item that the page ended with
 */
public record ExecuteStatementResponse(
        List<Item> items,
        Optional<String> nextToken,
        Optional<Item> lastEvaluatedKey,
        Optional<ConsumedCapacity> consumedCapacity)
        implements ApiResponse {
    public ExecuteStatementResponse {
        items = List.copyOf(items);
    }
}
