package dev.stator.core.operations.api;

/** What the legacy AttributeUpdates does with an attribute. */
public enum AttributeAction {
    ADD,
    PUT,
    DELETE
}
