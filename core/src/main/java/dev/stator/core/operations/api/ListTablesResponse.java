package dev.stator.core.operations.api;

import java.util.List;
import java.util.Optional;

/**
 * A page of table names.
 *
 * @param lastEvaluatedTableName present if more follow
 */
public record ListTablesResponse(List<String> tableNames, Optional<String> lastEvaluatedTableName)
        implements ApiResponse {
    public ListTablesResponse {
        tableNames = List.copyOf(tableNames);
    }
}
