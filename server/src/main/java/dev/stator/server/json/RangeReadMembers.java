package dev.stator.server.json;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.LegacyCondition;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ReadFilter;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The members that Query and Scan have in common. */
final class RangeReadMembers {
    private final String filterName;
    private @Nullable String tableName;
    private @Nullable String indexName;
    private @Nullable String select;
    private @Nullable Integer limit;
    private @Nullable Item exclusiveStartKey;
    private boolean consistentRead;
    private @Nullable List<String> attributesToGet;
    private @Nullable String projectionExpression;
    private @Nullable String filterExpression;
    private @Nullable SequencedMap<String, LegacyCondition> filter;
    private @Nullable Violations filterViolations;
    private @Nullable String conditionalOperator;
    private @Nullable SequencedMap<String, String> names;
    private @Nullable SequencedMap<String, AttributeValue> values;
    private @Nullable String returnConsumedCapacity;

    /**
     * Made for one request.
     *
     * @param filterName QueryFilter or ScanFilter
     */
    RangeReadMembers(String filterName) {
        this.filterName = filterName;
    }

    /** Reads the member if it is one of these, else passes over it. */
    void read(String member, RequestReader in) {
        switch (member) {
            case "TableName" -> tableName = in.string();
            case "IndexName" -> indexName = in.string();
            case "Select" -> select = in.string();
            case "Limit" -> limit = in.integer();
            case "ExclusiveStartKey" -> exclusiveStartKey = startKey(in);
            case "ConsistentRead" -> consistentRead = in.bool();
            case "AttributesToGet" -> attributesToGet = LegacyReader.strings(in);
            case "ProjectionExpression" -> projectionExpression = in.string();
            case "FilterExpression" -> filterExpression = in.string();
            case "ConditionalOperator" -> conditionalOperator = in.string();
            case "ExpressionAttributeNames" -> names = LegacyReader.names(in);
            case "ExpressionAttributeValues" -> values = in.values().expressionValues();
            case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
            default -> readFilterOrSkip(member, in);
        }
    }

    private void readFilterOrSkip(String member, RequestReader in) {
        if (member.equals(filterName)) {
            filterViolations = new Violations();
            filter = LegacyReader.conditions(in, lowerFirst(filterName), filterViolations);
        } else {
            in.skip();
        }
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static Item startKey(RequestReader in) {
        in.valueErrors().enterStartKey();
        Item key = in.values().item();
        in.valueErrors().leave();
        return key;
    }

    @Nullable String tableName() {
        return tableName;
    }

    @Nullable Integer limit() {
        return limit;
    }

    @Nullable String conditionalOperator() {
        return conditionalOperator;
    }

    /** Those that the service names first; a limit of Query is another matter. */
    void checkFirst(@Nullable NumberMember limitMember, Violations violations) {
        if (limitMember != null) {
            limitMember.check(limit, violations);
        }
        Members.RETURN_CONSUMED_CAPACITY.check(returnConsumedCapacity, violations);
        LegacyReader.checkAttributesToGet(attributesToGet, violations);
    }

    void checkSelect(Violations violations) {
        Members.SELECT.check(select, violations);
        violations.addAll(filterViolations);
        Members.CONDITIONAL_OPERATOR.check(conditionalOperator, violations);
    }

    void checkNames(Violations violations) {
        TableNames.check(tableName, violations);
        Members.INDEX_NAME.check(indexName, violations);
    }

    /** What was read, once it was checked. */
    RangeRead toRangeRead() {
        return new RangeRead(
                Optional.ofNullable(indexName),
                Members.SELECT.find(select),
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                Optional.ofNullable(exclusiveStartKey),
                consistentRead,
                new ReadProjection(
                        Optional.ofNullable(projectionExpression),
                        Optional.ofNullable(attributesToGet)),
                new ReadFilter(
                        Optional.ofNullable(filterExpression),
                        Optional.ofNullable(filter),
                        Members.CONDITIONAL_OPERATOR.find(conditionalOperator)),
                new ExpressionAttributes(Optional.ofNullable(names), Optional.ofNullable(values)),
                Members.RETURN_CONSUMED_CAPACITY
                        .find(returnConsumedCapacity)
                        .orElse(ReturnConsumedCapacity.NONE));
    }
}
