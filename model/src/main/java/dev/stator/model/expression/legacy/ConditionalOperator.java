package dev.stator.model.expression.legacy;

/** How legacy conditions on several attributes are joined; AND unless the request says OR. */
public enum ConditionalOperator {
    AND,
    OR
}
