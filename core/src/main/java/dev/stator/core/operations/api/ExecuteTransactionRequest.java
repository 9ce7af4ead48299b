package dev.stator.core.operations.api;

import java.util.List;
import java.util.Optional;

/**
 * Runs up to a hundred statements, all of them or none.
 *
 * @param clientRequestToken names the request, so that it is not done twice
 */
public record ExecuteTransactionRequest(
        List<StatementText> transactStatements,
        Optional<String> clientRequestToken,
        ReturnConsumedCapacity returnConsumedCapacity)
        implements ApiRequest {
    public ExecuteTransactionRequest {
        transactStatements = List.copyOf(transactStatements);
    }

    /** The tables are known only when the statements have been read. */
    @Override
    public List<String> tableNames() {
        return List.of();
    }
}
