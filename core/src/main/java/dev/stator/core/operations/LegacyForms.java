package dev.stator.core.operations;

import dev.stator.core.operations.api.AttributeAction;
import dev.stator.core.operations.api.AttributeValueUpdate;
import dev.stator.core.operations.api.ExpectedAttributeValue;
import dev.stator.core.operations.api.ItemUpdate;
import dev.stator.core.operations.api.QueryKeyCondition;
import dev.stator.core.operations.api.ReadFilter;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.UnboundKeyCondition;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.expression.legacy.AttributeUpdate;
import dev.stator.model.expression.legacy.ComparisonOperator;
import dev.stator.model.expression.legacy.ConditionalOperator;
import dev.stator.model.expression.legacy.ExpectedAttribute;
import dev.stator.model.expression.legacy.LegacyCondition;
import dev.stator.model.expression.legacy.LegacyConditions;
import dev.stator.model.expression.legacy.LegacyUpdates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The parameters that came before expressions (developer guide, "Legacy conditional parameters"),
 * as the conditions and updates that they stand for.
 */
final class LegacyForms {
    private LegacyForms() {}

    static Optional<Condition> expected(WriteCondition condition) {
        return LegacyConditions.ofExpected(
                converted(condition.expected(), LegacyForms::expected),
                operator(condition.conditionalOperator()));
    }

    private static ExpectedAttribute expected(ExpectedAttributeValue expected) {
        return new ExpectedAttribute(
                expected.value(),
                expected.exists(),
                expected.comparisonOperator().map(LegacyForms::operator),
                expected.attributeValueList());
    }

    static Optional<Condition> filter(ReadFilter filter) {
        return LegacyConditions.ofFilter(
                converted(filter.conditions(), LegacyForms::condition),
                operator(filter.conditionalOperator()));
    }

    static Optional<UpdateExpression> update(ItemUpdate update) {
        if (update.attributeUpdates().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                LegacyUpdates.of(converted(update.attributeUpdates(), LegacyForms::update)));
    }

    private static AttributeUpdate update(AttributeValueUpdate update) {
        AttributeUpdate.Action action =
                switch (update.action().orElse(AttributeAction.PUT)) {
                    case PUT -> AttributeUpdate.Action.PUT;
                    case ADD -> AttributeUpdate.Action.ADD;
                    case DELETE -> AttributeUpdate.Action.DELETE;
                };
        return new AttributeUpdate(action, update.value());
    }

    static Optional<UnboundKeyCondition> keyCondition(QueryKeyCondition condition) {
        if (condition.conditions().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                LegacyConditions.ofKeyConditions(
                        converted(condition.conditions(), LegacyForms::condition)));
    }

    private static LegacyCondition condition(
            dev.stator.core.operations.api.LegacyCondition condition) {
        return new LegacyCondition(
                operator(condition.comparisonOperator()),
                condition.attributeValueList().orElse(List.of()));
    }

    private static ComparisonOperator operator(
            dev.stator.core.operations.api.ComparisonOperator operator) {
        return ComparisonOperator.valueOf(operator.name());
    }

    private static Optional<ConditionalOperator> operator(
            Optional<dev.stator.core.operations.api.ConditionalOperator> operator) {
        return operator.map(present -> ConditionalOperator.valueOf(present.name()));
    }

    /** Converts the values of a parameter; an absent one is an empty one. */
    private static <A, M> SequencedMap<String, M> converted(
            Optional<SequencedMap<String, A>> parameter, Function<A, M> conversion) {
        SequencedMap<String, M> converted = new LinkedHashMap<>();
        parameter.ifPresent(present ->
                present.forEach((name, value) -> converted.put(name, conversion.apply(value))));
        return converted;
    }
}
