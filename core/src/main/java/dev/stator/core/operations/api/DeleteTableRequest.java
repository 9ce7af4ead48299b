package dev.stator.core.operations.api;

import java.util.List;

/** Deletes a table. */
public record DeleteTableRequest(String tableName) implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
