package dev.stator.core.operations.api;

/** Which image of the item a write returns. */
public enum ReturnValue {
    NONE,
    ALL_OLD,
    UPDATED_OLD,
    ALL_NEW,
    UPDATED_NEW
}
