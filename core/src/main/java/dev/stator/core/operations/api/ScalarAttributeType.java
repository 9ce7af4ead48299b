package dev.stator.core.operations.api;

/** The types that a key attribute can have. */
public enum ScalarAttributeType {
    S,
    N,
    B
}
