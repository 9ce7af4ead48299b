package dev.stator.core.operations.api;

import dev.stator.model.table.TableStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table as it is. Empty lists and absent members are left out of the response: DeleteTable, for
 * one, tells little.
 *
 * @param creationMillis milliseconds since 1970
 */
public record TableDescription(
        List<AttributeDefinition> attributeDefinitions,
        String tableName,
        List<KeySchemaElement> keySchema,
        TableStatus tableStatus,
        OptionalLong creationMillis,
        Optional<ProvisionedThroughputDescription> provisionedThroughput,
        long tableSizeBytes,
        long itemCount,
        Optional<String> tableArn,
        Optional<String> tableId,
        Optional<BillingModeSummary> billingModeSummary,
        List<LocalSecondaryIndexDescription> localSecondaryIndexes,
        List<GlobalSecondaryIndexDescription> globalSecondaryIndexes,
        Optional<StreamSpecification> streamSpecification,
        Optional<String> latestStreamLabel,
        Optional<String> latestStreamArn,
        Optional<SseDescription> sseDescription,
        Optional<TableClassSummary> tableClassSummary,
        Optional<Boolean> deletionProtectionEnabled,
        Optional<OnDemandThroughput> onDemandThroughput,
        Optional<WarmThroughputDescription> warmThroughput) {
    public TableDescription {
        attributeDefinitions = List.copyOf(attributeDefinitions);
        keySchema = List.copyOf(keySchema);
        localSecondaryIndexes = List.copyOf(localSecondaryIndexes);
        globalSecondaryIndexes = List.copyOf(globalSecondaryIndexes);
    }

    /** Collects the members; lists not set are empty, other members absent. */
    public static final class Builder {
        private List<AttributeDefinition> attributeDefinitions = List.of();
        private final String tableName;
        private List<KeySchemaElement> keySchema = List.of();
        private final TableStatus tableStatus;
        private OptionalLong creationMillis = OptionalLong.empty();
        private Optional<ProvisionedThroughputDescription> provisionedThroughput = Optional.empty();
        private long tableSizeBytes;
        private long itemCount;
        private Optional<String> tableArn = Optional.empty();
        private Optional<String> tableId = Optional.empty();
        private Optional<BillingModeSummary> billingModeSummary = Optional.empty();
        private List<LocalSecondaryIndexDescription> localSecondaryIndexes = List.of();
        private List<GlobalSecondaryIndexDescription> globalSecondaryIndexes = List.of();
        private Optional<StreamSpecification> streamSpecification = Optional.empty();
        private Optional<String> latestStreamLabel = Optional.empty();
        private Optional<String> latestStreamArn = Optional.empty();
        private Optional<SseDescription> sseDescription = Optional.empty();
        private Optional<TableClassSummary> tableClassSummary = Optional.empty();
        private Optional<Boolean> deletionProtectionEnabled = Optional.empty();
        private Optional<OnDemandThroughput> onDemandThroughput = Optional.empty();
        private Optional<WarmThroughputDescription> warmThroughput = Optional.empty();

        public Builder(String tableName, TableStatus tableStatus) {
            this.tableName = tableName;
            this.tableStatus = tableStatus;
        }

        public Builder attributeDefinitions(List<AttributeDefinition> value) {
            attributeDefinitions = value;
            return this;
        }

        public Builder keySchema(List<KeySchemaElement> value) {
            keySchema = value;
            return this;
        }

        public Builder creationMillis(long value) {
            creationMillis = OptionalLong.of(value);
            return this;
        }

        public Builder provisionedThroughput(ProvisionedThroughputDescription value) {
            provisionedThroughput = Optional.of(value);
            return this;
        }

        public Builder tableSizeBytes(long value) {
            tableSizeBytes = value;
            return this;
        }

        public Builder itemCount(long value) {
            itemCount = value;
            return this;
        }

        public Builder tableArn(String value) {
            tableArn = Optional.of(value);
            return this;
        }

        public Builder tableId(String value) {
            tableId = Optional.of(value);
            return this;
        }

        public Builder billingModeSummary(BillingModeSummary value) {
            billingModeSummary = Optional.of(value);
            return this;
        }

        public Builder localSecondaryIndexes(List<LocalSecondaryIndexDescription> value) {
            localSecondaryIndexes = value;
            return this;
        }

        public Builder globalSecondaryIndexes(List<GlobalSecondaryIndexDescription> value) {
            globalSecondaryIndexes = value;
            return this;
        }

        public Builder streamSpecification(StreamSpecification value) {
            streamSpecification = Optional.of(value);
            return this;
        }

        public Builder latestStreamLabel(String value) {
            latestStreamLabel = Optional.of(value);
            return this;
        }

        public Builder latestStreamArn(String value) {
            latestStreamArn = Optional.of(value);
            return this;
        }

        public Builder sseDescription(SseDescription value) {
            sseDescription = Optional.of(value);
            return this;
        }

        public Builder tableClassSummary(TableClassSummary value) {
            tableClassSummary = Optional.of(value);
            return this;
        }

        public Builder deletionProtectionEnabled(boolean value) {
            deletionProtectionEnabled = Optional.of(value);
            return this;
        }

        public Builder onDemandThroughput(OnDemandThroughput value) {
            onDemandThroughput = Optional.of(value);
            return this;
        }

        public Builder warmThroughput(WarmThroughputDescription value) {
            warmThroughput = Optional.of(value);
            return this;
        }

        public TableDescription build() {
            return new TableDescription(
                    attributeDefinitions,
                    tableName,
                    keySchema,
                    tableStatus,
                    creationMillis,
                    provisionedThroughput,
                    tableSizeBytes,
                    itemCount,
                    tableArn,
                    tableId,
                    billingModeSummary,
                    localSecondaryIndexes,
                    globalSecondaryIndexes,
                    streamSpecification,
                    latestStreamLabel,
                    latestStreamArn,
                    sseDescription,
                    tableClassSummary,
                    deletionProtectionEnabled,
                    onDemandThroughput,
                    warmThroughput);
        }
    }
}
