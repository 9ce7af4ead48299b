package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;

/** What came of each statement, in the order of the statements. */
public record BatchExecuteStatementResponse(
        List<Of> responses, List<ConsumedCapacity> consumedCapacity) implements ApiResponse {
    public BatchExecuteStatementResponse {
        responses = List.copyOf(responses);
        consumedCapacity = List.copyOf(consumedCapacity);
    }

    /**
     * What came of one statement.
     *
     * @param tableName absent where it was refused before it came to its table
     */
    public record Of(Optional<Failure> error, Optional<String> tableName, Optional<Item> item) {}

    /**
     * Why a statement failed.
     *
     * @param code one of the BatchStatementErrorCodes
     * @param item the item as it was, where the statement asked for it and its condition failed
     */
    public record Failure(String code, String message, Optional<Item> item) {}
}
