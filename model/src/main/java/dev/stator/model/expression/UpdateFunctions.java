package dev.stator.model.expression;

import static dev.stator.model.expression.OperandTypes.misplacedFunction;
import static dev.stator.model.expression.OperandTypes.needsPath;
import static dev.stator.model.expression.OperandTypes.notDistinct;
import static dev.stator.model.expression.OperandTypes.unknownFunction;
import static dev.stator.model.expression.OperandTypes.wrongNumber;
import static dev.stator.model.expression.OperandTypes.wrongType;

import dev.stator.model.AttributeValue;
import java.util.List;

/** The functions and operators of updates (developer guide, "Update expressions"). */
final class UpdateFunctions {
    private static final String IF_NOT_EXISTS = "if_not_exists";
    static final String LIST_APPEND = "list_append";

    /** Stands in for a call with a problem. */
    private static final UpdateOperand NO_OPERAND =
            new UpdateOperand.Constant(AttributeValue.Null.INSTANCE);

    private final Problems problems;

    UpdateFunctions(Problems problems) {
        this.problems = problems;
    }

    static boolean isKnown(String function) {
        return function.equals(IF_NOT_EXISTS) || function.equals(LIST_APPEND);
    }

    void checkName(String function, int position) {
        if (isKnown(function)) {
            return;
        }
        problems.usage(
                position,
                ConditionFunctions.isKnown(function)
                        ? "The function is not allowed in an update expression; function: "
                                + function
                        : unknownFunction(function));
    }

    /** Appending is only allowed as the whole value of SET, not inside of something else. */
    void checkPlacement(UpdateOperand operand, int position) {
        if (operand instanceof UpdateOperand.ListAppend) {
            problems.usage(position, misplacedFunction(LIST_APPEND));
        }
    }

    UpdateOperand call(String function, List<UpdateOperand> operands) {
        if (operands.size() != 2) {
            problems.meaning(wrongNumber(function, operands.size()));
            // A misplaced call is reported as such, whatever its operands are.
            return function.equals(LIST_APPEND)
                    ? new UpdateOperand.ListAppend(NO_OPERAND, NO_OPERAND)
                    : NO_OPERAND;
        }
        UpdateOperand first = operands.getFirst();
        UpdateOperand second = operands.getLast();
        if (function.equals(LIST_APPEND)) {
            requireList(first);
            requireList(second);
            return new UpdateOperand.ListAppend(first, second);
        }
        return ifNotExists(function, first, second);
    }

    private UpdateOperand ifNotExists(String function, UpdateOperand first, UpdateOperand second) {
        if (!(first instanceof UpdateOperand.Path(DocumentPath path))) {
            problems.meaning(needsPath(function));
            return NO_OPERAND;
        }
        if (first.equals(second)) {
            problems.meaning(notDistinct(function, path));
        }
        return new UpdateOperand.IfNotExists(path, second);
    }

    private void requireList(UpdateOperand operand) {
        if (operand instanceof UpdateOperand.Constant(AttributeValue value)
                && !(value instanceof AttributeValue.L)) {
            problems.meaning(wrongType(LIST_APPEND, value.typeName()));
        }
    }

    UpdateOperand arithmetic(TokenKind operator, UpdateOperand left, UpdateOperand right) {
        String symbol = operator == TokenKind.PLUS ? "+" : "-";
        requireNumber(symbol, left);
        requireNumber(symbol, right);
        return operator == TokenKind.PLUS
                ? new UpdateOperand.Plus(left, right)
                : new UpdateOperand.Minus(left, right);
    }

    private void requireNumber(String operator, UpdateOperand operand) {
        if (operand instanceof UpdateOperand.Constant(AttributeValue value)
                && !(value instanceof AttributeValue.N)) {
            problems.meaning(wrongType(operator, value.typeName()));
        }
    }

    /** The value of an ADD or DELETE action. */
    UpdateOperand constant(TokenKind section, AttributeValue value) {
        boolean isAllowed =
                OperandTypes.isSet(value)
                        || (section == TokenKind.ADD && value instanceof AttributeValue.N);
        if (!isAllowed) {
            problems.meaning(
                    "Incorrect operand type for operator or function; operator: "
                            + section.name()
                            + ", operand type: "
                            + longTypeName(value)
                            + ", typeSet: ALLOWED_FOR_"
                            + section.name()
                            + "_OPERAND");
        }
        return new UpdateOperand.Constant(value);
    }

    /** ADD and DELETE alone call the types so. */
    private static String longTypeName(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S ignored -> "STRING";
            case AttributeValue.N ignored -> "NUMBER";
            case AttributeValue.B ignored -> "BINARY";
            case AttributeValue.Bool ignored -> "BOOLEAN";
            case AttributeValue.Null ignored -> "NULL";
            case AttributeValue.L ignored -> "LIST";
            case AttributeValue.M ignored -> "MAP";
            case AttributeValue.StringSet ignored -> "STRING_SET";
            case AttributeValue.NumberSet ignored -> "NUMBER_SET";
            case AttributeValue.BinarySet ignored -> "BINARY_SET";
        };
    }
}
