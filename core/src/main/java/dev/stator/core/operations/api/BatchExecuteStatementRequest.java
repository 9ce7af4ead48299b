package dev.stator.core.operations.api;

import java.util.List;

/** Runs statements, each by itself. */
public record BatchExecuteStatementRequest(
        List<StatementText> statements, ReturnConsumedCapacity returnConsumedCapacity)
        implements ApiRequest {
    public BatchExecuteStatementRequest {
        statements = List.copyOf(statements);
    }

    /** The tables are known only when the statements have been read. */
    @Override
    public List<String> tableNames() {
        return List.of();
    }
}
