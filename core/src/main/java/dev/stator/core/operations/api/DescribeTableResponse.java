package dev.stator.core.operations.api;

/** The answer to a DescribeTable. */
public record DescribeTableResponse(TableDescription table) implements ApiResponse {}
