package dev.stator.simulator.workload;

import dev.stator.core.format.StoreKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemKey;

/** A table of the workload, whose key is {@code pk} or {@code pk} and {@code sk}. */
public record SimulatedTable(TableDescriptor descriptor) {
    public String name() {
        return descriptor.name();
    }

    public boolean sorted() {
        return descriptor.key().sortKey() != null;
    }

    /** Where an item lies in the stores. */
    public byte[] storeKey(ItemKey key) {
        return StoreKey.of(
                descriptor.id().value(), descriptor.key().placementKey(ItemForm.keyItem(key)));
    }
}
