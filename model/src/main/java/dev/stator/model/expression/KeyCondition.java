package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.key.ItemCollection;
import dev.stator.model.key.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which items of a partition key a query reads: of a KeyConditionExpression or of the legacy
 * KeyConditions. A table has one partition-key attribute and at most one sort-key attribute; a
 * global secondary index may have up to four of each, hence the lists, which are in the order of
 * the key schema. All sort conditions but the last are equalities.
 */
public record KeyCondition(List<Equal> partition, List<OnAttribute> sort) {

    /** A condition on one key attribute. */
    public sealed interface OnAttribute {
        String attribute();

        /** The values that the attribute is compared with: one, or the two bounds of a range. */
        default List<AttributeValue> values() {
            return switch (this) {
                case Equal(var ignored, AttributeValue value) -> List.of(value);
                case LessThan(var ignored, AttributeValue value) -> List.of(value);
                case LessOrEqual(var ignored, AttributeValue value) -> List.of(value);
                case GreaterThan(var ignored, AttributeValue value) -> List.of(value);
                case GreaterOrEqual(var ignored, AttributeValue value) -> List.of(value);
                case Between(var ignored, AttributeValue low, AttributeValue high) ->
                        List.of(low, high);
                case BeginsWith(var ignored, AttributeValue prefix) -> List.of(prefix);
            };
        }
    }

    public record Equal(String attribute, AttributeValue value) implements OnAttribute {}

    public record LessThan(String attribute, AttributeValue value) implements OnAttribute {}

    public record LessOrEqual(String attribute, AttributeValue value) implements OnAttribute {}

    public record GreaterThan(String attribute, AttributeValue value) implements OnAttribute {}

    public record GreaterOrEqual(String attribute, AttributeValue value) implements OnAttribute {}

    /** Both bounds belong to the range. */
    public record Between(String attribute, AttributeValue low, AttributeValue high)
            implements OnAttribute {}

    public record BeginsWith(String attribute, AttributeValue prefix) implements OnAttribute {}

    public KeyCondition {
        partition = List.copyOf(partition);
        sort = List.copyOf(sort);
    }

    /** The value of the one partition-key attribute of a table or local secondary index. */
    public AttributeValue partitionValue() {
        return partition.getFirst().value();
    }

    /** The values of all partition-key attributes. */
    public List<AttributeValue> partitionValues() {
        List<AttributeValue> values = new ArrayList<>(partition.size());
        for (Equal equal : partition) {
            values.add(equal.value());
        }
        return values;
    }

    /** Exactly the keys that meet the condition. */
    public KeyRange range() {
        return rangeIn(partitionValues());
    }

    /** The keys of another partition key that meet the condition on the sort key. */
    public KeyRange rangeIn(List<AttributeValue> partitionValues) {
        ItemCollection collection = ItemCollection.of(partitionValues);
        for (int i = 0; i < sort.size() - 1; i++) {
            if (sort.get(i) instanceof Equal(String ignored, AttributeValue value)) {
                collection = collection.under(value);
            }
        }
        if (sort.isEmpty()) {
            return collection.all();
        }
        return switch (sort.getLast()) {
            case Equal(var ignored, AttributeValue value) -> collection.equalTo(value);
            case LessThan(var ignored, AttributeValue value) -> collection.lessThan(value);
            case LessOrEqual(var ignored, AttributeValue value) -> collection.lessOrEqual(value);
            case GreaterThan(var ignored, AttributeValue value) -> collection.greaterThan(value);
            case GreaterOrEqual(var ignored, AttributeValue value) ->
                    collection.greaterOrEqual(value);
            case Between(var ignored, AttributeValue low, AttributeValue high) ->
                    collection.between(low, high);
            case BeginsWith(var ignored, AttributeValue prefix) -> collection.beginsWith(prefix);
        };
    }

    /** The condition on the one sort-key attribute of a table or local secondary index. */
    public Optional<OnAttribute> sortCondition() {
        return sort.isEmpty() ? Optional.empty() : Optional.of(sort.getLast());
    }
}
