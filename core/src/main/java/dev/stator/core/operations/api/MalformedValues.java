package dev.stator.core.operations.api;

import java.util.Optional;

/**
 * What the service says of the first attribute value of an action that is none. A transaction is
 * refused for what is wrong first in the order of its actions, whatever it is, so unlike in other
 * requests it is not refused when it is read.
 *
 * @param expressionValues of those in ExpressionAttributeValues
 * @param attributes of those in the item or key
 */
public record MalformedValues(Optional<String> expressionValues, Optional<String> attributes) {
    public static final MalformedValues NONE =
            new MalformedValues(Optional.empty(), Optional.empty());
}
