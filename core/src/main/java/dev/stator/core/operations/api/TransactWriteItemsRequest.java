package dev.stator.core.operations.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes up to a hundred items of any tables, all of them or none.
 *
 * @param clientRequestToken names the request, so that it is not done twice
 */
public record TransactWriteItemsRequest(
        List<TransactWriteItem> transactItems,
        Optional<String> clientRequestToken,
        ReturnConsumedCapacity returnConsumedCapacity,
        ReturnItemCollectionMetrics returnItemCollectionMetrics)
        implements ApiRequest {
    public TransactWriteItemsRequest {
        transactItems = List.copyOf(transactItems);
    }

    @Override
    public List<String> tableNames() {
        List<String> names = new ArrayList<>();
        for (TransactWriteItem item : transactItems) {
            for (TransactWriteItem.Action action : item.actions()) {
                names.add(action.tableName());
            }
        }
        return names;
    }
}
