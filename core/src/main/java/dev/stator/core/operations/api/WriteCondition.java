package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The condition of a single write: an expression, or the legacy Expected with its
 * ConditionalOperator. That only one of the forms is used is for the operation to check.
 */
public record WriteCondition(
        Optional<String> expression,
        Optional<SequencedMap<String, ExpectedAttributeValue>> expected,
        Optional<ConditionalOperator> conditionalOperator,
        ReturnValuesOnConditionCheckFailure returnValuesOnFailure) {
    public static final WriteCondition NONE =
            new WriteCondition(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    ReturnValuesOnConditionCheckFailure.NONE);

    public WriteCondition {
        expected = expected.map(Collections::unmodifiableSequencedMap);
    }

    /** A condition given as an expression. */
    public static WriteCondition of(String expression) {
        return new WriteCondition(
                Optional.of(expression),
                Optional.empty(),
                Optional.empty(),
                ReturnValuesOnConditionCheckFailure.NONE);
    }
}
