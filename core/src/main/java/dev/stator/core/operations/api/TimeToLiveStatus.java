package dev.stator.core.operations.api;

/** The state of the time-to-live setting of a table. */
public enum TimeToLiveStatus {
    ENABLING,
    DISABLING,
    ENABLED,
    DISABLED
}
