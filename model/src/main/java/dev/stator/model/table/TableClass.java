package dev.stator.model.table;

/** The storage class of a table; kept and reported, it changes no price here. */
public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
}
