package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a Query or Scan lets pass: a FilterExpression, or the legacy QueryFilter or ScanFilter with
 * its ConditionalOperator.
 */
public record ReadFilter(
        Optional<String> expression,
        Optional<SequencedMap<String, LegacyCondition>> conditions,
        Optional<ConditionalOperator> conditionalOperator) {
    public static final ReadFilter NONE =
            new ReadFilter(Optional.empty(), Optional.empty(), Optional.empty());

    public ReadFilter {
        conditions = conditions.map(Collections::unmodifiableSequencedMap);
    }

    /** A filter given as an expression. */
    public static ReadFilter of(String expression) {
        return new ReadFilter(Optional.of(expression), Optional.empty(), Optional.empty());
    }
}
