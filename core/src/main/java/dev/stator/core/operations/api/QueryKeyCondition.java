package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;

/** What a Query reads: a KeyConditionExpression, or the legacy KeyConditions. */
public record QueryKeyCondition(
        Optional<String> expression, Optional<SequencedMap<String, LegacyCondition>> conditions) {
    public static final QueryKeyCondition NONE =
            new QueryKeyCondition(Optional.empty(), Optional.empty());

    public QueryKeyCondition {
        conditions = conditions.map(Collections::unmodifiableSequencedMap);
    }

    /** A key condition given as an expression. */
    public static QueryKeyCondition of(String expression) {
        return new QueryKeyCondition(Optional.of(expression), Optional.empty());
    }
}
