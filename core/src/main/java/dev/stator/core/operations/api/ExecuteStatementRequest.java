package dev.stator.core.operations.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs a statement.
 *
 * @param limit evaluated items at most; absent for as many as fit
 */
public record ExecuteStatementRequest(
        StatementText statement,
        Optional<String> nextToken,
        OptionalInt limit,
        ReturnConsumedCapacity returnConsumedCapacity)
        implements ApiRequest {

    /** The table is known only when the statement has been read. */
    @Override
    public List<String> tableNames() {
        return List.of();
    }
}
