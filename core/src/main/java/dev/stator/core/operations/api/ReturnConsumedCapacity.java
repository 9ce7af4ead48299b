package dev.stator.core.operations.api;

/** How much a response says of the capacity that was consumed. */
public enum ReturnConsumedCapacity {
    INDEXES,
    TOTAL,
    NONE
}
