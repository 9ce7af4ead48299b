package dev.stator.core.operations.api;

import java.util.List;
import java.util.Optional;

/** Which attributes a read returns: a ProjectionExpression, or the legacy AttributesToGet. */
public record ReadProjection(Optional<String> expression, Optional<List<String>> attributesToGet) {
    public static final ReadProjection NONE =
            new ReadProjection(Optional.empty(), Optional.empty());

    public ReadProjection {
        attributesToGet = attributesToGet.map(List::copyOf);
    }

    /** A projection given as an expression. */
    public static ReadProjection of(String expression) {
        return new ReadProjection(Optional.of(expression), Optional.empty());
    }
}
