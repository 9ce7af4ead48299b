package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.Optional;

/**
 * The answer to an UpdateItem.
 *
 * @param attributes absent unless asked for and there
 */
public record UpdateItemResponse(
        Optional<Item> attributes,
        Optional<ConsumedCapacity> consumedCapacity,
        Optional<ItemCollectionMetrics> itemCollectionMetrics)
        implements ApiResponse {}
