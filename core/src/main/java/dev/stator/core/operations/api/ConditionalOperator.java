package dev.stator.core.operations.api;

/** How legacy conditions are joined. */
public enum ConditionalOperator {
    AND,
    OR
}
