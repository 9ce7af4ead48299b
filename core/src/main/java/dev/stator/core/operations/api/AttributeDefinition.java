package dev.stator.core.operations.api;

import dev.stator.model.table.ScalarType;

/** The type of a key attribute. */
public record AttributeDefinition(String attributeName, ScalarType attributeType) {}
