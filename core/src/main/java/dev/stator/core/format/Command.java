package dev.stator.core.format;

import dev.stator.model.key.PlacementKey;
import java.util.List;

/**
 * What an entry of a partition's log does. It carries results, not requests: the leader has
 * evaluated everything, and to apply it needs neither a clock nor what was there before.
 */
public sealed interface Command {

    /** Changes items, in this order, all of them or none. */
    record Changes(List<Change> changes) implements Command {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /** The new state of one item. */
    sealed interface Change {
        PlacementKey key();

        /** The item is this from now on. */
        record Put(PlacementKey key, StoredItem item) implements Change {}

        /**
         * The item is no more.
         *
         * @param timestampMicros of the delete, in microseconds since 1970; no later write to the
         *     partition has an earlier one
         */
        record Delete(PlacementKey key, long timestampMicros) implements Change {}
    }
}
