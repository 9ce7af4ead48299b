package dev.stator.core.operations.api;

/** Which attributes an index holds. */
public enum ProjectionType {
    ALL,
    KEYS_ONLY,
    INCLUDE
}
