package dev.stator.core.operations.api;

import dev.stator.model.AttributeValue;
import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The placeholders that the expressions of a request may use.
 *
 * @param names from {@code #name} to attribute name, as ExpressionAttributeNames gives them
 * @param values from {@code :value} to value, as ExpressionAttributeValues gives them
 */
public record ExpressionAttributes(
        Optional<SequencedMap<String, String>> names,
        Optional<SequencedMap<String, AttributeValue>> values) {
    public static final ExpressionAttributes NONE =
            new ExpressionAttributes(Optional.empty(), Optional.empty());

    public ExpressionAttributes {
        names = names.map(Collections::unmodifiableSequencedMap);
        values = values.map(Collections::unmodifiableSequencedMap);
    }
}
