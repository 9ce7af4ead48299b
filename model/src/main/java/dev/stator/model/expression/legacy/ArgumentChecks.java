package dev.stator.model.expression.legacy;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.ValueOrder;
import java.util.List;

/** What the operators of legacy conditions demand of their arguments. */
final class ArgumentChecks {
    private ArgumentChecks() {}

    static void check(ComparisonOperator operator, List<AttributeValue> values) {
        if (!isRightNumber(operator, values.size())) {
            throw ApiException.validation(
                    Messages.INVALID_PARAMETERS
                            + "Invalid number of argument(s) for the "
                            + operator
                            + " ComparisonOperator");
        }
        for (AttributeValue value : values) {
            if (!isRightType(operator, value)) {
                throw ApiException.validation(
                        Messages.INVALID_PARAMETERS
                                + "ComparisonOperator "
                                + operator
                                + " is not valid for "
                                + value.typeName()
                                + " AttributeValue type");
            }
        }
        for (AttributeValue value : values) {
            if (!value.typeName().equals(values.getFirst().typeName())) {
                throw ApiException.validation(
                        Messages.INVALID_PARAMETERS
                                + "AttributeValues inside AttributeValueList must be of same type");
            }
        }
        if (operator == ComparisonOperator.BETWEEN
                && ValueOrder.compare(values.getFirst(), values.getLast()) > 0) {
            throw ApiException.validation(
                    "The BETWEEN condition was provided a range where the lower bound is greater"
                            + " than the upper bound");
        }
    }

    private static boolean isRightNumber(ComparisonOperator operator, int number) {
        return switch (operator) {
            case NULL, NOT_NULL -> number == 0;
            case IN -> number >= 1;
            case BETWEEN -> number == 2;
            default -> number == 1;
        };
    }

    private static boolean isRightType(ComparisonOperator operator, AttributeValue value) {
        return switch (operator) {
            case EQ, NE, NULL, NOT_NULL -> true;
            case LE, LT, GE, GT, IN, BETWEEN -> ValueOrder.isOrdered(value);
            case CONTAINS, NOT_CONTAINS ->
                    ValueOrder.isOrdered(value)
                            || value instanceof AttributeValue.Bool
                            || value instanceof AttributeValue.Null;
            case BEGINS_WITH ->
                    value instanceof AttributeValue.S || value instanceof AttributeValue.B;
        };
    }
}
