package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Query and Scan have in common.
 *
 * @param limit evaluated items per page at most; absent for as many as fit
 */
public record RangeRead(
        Optional<String> indexName,
        Optional<Select> select,
        OptionalInt limit,
        Optional<Item> exclusiveStartKey,
        boolean consistentRead,
        ReadProjection projection,
        ReadFilter filter,
        ExpressionAttributes expressionAttributes,
        ReturnConsumedCapacity returnConsumedCapacity) {
    /** Everything of a table, eventually consistent. */
    public static final RangeRead ALL = new Builder().build();

    /** Collects the members; those not set are as in {@link #ALL}. */
    public static final class Builder {
        private Optional<String> indexName = Optional.empty();
        private Optional<Select> select = Optional.empty();
        private OptionalInt limit = OptionalInt.empty();
        private Optional<Item> exclusiveStartKey = Optional.empty();
        private boolean consistentRead;
        private ReadProjection projection = ReadProjection.NONE;
        private ReadFilter filter = ReadFilter.NONE;
        private ExpressionAttributes expressionAttributes = ExpressionAttributes.NONE;
        private ReturnConsumedCapacity returnConsumedCapacity = ReturnConsumedCapacity.NONE;

        public Builder indexName(String value) {
            indexName = Optional.of(value);
            return this;
        }

        public Builder select(Select value) {
            select = Optional.of(value);
            return this;
        }

        public Builder limit(int value) {
            limit = OptionalInt.of(value);
            return this;
        }

        public Builder exclusiveStartKey(Item value) {
            exclusiveStartKey = Optional.of(value);
            return this;
        }

        public Builder consistentRead(boolean value) {
            consistentRead = value;
            return this;
        }

        public Builder projection(ReadProjection value) {
            projection = value;
            return this;
        }

        public Builder filter(ReadFilter value) {
            filter = value;
            return this;
        }

        public Builder expressionAttributes(ExpressionAttributes value) {
            expressionAttributes = value;
            return this;
        }

        public Builder returnConsumedCapacity(ReturnConsumedCapacity value) {
            returnConsumedCapacity = value;
            return this;
        }

        public RangeRead build() {
            return new RangeRead(
                    indexName,
                    select,
                    limit,
                    exclusiveStartKey,
                    consistentRead,
                    projection,
                    filter,
                    expressionAttributes,
                    returnConsumedCapacity);
        }
    }
}
