package dev.stator.core.operations.api;

import java.util.List;

/** Reads items of one partition key, in the order of their sort key. */
public record QueryRequest(
        String tableName, QueryKeyCondition keyCondition, boolean scanIndexForward, RangeRead read)
        implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
