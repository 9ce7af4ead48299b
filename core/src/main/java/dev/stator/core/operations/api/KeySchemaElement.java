package dev.stator.core.operations.api;

/** One attribute of a key. */
public record KeySchemaElement(String attributeName, KeyType keyType) {}
