package dev.stator.core.operations.api;

/** The answer to a TagResource. It has no body. */
public record TagResourceResponse() implements ApiResponse {}
