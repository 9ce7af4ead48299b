package dev.stator.core.operations.api;

/** The state of a table. */
public enum TableStatus {
    CREATING,
    UPDATING,
    DELETING,
    ACTIVE,
    INACCESSIBLE_ENCRYPTION_CREDENTIALS,
    ARCHIVING,
    ARCHIVED,
    REPLICATION_NOT_AUTHORIZED
}
