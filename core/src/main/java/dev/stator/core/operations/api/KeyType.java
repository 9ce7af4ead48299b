package dev.stator.core.operations.api;

/** The part that an attribute plays in a key. */
public enum KeyType {
    HASH,
    RANGE
}
