package dev.stator.model.table;

/** A key attribute with its type. */
public record KeyAttribute(String name, ScalarType type) {}
