package dev.stator.core.operations.api;

import java.util.List;
import java.util.Optional;

/**
 * A request of an operation whose feature is not built.
 *
 * @param resource what it is about, if that is no table: the ARN of a backup, the name of a global
 *     table and the like
 * @param enables whether it asks for something to be switched on
 */
public record UnbuiltRequest(
        UnbuiltOperation operation,
        Optional<String> tableName,
        Optional<String> indexName,
        Optional<String> resource,
        boolean enables)
        implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return tableName.stream().toList();
    }

    @Override
    public String operationName() {
        return operation.wireName();
    }
}
