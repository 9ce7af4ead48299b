package dev.stator.core.transactions;

import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.List;
import java.util.Optional;

/** What became of a {@link ReadTransaction}. */
public sealed interface ReadOutcome {
    /** One for each read, in their order. */
    record Read(List<Got> items) implements ReadOutcome {
        public Read {
            items = List.copyOf(items);
        }
    }

    /** Some of the items were being written. One for each read: whether that was so with it. */
    record Canceled(List<Boolean> conflicts) implements ReadOutcome {
        public Canceled {
            conflicts = List.copyOf(conflicts);
        }
    }

    record Failed(ApiError error) implements ReadOutcome {}

    /**
     * The item, if there is one.
     *
     * @param item after the projection
     * @param sizeBytes before the projection; zero where there is no item
     */
    record Got(Optional<Item> item, int sizeBytes) {}
}
