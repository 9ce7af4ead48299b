package dev.stator.core.operations.api;

/** The state of a global secondary index. */
public enum IndexStatus {
    CREATING,
    UPDATING,
    DELETING,
    ACTIVE
}
