package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * The answer to an ExecuteTransaction.
 *
 * @param responses of reads, in the order of the statements, empty where there is no such item;
 *     writes have none
 */
public record ExecuteTransactionResponse(
        List<Optional<Item>> responses, List<ConsumedCapacity> consumedCapacity)
        implements ApiResponse {
    public ExecuteTransactionResponse {
        responses = List.copyOf(responses);
        consumedCapacity = List.copyOf(consumedCapacity);
    }
}
