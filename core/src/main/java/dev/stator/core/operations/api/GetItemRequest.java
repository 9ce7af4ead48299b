package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.List;

/** Reads one item. {@code expressionAttributes} has no values: the API has none here. */
public record GetItemRequest(
        String tableName,
        Item key,
        ReadProjection projection,
        boolean consistentRead,
        ExpressionAttributes expressionAttributes,
        ReturnConsumedCapacity returnConsumedCapacity)
        implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
