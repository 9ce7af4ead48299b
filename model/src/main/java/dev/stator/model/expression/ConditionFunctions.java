package dev.stator.model.expression;

import static dev.stator.model.expression.OperandTypes.needsPath;
import static dev.stator.model.expression.OperandTypes.notDistinct;
import static dev.stator.model.expression.OperandTypes.wrongNumber;
import static dev.stator.model.expression.OperandTypes.wrongType;

import dev.stator.model.AttributeValue;
import java.util.List;
import java.util.Set;

/**
 * The functions of conditions (developer guide, "Condition and filter expressions, operators, and
 * functions"). Their names are case-sensitive.
 */
final class ConditionFunctions {
    static final String SIZE = "size";
    private static final String ATTRIBUTE_EXISTS = "attribute_exists";
    private static final String ATTRIBUTE_NOT_EXISTS = "attribute_not_exists";
    private static final String ATTRIBUTE_TYPE = "attribute_type";
    private static final String BEGINS_WITH = "begins_with";
    private static final String CONTAINS = "contains";

    /** Only asked whether it contains a name, so that its order does not matter. */
    private static final Set<String> NAMES =
            Set.of(
                    SIZE,
                    ATTRIBUTE_EXISTS,
                    ATTRIBUTE_NOT_EXISTS,
                    ATTRIBUTE_TYPE,
                    BEGINS_WITH,
                    CONTAINS);

    static boolean isKnown(String function) {
        return NAMES.contains(function);
    }

    /** What is wrong with a function that is not known. */
    static String unknown(String function) {
        return UpdateFunctions.isKnown(function)
                ? "The function is not allowed in a condition expression; function: " + function
                : OperandTypes.unknownFunction(function);
    }

    private static final List<String> TYPE_NAMES =
            List.of("N", "BS", "L", "B", "NULL", "M", "S", "SS", "NS", "BOOL");

    /** Stands in for a call with a problem. */
    private static final Condition NO_CONDITION = new Condition.And(List.of());

    private static final Operand NO_OPERAND = new Operand.Constant(AttributeValue.Null.INSTANCE);

    private final Problems problems;

    ConditionFunctions(Problems problems) {
        this.problems = problems;
    }

    Operand size(List<Operand> operands) {
        if (operands.size() != 1) {
            problems.meaning(wrongNumber(SIZE, operands.size()));
            return NO_OPERAND;
        }
        Operand of = operands.getFirst();
        if (of instanceof Operand.Truth) {
            problems.meaning(wrongType(SIZE, "BOOL"));
        } else if (of instanceof Operand.Size) {
            problems.meaning(wrongType(SIZE, "N"));
        } else if (of instanceof Operand.Constant(AttributeValue value)
                && !OperandTypes.hasSize(value)) {
            problems.meaning(wrongType(SIZE, value.typeName()));
        }
        return new Operand.Size(of);
    }

    /** A call of any function but size. */
    Condition test(String function, List<Operand> operands) {
        boolean isUnary =
                function.equals(ATTRIBUTE_EXISTS) || function.equals(ATTRIBUTE_NOT_EXISTS);
        if (operands.size() != (isUnary ? 1 : 2)) {
            problems.meaning(wrongNumber(function, operands.size()));
            return NO_CONDITION;
        }
        Operand first = operands.getFirst();
        if (isUnary) {
            return existence(function, first);
        }
        Operand second = operands.getLast();
        if (first instanceof Operand.Path(DocumentPath path) && first.equals(second)) {
            problems.meaning(notDistinct(function, path));
        }
        return switch (function) {
            case ATTRIBUTE_TYPE -> attributeType(first, second);
            case BEGINS_WITH -> beginsWith(first, second);
            default -> new Condition.Contains(first, second);
        };
    }

    private Condition existence(String function, Operand operand) {
        if (!(operand instanceof Operand.Path(DocumentPath path))) {
            problems.meaning(needsPath(function));
            return NO_CONDITION;
        }
        return function.equals(ATTRIBUTE_EXISTS)
                ? new Condition.AttributeExists(path)
                : new Condition.AttributeNotExists(path);
    }

    private Condition attributeType(Operand value, Operand type) {
        if (!(type instanceof Operand.Constant(AttributeValue.S(String typeName)))) {
            String actual =
                    switch (type) {
                        case Operand.Constant(AttributeValue constant) -> constant.typeName();
                        case Operand.Size ignored -> "N";
                        case Operand.Truth ignored -> "BOOL";
                        case Operand.Path ignored -> "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";
                    };
            problems.meaning(wrongType(ATTRIBUTE_TYPE, actual));
            return NO_CONDITION;
        }
        if (!TYPE_NAMES.contains(typeName)) {
            problems.meaning(
                    "Invalid attribute type name found; type: "
                            + typeName
                            + ", valid types: {"
                            + String.join(",", TYPE_NAMES)
                            + '}');
        }
        return new Condition.AttributeType(value, typeName);
    }

    private Condition beginsWith(Operand value, Operand prefix) {
        requireText(value);
        requireText(prefix);
        return new Condition.BeginsWith(value, prefix);
    }

    private void requireText(Operand operand) {
        switch (operand) {
            case Operand.Path ignored -> {}
            case Operand.Size ignored -> problems.meaning(wrongType(BEGINS_WITH, "N"));
            case Operand.Truth ignored -> problems.meaning(wrongType(BEGINS_WITH, "BOOL"));
            case Operand.Constant(AttributeValue value) -> {
                if (!(value instanceof AttributeValue.S || value instanceof AttributeValue.B)) {
                    problems.meaning(wrongType(BEGINS_WITH, value.typeName()));
                }
            }
        }
    }
}
