package dev.stator.model.expression.legacy;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Operand;
import java.util.List;

/**
 * The two forms of an expected attribute: an operator with its values, or a value or its absence.
 */
final class ExpectedConditions {
    private ExpectedConditions() {}

    static Condition condition(String attribute, ExpectedAttribute expected) {
        if (expected.operator().isPresent() && expected.exists().isPresent()) {
            throw invalid("Exists and ComparisonOperator cannot be used together", attribute);
        }
        if (expected.value().isPresent() && expected.values().isPresent()) {
            throw invalid("Value and AttributeValueList cannot be used together", attribute);
        }
        if (expected.operator().isPresent()) {
            return withOperator(attribute, expected, expected.operator().get());
        }
        if (expected.values().isPresent()) {
            throw invalid(
                    "AttributeValueList can only be used with a ComparisonOperator", attribute);
        }
        return withoutOperator(attribute, expected);
    }

    private static Condition withOperator(
            String attribute, ExpectedAttribute expected, ComparisonOperator operator) {
        boolean needsValues =
                operator != ComparisonOperator.NULL && operator != ComparisonOperator.NOT_NULL;
        if (needsValues && expected.value().isEmpty() && expected.values().isEmpty()) {
            throw invalid(
                    "Value or AttributeValueList must be used with ComparisonOperator: " + operator,
                    attribute);
        }
        List<AttributeValue> values =
                expected.values().orElseGet(() -> expected.value().stream().toList());
        ArgumentChecks.check(operator, values);
        return LegacyConditions.condition(attribute, operator, values);
    }

    private static Condition withoutOperator(String attribute, ExpectedAttribute expected) {
        DocumentPath path = DocumentPath.of(attribute);
        if (expected.exists().orElse(true)) {
            AttributeValue value =
                    expected.value()
                            .orElseThrow(() ->
                                    invalid(
                                            "Value must be provided when Exists is "
                                                    + (expected.exists().isPresent()
                                                            ? "true"
                                                            : "null"),
                                            attribute));
            return new Condition.Comparison(
                    Comparator.EQ, new Operand.Path(path), new Operand.Constant(value));
        }
        if (expected.value().isPresent()) {
            throw invalid("Value cannot be used when Exists is false", attribute);
        }
        return new Condition.AttributeNotExists(path);
    }

    private static ApiException invalid(String problem, String attribute) {
        return ApiException.validation(
                Messages.INVALID_PARAMETERS + problem + " for Attribute: " + attribute);
    }
}
