package dev.stator.core.operations;

import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * What came of a statement.
 *
 * @param next where a read goes on, if it does
 */
record StatementResult(
        List<Item> items, Optional<NextToken> next, Optional<ConsumedCapacity> consumedCapacity) {
    StatementResult {
        items = List.copyOf(items);
    }

    /** Of one that reads or returns one item at most. */
    static StatementResult of(Optional<Item> item, Optional<ConsumedCapacity> consumedCapacity) {
        return new StatementResult(
                item.map(List::of).orElse(List.of()), Optional.empty(), consumedCapacity);
    }
}
