package dev.stator.core.operations.api;

import java.util.List;

/** Reads up to a hundred items of any tables, all as they were at one moment. */
public record TransactGetItemsRequest(
        List<TransactGetItem> transactItems, ReturnConsumedCapacity returnConsumedCapacity)
        implements ApiRequest {
    public TransactGetItemsRequest {
        transactItems = List.copyOf(transactItems);
    }

    @Override
    public List<String> tableNames() {
        return transactItems.stream().map(TransactGetItem::tableName).toList();
    }
}
