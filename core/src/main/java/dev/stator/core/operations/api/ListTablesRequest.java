package dev.stator.core.operations.api;

import java.util.List;
import java.util.Optional;

/**
 * Lists table names in order.
 *
 * @param limit names per page at most
 */
public record ListTablesRequest(Optional<String> exclusiveStartTableName, int limit)
        implements ApiRequest {
    /** What is taken where the request names none. */
    public static final int DEFAULT_LIMIT = 100;

    @Override
    public List<String> tableNames() {
        return List.of();
    }
}
