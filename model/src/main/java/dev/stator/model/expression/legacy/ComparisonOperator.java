package dev.stator.model.expression.legacy;

/** The operators of legacy conditions, by their names in the API. */
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
