package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads items of any tables.
 *
 * @param requestItems what is asked, by table name or ARN as given
 */
public record BatchGetItemRequest(
        SequencedMap<String, KeysAndAttributes> requestItems,
        ReturnConsumedCapacity returnConsumedCapacity)
        implements ApiRequest {
    public BatchGetItemRequest {
        requestItems = Collections.unmodifiableSequencedMap(requestItems);
    }

    @Override
    public List<String> tableNames() {
        return List.copyOf(requestItems.keySet());
    }
}
