package dev.stator.core.operations.api;

/** The answer to an UpdateTable. */
public record UpdateTableResponse(TableDescription tableDescription) implements ApiResponse {}
