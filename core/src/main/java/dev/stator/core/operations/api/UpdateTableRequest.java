package dev.stator.core.operations.api;

import dev.stator.model.table.BillingMode;
import java.util.List;
import java.util.Optional;

/**
 * Changes the settings or the global secondary indexes of a table.
 *
 * @param attributeDefinitions what the new indexes need; not the whole set
 * @param otherMembers members of the API that were given and that have no shape here, by name; the
 *     operation refuses what it cannot do
 */
public record UpdateTableRequest(
        String tableName,
        Optional<List<AttributeDefinition>> attributeDefinitions,
        Optional<BillingMode> billingMode,
        ThroughputSettings throughput,
        Optional<List<GlobalSecondaryIndexUpdate>> globalSecondaryIndexUpdates,
        TableOptions options,
        List<String> otherMembers)
        implements ApiRequest {
    public UpdateTableRequest {
        attributeDefinitions = attributeDefinitions.map(List::copyOf);
        globalSecondaryIndexUpdates = globalSecondaryIndexUpdates.map(List::copyOf);
        otherMembers = List.copyOf(otherMembers);
    }

    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }
}
