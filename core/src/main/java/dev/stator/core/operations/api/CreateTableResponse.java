package dev.stator.core.operations.api;

/** The answer to a CreateTable. */
public record CreateTableResponse(TableDescription tableDescription) implements ApiResponse {}
