package dev.stator.core.operations.api;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How UpdateItem changes the item: an UpdateExpression, or the legacy AttributeUpdates. Neither is
 * needed: an update without one creates an item that holds its key alone.
 */
public record ItemUpdate(
        Optional<String> expression,
        Optional<SequencedMap<String, AttributeValueUpdate>> attributeUpdates) {
    public static final ItemUpdate NONE = new ItemUpdate(Optional.empty(), Optional.empty());

    public ItemUpdate {
        attributeUpdates = attributeUpdates.map(Collections::unmodifiableSequencedMap);
    }

    /** An update given as an expression. */
    public static ItemUpdate of(String expression) {
        return new ItemUpdate(Optional.of(expression), Optional.empty());
    }
}
