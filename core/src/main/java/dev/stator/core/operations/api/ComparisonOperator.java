package dev.stator.core.operations.api;

/** The operators of legacy conditions. */
public enum ComparisonOperator {
    EQ,
    NE,
    IN,
    LE,
    LT,
    GE,
    GT,
    BETWEEN,
    NOT_NULL,
    NULL,
    CONTAINS,
    NOT_CONTAINS,
    BEGINS_WITH
}
