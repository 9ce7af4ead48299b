package dev.stator.core.operations.api;

import dev.stator.model.table.IndexStatus;
import java.util.List;
import java.util.Optional;

/**
 * A global secondary index as it is.
 *
 * @param backfilling present while it is being created
 */
public record GlobalSecondaryIndexDescription(
        String indexName,
        List<KeySchemaElement> keySchema,
        IndexProjection projection,
        IndexStatus indexStatus,
        Optional<Boolean> backfilling,
        Optional<ProvisionedThroughputDescription> provisionedThroughput,
        long indexSizeBytes,
        long itemCount,
        Optional<String> indexArn,
        Optional<OnDemandThroughput> onDemandThroughput,
        Optional<WarmThroughputDescription> warmThroughput) {
    public GlobalSecondaryIndexDescription {
        keySchema = List.copyOf(keySchema);
    }

    /** Collects the members; lists not set are empty, other members absent. */
    public static final class Builder {
        private final String indexName;
        private final List<KeySchemaElement> keySchema;
        private final IndexProjection projection;
        private final IndexStatus indexStatus;
        private Optional<Boolean> backfilling = Optional.empty();
        private Optional<ProvisionedThroughputDescription> provisionedThroughput = Optional.empty();
        private long indexSizeBytes;
        private long itemCount;
        private Optional<String> indexArn = Optional.empty();
        private Optional<OnDemandThroughput> onDemandThroughput = Optional.empty();
        private Optional<WarmThroughputDescription> warmThroughput = Optional.empty();

        public Builder(
                String indexName,
                List<KeySchemaElement> keySchema,
                IndexProjection projection,
                IndexStatus indexStatus) {
            this.indexName = indexName;
            this.keySchema = keySchema;
            this.projection = projection;
            this.indexStatus = indexStatus;
        }

        public Builder backfilling(boolean value) {
            backfilling = Optional.of(value);
            return this;
        }

        public Builder provisionedThroughput(ProvisionedThroughputDescription value) {
            provisionedThroughput = Optional.of(value);
            return this;
        }

        public Builder indexSizeBytes(long value) {
            indexSizeBytes = value;
            return this;
        }

        public Builder itemCount(long value) {
            itemCount = value;
            return this;
        }

        public Builder indexArn(String value) {
            indexArn = Optional.of(value);
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

        public GlobalSecondaryIndexDescription build() {
            return new GlobalSecondaryIndexDescription(
                    indexName,
                    keySchema,
                    projection,
                    indexStatus,
                    backfilling,
                    provisionedThroughput,
                    indexSizeBytes,
                    itemCount,
                    indexArn,
                    onDemandThroughput,
                    warmThroughput);
        }
    }
}
