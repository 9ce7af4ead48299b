package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ScalarType;
import dev.stator.simulator.history.ItemForm;
import java.util.ArrayList;
import java.util.List;

/** Requests for tables of the workloads. */
final class TableCreation {
    private TableCreation() {}

    static ApiRequest request(String name, boolean sorted) {
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
                .keySchema(schema)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }
}
