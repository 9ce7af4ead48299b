package dev.stator.model.table;

/** The status of a table (API reference, TableDescription). */
public enum TableStatus {
    CREATING,
    UPDATING,
    DELETING,
    ACTIVE,
    INACCESSIBLE_ENCRYPTION_CREDENTIALS,
    ARCHIVING,
    ARCHIVED,
    REPLICATION_NOT_AUTHORIZED;

    /** Whether items can be read and written; a table that is being deleted may still serve. */
    public boolean servesItems() {
        return this == ACTIVE || this == UPDATING || this == DELETING;
    }
}
