package dev.stator.core.operations.api;

/** Whether a response tells the size of the item collection. */
public enum ReturnItemCollectionMetrics {
    SIZE,
    NONE
}
