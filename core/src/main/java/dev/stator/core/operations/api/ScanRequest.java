package dev.stator.core.operations.api;

import java.util.List;
import java.util.OptionalInt;

/** Reads a table or index, or one of {@code totalSegments} parts of it. */
public record ScanRequest(
        String tableName, OptionalInt segment, OptionalInt totalSegments, RangeRead read)
        implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
