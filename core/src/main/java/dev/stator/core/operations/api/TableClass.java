package dev.stator.core.operations.api;

/** The storage class of a table. */
public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
}
