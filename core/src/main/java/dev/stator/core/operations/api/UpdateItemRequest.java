package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;

/** Changes an item, or creates it. */
public record UpdateItemRequest(
        String tableName,
        Item key,
        ItemUpdate update,
        WriteCondition condition,
        ExpressionAttributes expressionAttributes,
        WriteReturns returns)
        implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
