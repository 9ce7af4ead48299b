package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;

/** Deletes an item. */
public record DeleteItemRequest(
        String tableName,
        Item key,
        WriteCondition condition,
        ExpressionAttributes expressionAttributes,
        WriteReturns returns)
        implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
