package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;

/** Creates an item or replaces it as a whole. */
public record PutItemRequest(
        String tableName,
        Item item,
        WriteCondition condition,
        ExpressionAttributes expressionAttributes,
        WriteReturns returns)
        implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
