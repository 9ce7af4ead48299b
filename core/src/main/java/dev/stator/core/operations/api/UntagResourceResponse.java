package dev.stator.core.operations.api;

/** The answer to an UntagResource. It has no body. */
public record UntagResourceResponse() implements ApiResponse {}
