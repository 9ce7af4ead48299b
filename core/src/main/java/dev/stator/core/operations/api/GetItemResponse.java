package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.Optional;

/**
 * The answer to a GetItem.
 *
 * @param item absent if there is no such item; empty if nothing of it was projected
 */
public record GetItemResponse(Optional<Item> item, Optional<ConsumedCapacity> consumedCapacity)
        implements ApiResponse {}
