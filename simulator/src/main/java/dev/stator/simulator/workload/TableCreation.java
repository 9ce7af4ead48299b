package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.InitialPartitions;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.ScalarType;
import dev.stator.simulator.history.ItemForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests for tables of the workloads. */
final class TableCreation {
    private TableCreation() {}

    /** A table that is made of so many partitions. */
    static ApiRequest wide(String name, int partitions) {
        long readUnits = (long) partitions * InitialPartitions.READ_UNITS_EACH;
        return builder(name, true)
                .billingMode(BillingMode.PROVISIONED)
                .throughput(
                        new ThroughputSettings(
                                Optional.of(new ProvisionedThroughput(readUnits, 1)),
                                Optional.empty(),
                                Optional.empty()))
                .build();
    }

    static ApiRequest request(String name, boolean sorted) {
        return builder(name, sorted).billingMode(BillingMode.PAY_PER_REQUEST).build();
    }

    private static CreateTableRequest.Builder builder(String name, boolean sorted) {
        List<AttributeDefinition> definitions = new ArrayList<>();
        List<KeySchemaElement> schema = new ArrayList<>();
        definitions.add(new AttributeDefinition(ItemForm.PARTITION_KEY, ScalarType.S));
        schema.add(new KeySchemaElement(ItemForm.PARTITION_KEY, KeyType.HASH));
        if (sorted) {
            definitions.add(new AttributeDefinition(ItemForm.SORT_KEY, ScalarType.S));
            schema.add(new KeySchemaElement(ItemForm.SORT_KEY, KeyType.RANGE));
        }
        return new CreateTableRequest.Builder(name)
                .attributeDefinitions(definitions)
                .keySchema(schema);
    }
}
