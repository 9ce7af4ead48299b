package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.Optional;

/**
 * The answer to a DeleteItem.
 *
 * @param attributes absent unless asked for and there
 */
public record DeleteItemResponse(
        Optional<Item> attributes,
        Optional<ConsumedCapacity> consumedCapacity,
        Optional<ItemCollectionMetrics> itemCollectionMetrics)
        implements ApiResponse {}
