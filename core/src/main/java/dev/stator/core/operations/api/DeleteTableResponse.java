package dev.stator.core.operations.api;

/** The answer to a DeleteTable. */
public record DeleteTableResponse(TableDescription tableDescription) implements ApiResponse {}
