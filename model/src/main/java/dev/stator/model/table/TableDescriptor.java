package dev.stator.model.table;

import java.util.ArrayList;
import java.util.List;

/**
 * All that the cluster knows of a table, but for what its partitions count: what DescribeTable
 * answers and what requests are routed by. Kept as an item of the system group.
 *
 * @param partitions in the order of their ranges, which cover all keys without gap or overlap;
 *     empty until the table has them
 */
public record TableDescriptor(
        TableIdentity identity,
        TableStatus status,
        TableSchema schema,
        TableSettings settings,
        List<PartitionDescriptor> partitions) {
    public TableDescriptor {
        partitions = List.copyOf(partitions);
    }

    public String accountId() {
        return identity.accountId();
    }

    public String name() {
        return identity.name();
    }

    public TableId id() {
        return identity.id();
    }

    public KeySchema key() {
        return schema.key();
    }

    /** Its own partitions, and those of its global secondary indexes. */
    public List<PartitionDescriptor> allPartitions() {
        List<PartitionDescriptor> all = new ArrayList<>(partitions);
        for (SecondaryIndex.Global index : schema.globalIndexes()) {
            all.addAll(index.placement().partitions());
        }
        return all;
    }

    public TableDescriptor withIdentity(TableIdentity changed) {
        return new TableDescriptor(changed, status, schema, settings, partitions);
    }

    public TableDescriptor withStatus(TableStatus changed) {
        return new TableDescriptor(identity, changed, schema, settings, partitions);
    }

    public TableDescriptor withSchema(TableSchema changed) {
        return new TableDescriptor(identity, status, changed, settings, partitions);
    }

    public TableDescriptor withSettings(TableSettings changed) {
        return new TableDescriptor(identity, status, schema, changed, partitions);
    }

    public TableDescriptor withPartitions(List<PartitionDescriptor> changed) {
        return new TableDescriptor(identity, status, schema, settings, changed);
    }
}
