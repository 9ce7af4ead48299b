package dev.stator.model.table;

/** The status of a global secondary index (API reference, GlobalSecondaryIndexDescription). */
public enum IndexStatus {
    CREATING,
    UPDATING,
    DELETING,
    ACTIVE
}
