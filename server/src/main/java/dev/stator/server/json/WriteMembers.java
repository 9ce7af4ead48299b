package dev.stator.server.json;

import dev.stator.core.operations.api.ConditionalOperator;
import dev.stator.core.operations.api.ExpectedAttributeValue;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.core.operations.api.WriteReturns;
import dev.stator.model.AttributeValue;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The members that PutItem, UpdateItem and DeleteItem have in common. */
final class WriteMembers {
    /** The service's own spelling of the last but one name is wrong. */
    private static final String BAD_RETURN_VALUES =
            "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD,"
                    + " UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]";

    /** The service's own spelling of AND is wrong. */
    static final String BAD_CONDITIONAL_OPERATOR =
            "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]";

    private @Nullable String tableName;
    private @Nullable SequencedMap<String, ExpectedAttributeValue> expected;
    private @Nullable Violations expectedViolations;
    private @Nullable String conditionalOperator;
    private @Nullable String conditionExpression;
    private @Nullable SequencedMap<String, String> names;
    private @Nullable SequencedMap<String, AttributeValue> values;
    private @Nullable String returnValues;
    private @Nullable String returnConsumedCapacity;
    private @Nullable String returnItemCollectionMetrics;
    private @Nullable String returnValuesOnFailure;

    private ReturnValue knownReturnValues = ReturnValue.NONE;
    private ReturnConsumedCapacity knownCapacity = ReturnConsumedCapacity.NONE;
    private ReturnItemCollectionMetrics knownMetrics = ReturnItemCollectionMetrics.NONE;
    private Optional<ConditionalOperator> knownOperator = Optional.empty();
    private ReturnValuesOnConditionCheckFailure knownOnFailure =
            ReturnValuesOnConditionCheckFailure.NONE;

    /** Reads the member if it is one of these, else passes over it. */
    void read(String member, RequestReader in) {
        switch (member) {
            case "TableName" -> tableName = in.string();
            case "Expected" -> {
                expectedViolations = new Violations();
                expected = LegacyReader.expected(in, expectedViolations);
            }
            case "ConditionalOperator" -> conditionalOperator = in.string();
            case "ConditionExpression" -> conditionExpression = in.string();
            case "ExpressionAttributeNames" -> names = LegacyReader.names(in);
            case "ExpressionAttributeValues" -> values = in.values().expressionValues();
            case "ReturnValues" -> returnValues = in.string();
            case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
            case "ReturnItemCollectionMetrics" -> returnItemCollectionMetrics = in.string();
            case "ReturnValuesOnConditionCheckFailure" -> returnValuesOnFailure = in.string();
            default -> in.skip();
        }
    }

    /**
     * Checks the constraints. Where the item or key is there, the service reads three members
     * before all others, in words of their own: an empty table name ends it, and for UpdateItem an
     * unknown enumeration as well.
     *
     * @param itemName what messages call the item or key
     */
    void check(boolean itemPresent, String itemName, boolean stopsAtUnknown) {
        if (itemPresent) {
            TableNames.refuseEmpty(tableName);
        }
        if (itemPresent && stopsAtUnknown) {
            refuseUnknown();
        }
        Violations violations = new Violations();
        knownCapacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        TableNames.check(tableName, violations);
        checkReturnValues(itemPresent, violations);
        knownMetrics =
                Members.RETURN_ITEM_COLLECTION_METRICS.check(
                        returnItemCollectionMetrics, ReturnItemCollectionMetrics.NONE, violations);
        checkConditionalOperator(itemPresent, violations);
        if (!itemPresent) {
            violations.addNull(itemName);
        }
        violations.addAll(expectedViolations);
        knownOnFailure =
                Members.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE.check(
                        returnValuesOnFailure,
                        ReturnValuesOnConditionCheckFailure.NONE,
                        violations);
        violations.throwIfAny();
    }

    private void refuseUnknown() {
        if (returnValues != null && Members.RETURN_VALUES.find(returnValues).isEmpty()) {
            throw Violations.single(BAD_RETURN_VALUES);
        }
        if (conditionalOperator != null
                && Members.CONDITIONAL_OPERATOR.find(conditionalOperator).isEmpty()) {
            throw Violations.single(BAD_CONDITIONAL_OPERATOR);
        }
    }

    private void checkReturnValues(boolean itemPresent, Violations violations) {
        Optional<ReturnValue> found = Members.RETURN_VALUES.find(returnValues);
        if (returnValues != null && found.isEmpty() && itemPresent) {
            violations.add(BAD_RETURN_VALUES);
            return;
        }
        knownReturnValues = Members.RETURN_VALUES.check(returnValues, ReturnValue.NONE, violations);
    }

    private void checkConditionalOperator(boolean itemPresent, Violations violations) {
        knownOperator = Members.CONDITIONAL_OPERATOR.find(conditionalOperator);
        if (conditionalOperator != null && knownOperator.isEmpty() && itemPresent) {
            violations.add(BAD_CONDITIONAL_OPERATOR);
            return;
        }
        Members.CONDITIONAL_OPERATOR.check(conditionalOperator, violations);
    }

    String tableName() {
        return Objects.requireNonNull(tableName);
    }

    WriteCondition condition() {
        return new WriteCondition(
                Optional.ofNullable(conditionExpression),
                Optional.ofNullable(expected),
                knownOperator,
                knownOnFailure);
    }

    ExpressionAttributes expressionAttributes() {
        return new ExpressionAttributes(Optional.ofNullable(names), Optional.ofNullable(values));
    }

    WriteReturns returns() {
        return new WriteReturns(knownReturnValues, knownCapacity, knownMetrics);
    }
}
