package dev.stator.model.expression;

import dev.stator.model.AttributeValue;

/** What the type of a constant allows, and how messages call types and numbers of operands. */
final class OperandTypes {
    private OperandTypes() {}

    static boolean isSet(AttributeValue value) {
        return switch (value) {
            case AttributeValue.StringSet ignored -> true;
            case AttributeValue.NumberSet ignored -> true;
            case AttributeValue.BinarySet ignored -> true;
            default -> false;
        };
    }

    /** True for what size() can be taken of. */
    static boolean hasSize(AttributeValue value) {
        return switch (value) {
            case AttributeValue.N ignored -> false;
            case AttributeValue.Bool ignored -> false;
            case AttributeValue.Null ignored -> false;
            default -> true;
        };
    }

    static String wrongType(String operator, String type) {
        return "Incorrect operand type for operator or function; operator or function: "
                + operator
                + ", operand type: "
                + type;
    }

    static String wrongNumber(String operator, int operands) {
        return "Incorrect number of operands for operator or function; operator or function: "
                + operator
                + ", number of operands: "
                + operands;
    }

    static String notDistinct(String operator, DocumentPath first) {
        return "The first operand must be distinct from the remaining operands for this operator or"
                + " function; operator: "
                + operator
                + ", first operand: "
                + first;
    }

    static String needsPath(String function) {
        return "Operator or function requires a document path; operator or function: " + function;
    }

    static String unknownFunction(String function) {
        return "Invalid function name; function: " + function;
    }

    static String misplacedFunction(String function) {
        return "The function is not allowed to be used this way in an expression; function: "
                + function;
    }
}
