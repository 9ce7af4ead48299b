package dev.stator.core.operations;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.model.expression.ExpressionContext;

/** The placeholders of a request, for its parsers. */
final class Placeholders {
    private Placeholders() {}

    static ExpressionContext of(ExpressionAttributes attributes) {
        return attributes.names().isEmpty() && attributes.values().isEmpty()
                ? ExpressionContext.empty()
                : ExpressionContext.of(attributes.names(), attributes.values());
    }
}
