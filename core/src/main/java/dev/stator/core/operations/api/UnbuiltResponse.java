package dev.stator.core.operations.api;

import java.util.Optional;

/**
 * Tells that a feature is off, or that there is nothing of the kind.
 *
 * @param tableName of the table that was asked about, if it was one
 */
public record UnbuiltResponse(
        UnbuiltOperation operation, Optional<String> tableName, Optional<String> indexName)
        implements ApiResponse {}
