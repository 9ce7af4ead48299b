package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;

/** What a BatchGetItem asks of one table. {@code expressionAttributes} has no values. */
public record KeysAndAttributes(
        List<Item> keys,
        ReadProjection projection,
        boolean consistentRead,
        ExpressionAttributes expressionAttributes) {
    public KeysAndAttributes {
        keys = List.copyOf(keys);
    }
}
