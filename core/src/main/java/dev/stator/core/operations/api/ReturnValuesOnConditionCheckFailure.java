package dev.stator.core.operations.api;

/** Whether a failed condition returns the item. */
public enum ReturnValuesOnConditionCheckFailure {
    ALL_OLD,
    NONE
}
