package dev.stator.core.operations.api;

import dev.stator.model.Item;

/** One member of a BatchWriteItem. */
public sealed interface WriteRequest {
    /** Creates an item or replaces it as a whole. */
    record Put(Item item) implements WriteRequest {}

    /** Deletes an item. */
    record Delete(Item key) implements WriteRequest {}
}
