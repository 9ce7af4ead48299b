package dev.stator.core.operations.api;

import java.util.List;

/** Tells of a table. */
public record DescribeTableRequest(String tableName) implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
