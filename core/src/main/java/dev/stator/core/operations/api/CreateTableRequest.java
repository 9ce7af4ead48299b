package dev.stator.core.operations.api;

import dev.stator.model.table.BillingMode;
import java.util.List;
import java.util.Optional;

/**
 * Creates a table.
 *
 * @param tableName a name or an ARN
 * @param otherMembers members of the API that were given and that have no shape here, by name, in
 *     the order given; the operation refuses what it cannot do
 */
public record CreateTableRequest(
        String tableName,
        Optional<List<AttributeDefinition>> attributeDefinitions,
        Optional<List<KeySchemaElement>> keySchema,
        Optional<List<LocalSecondaryIndex>> localSecondaryIndexes,
        Optional<List<GlobalSecondaryIndex>> globalSecondaryIndexes,
        Optional<BillingMode> billingMode,
        ThroughputSettings throughput,
        TableOptions options,
        Optional<List<Tag>> tags,
        List<String> otherMembers)
        implements ApiRequest {
    public CreateTableRequest {
        attributeDefinitions = attributeDefinitions.map(List::copyOf);
        keySchema = keySchema.map(List::copyOf);
        localSecondaryIndexes = localSecondaryIndexes.map(List::copyOf);
        globalSecondaryIndexes = globalSecondaryIndexes.map(List::copyOf);
        tags = tags.map(List::copyOf);
        otherMembers = List.copyOf(otherMembers);
    }

    @Override
    public List<String> tableNames() {
        return List.of(tableName);
    }

    /** Collects the members. */
    public static final class Builder {
        private final String tableName;
        private Optional<List<AttributeDefinition>> attributeDefinitions = Optional.empty();
        private Optional<List<KeySchemaElement>> keySchema = Optional.empty();
        private Optional<List<LocalSecondaryIndex>> localSecondaryIndexes = Optional.empty();
        private Optional<List<GlobalSecondaryIndex>> globalSecondaryIndexes = Optional.empty();
        private Optional<BillingMode> billingMode = Optional.empty();
        private ThroughputSettings throughput = ThroughputSettings.NONE;
        private TableOptions options = TableOptions.NONE;
        private Optional<List<Tag>> tags = Optional.empty();
        private List<String> otherMembers = List.of();

        public Builder(String tableName) {
            this.tableName = tableName;
        }

        public Builder attributeDefinitions(List<AttributeDefinition> value) {
            attributeDefinitions = Optional.of(value);
            return this;
        }

        public Builder keySchema(List<KeySchemaElement> value) {
            keySchema = Optional.of(value);
            return this;
        }

        public Builder localSecondaryIndexes(List<LocalSecondaryIndex> value) {
            localSecondaryIndexes = Optional.of(value);
            return this;
        }

        public Builder globalSecondaryIndexes(List<GlobalSecondaryIndex> value) {
            globalSecondaryIndexes = Optional.of(value);
            return this;
        }

        public Builder billingMode(BillingMode value) {
            billingMode = Optional.of(value);
            return this;
        }

        public Builder throughput(ThroughputSettings value) {
            throughput = value;
            return this;
        }

        public Builder options(TableOptions value) {
            options = value;
            return this;
        }

        public Builder tags(List<Tag> value) {
            tags = Optional.of(value);
            return this;
        }

        public Builder otherMembers(List<String> value) {
            otherMembers = value;
            return this;
        }

        public CreateTableRequest build() {
            return new CreateTableRequest(
                    tableName,
                    attributeDefinitions,
                    keySchema,
                    localSecondaryIndexes,
                    globalSecondaryIndexes,
                    billingMode,
                    throughput,
                    options,
                    tags,
                    otherMembers);
        }
    }
}
