package dev.stator.core.operations.api;

import java.util.List;

/** Tells of the time-to-live setting of a table. */
public record DescribeTimeToLiveRequest(String tableName) implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
