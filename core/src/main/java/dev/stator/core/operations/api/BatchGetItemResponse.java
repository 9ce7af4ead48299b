package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/** The answer to a BatchGetItem. Tables stand by the name or ARN that the request used. */
public record BatchGetItemResponse(
        SequencedMap<String, List<Item>> responses,
        SequencedMap<String, KeysAndAttributes> unprocessedKeys,
        List<ConsumedCapacity> consumedCapacity)
        implements ApiResponse {
    public BatchGetItemResponse {
        responses = Collections.unmodifiableSequencedMap(responses);
        unprocessedKeys = Collections.unmodifiableSequencedMap(unprocessedKeys);
        consumedCapacity = List.copyOf(consumedCapacity);
    }
}
