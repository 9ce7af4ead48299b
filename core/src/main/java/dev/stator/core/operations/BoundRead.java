package dev.stator.core.operations;

import dev.stator.model.Item;
import dev.stator.model.expression.Projection;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;

/**
 * One read of a read transaction, bound to its table: the table was found, and the key is right.
 */
record BoundRead(
        TableReference reference,
        TableDescriptor table,
        Item key,
        Optional<Projection> projection) {
    PlacementKey placementKey() {
        return table.key().placementKey(key);
    }
}
