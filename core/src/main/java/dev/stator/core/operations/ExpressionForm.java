package dev.stator.core.operations;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.model.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of its two forms a request has: that of expressions, or the legacy one that came before
 * them (API reference, "Legacy conditional parameters"). They do not mix.
 */
final class ExpressionForm {
    private final List<String> expressions = new ArrayList<>(3);
    private final List<String> legacy = new ArrayList<>(3);

    /** The parameters that can use values. */
    private final List<String> valued = new ArrayList<>(2);

    private boolean hasValued;
    private boolean brief;

    /** Notes a parameter that holds an expression without values. */
    ExpressionForm expression(String name, Optional<String> expression) {
        if (expression.isPresent()) {
            expressions.add(name);
        }
        return this;
    }

    /** Notes a parameter that holds an expression which may use values. */
    ExpressionForm valued(String name, Optional<String> expression) {
        valued.add(name);
        hasValued |= expression.isPresent();
        return expression(name, expression);
    }

    ExpressionForm legacy(String name, Optional<?> parameter) {
        if (parameter.isPresent()) {
            legacy.add(name);
        }
        return this;
    }

    /** Does not say which expressions there could be, as writes of one item do not. */
    ExpressionForm briefly() {
        brief = true;
        return this;
    }

    /**
     * @throws ApiException if the forms are mixed, or there are placeholders for no expression
     */
    void check(ExpressionAttributes attributes) {
        if (!expressions.isEmpty() && !legacy.isEmpty()) {
            throw ApiException.validation(
                    "Can not use both expression and non-expression parameters in the same"
                            + " request: Non-expression parameters: {"
                            + String.join(", ", legacy)
                            + "} Expression parameters: {"
                            + String.join(", ", expressions)
                            + "}");
        }
        if (attributes.names().isPresent() && expressions.isEmpty()) {
            throw ApiException.validation(
                    "ExpressionAttributeNames can only be specified when using expressions");
        }
        if (attributes.values().isPresent() && !hasValued) {
            throw ApiException.validation(
                    "ExpressionAttributeValues can only be specified when using expressions"
                            + (brief ? "" : ": " + missing()));
        }
    }

    private String missing() {
        return String.join(" and ", valued) + (valued.size() > 1 ? " are null" : " is null");
    }
}
