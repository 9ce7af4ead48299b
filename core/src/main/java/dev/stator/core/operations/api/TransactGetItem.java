package dev.stator.core.operations.api;

import dev.stator.model.Item;

/** One read of a TransactGetItems. {@code expressionAttributes} has no values. */
public record TransactGetItem(
        String tableName,
        Item key,
        ReadProjection projection,
        ExpressionAttributes expressionAttributes,
        MalformedValues malformed) {}
