package dev.stator.core.operations.api;

import dev.stator.model.Item;

/** What one action of a TransactWriteItems does to its item. */
public sealed interface TransactedChange {
    /** Nothing; but its condition must hold. */
    record ConditionCheck(Item key) implements TransactedChange {}

    /** Creates an item or replaces it as a whole. */
    record Put(Item item) implements TransactedChange {}

    /** Deletes an item. */
    record Delete(Item key) implements TransactedChange {}

    /** Changes an item, or creates it. */
    record Update(Item key, String updateExpression) implements TransactedChange {}
}
