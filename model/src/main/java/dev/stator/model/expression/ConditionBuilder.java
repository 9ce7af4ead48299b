package dev.stator.model.expression;

import static dev.stator.model.expression.OperandTypes.notDistinct;
import static dev.stator.model.expression.OperandTypes.wrongType;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import java.util.List;

/**
 * Makes conditions of operators and operands, however these were written: of expressions and of
 * statements. What the operands of an operator must not be is found when they are put together, and
 * the first of it is thrown in the end.
 */
public final class ConditionBuilder {
    private static final int MAX_OPERATORS = 300;
    private static final int MAX_IN_OPERANDS = 100;

    private final Problems problems;
    private final ConditionFunctions functions;
    private int operators;

    ConditionBuilder(Problems problems) {
        this.problems = problems;
        functions = new ConditionFunctions(problems);
    }

    /** For the condition of a statement, where messages do not say which expression is meant. */
    public static ConditionBuilder forStatement() {
        return new ConditionBuilder(new Problems(ExpressionKind.STATEMENT));
    }

    /** Whether there is a function of that name. */
    public static boolean isFunction(String name) {
        return ConditionFunctions.isKnown(name);
    }

    /** Whether a function gives a value, and not a condition. */
    public static boolean givesValue(String function) {
        return function.equals(ConditionFunctions.SIZE);
    }

    /**
     * To be called in the end.
     *
     * @throws ApiException (validation) if something was wrong
     */
    public void refuseAny() {
        problems.refuseAny();
    }

    /** One more operator; AND, OR and NOT count as well. */
    public void count() {
        operators++;
        if (operators == MAX_OPERATORS + 1) {
            problems.meaning(
                    "The expression contains too many operators; operator count: " + operators);
        }
    }

    public Condition comparison(Comparator comparator, Operand left, Operand right) {
        String symbol = comparator.symbol();
        if (comparator != Comparator.EQ && comparator != Comparator.NE) {
            requireOrder(symbol, left);
            requireOrder(symbol, right);
        }
        requireDistinct(symbol, left, right);
        count();
        return new Condition.Comparison(comparator, left, right);
    }

    public Condition between(Operand value, Operand low, Operand high) {
        requireOrder("BETWEEN", value);
        requireOrder("BETWEEN", low);
        requireOrder("BETWEEN", high);
        requireDistinct("BETWEEN", value, low);
        requireDistinct("BETWEEN", value, high);
        if (low instanceof Operand.Constant(AttributeValue lowest)
                && high instanceof Operand.Constant(AttributeValue highest)) {
            checkBounds(lowest, highest);
        }
        count();
        return new Condition.Between(value, low, high);
    }

    public Condition in(Operand value, List<Operand> candidates) {
        for (Operand candidate : candidates) {
            requireDistinct("IN", value, candidate);
        }
        if (candidates.size() > MAX_IN_OPERANDS) {
            problems.meaning(
                    "The IN operator is provided with too many operands; number of operands: "
                            + candidates.size());
        }
        count();
        return new Condition.In(value, candidates);
    }

    /** A call of a function that gives a condition. It is not counted. */
    public Condition test(String function, List<Operand> operands) {
        return functions.test(function, operands);
    }

    /** A call of size. It is not counted. */
    public Operand size(List<Operand> operands) {
        return functions.size(operands);
    }

    private void checkBounds(AttributeValue low, AttributeValue high) {
        String problem = null;
        if (!low.typeName().equals(high.typeName())) {
            problem = "same data type for lower and upper bounds";
        } else if (ValueOrder.areComparable(low, high) && ValueOrder.compare(low, high) > 0) {
            problem = "upper bound to be greater than or equal to lower bound";
        }
        if (problem != null) {
            problems.meaning(
                    "The BETWEEN operator requires "
                            + problem
                            + "; lower bound operand: AttributeValue: "
                            + Values.describe(low)
                            + ", upper bound operand: AttributeValue: "
                            + Values.describe(high));
        }
    }

    private void requireOrder(String operator, Operand operand) {
        if (operand instanceof Operand.Constant(AttributeValue value)
                && !ValueOrder.isOrdered(value)) {
            problems.meaning(wrongType(operator, value.typeName()));
        }
        if (operand instanceof Operand.Truth) {
            problems.meaning(wrongType(operator, "BOOL"));
        }
    }

    /** A path is never compared with itself; constants and sizes may be. */
    private void requireDistinct(String operator, Operand first, Operand other) {
        if (first instanceof Operand.Path(DocumentPath path) && first.equals(other)) {
            problems.meaning(notDistinct(operator, path));
        }
    }
}
