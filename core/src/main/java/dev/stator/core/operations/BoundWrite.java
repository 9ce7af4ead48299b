package dev.stator.core.operations;

import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.model.Item;
import dev.stator.model.expression.Condition;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;

/**
 * One action of a write transaction, bound to its table: the table was found, and key, item and
 * expressions are such that the action can be tried.
 *
 * @param keyed the key attributes, perhaps among others
 * @param change empty for an action that only checks its condition
 * @param itemOnFailure whether the item is wanted back when the condition does not hold
 */
record BoundWrite(
        TableReference reference,
        TableDescriptor table,
        Item keyed,
        Optional<Change> change,
        Optional<Condition> condition,
        boolean itemOnFailure) {
    PlacementKey key() {
        return table.key().placementKey(keyed);
    }
}
