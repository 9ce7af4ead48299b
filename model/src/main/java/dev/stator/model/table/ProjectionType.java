package dev.stator.model.table;

/** Which attributes an index holds (API reference, Projection). */
public enum ProjectionType {
    ALL,
    KEYS_ONLY,
    INCLUDE
}
