package dev.stator.core.operations.api;

import java.util.List;

/** Tells of the continuous backups of a table. */
public record DescribeContinuousBackupsRequest(String tableName) implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
