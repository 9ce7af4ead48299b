package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.UnboundKeyCondition.Clause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a key condition of a KeyConditionExpression. The grammar is that of all conditions; what a
 * query can not use is refused here, with messages of its own.
 */
final class KeyConditionReader {
    private final List<Clause> clauses = new ArrayList<>();

    private KeyConditionReader() {}

    static UnboundKeyCondition read(Condition condition) {
        KeyConditionReader reader = new KeyConditionReader();
        reader.add(condition);
        return new UnboundKeyCondition(UnboundKeyCondition.Form.EXPRESSION, reader.clauses);
    }

    private void add(Condition condition) {
        switch (condition) {
            case Condition.And(List<Condition> terms) -> terms.forEach(this::add);
            case Condition.Comparison comparison -> addComparison(comparison);
            case Condition.Between(Operand value, Operand low, Operand high) -> {
                String attribute = leftAttribute("BETWEEN", value);
                addClause(new KeyCondition.Between(attribute, constant(low), constant(high)));
            }
            case Condition.BeginsWith(Operand value, Operand prefix) -> {
                String attribute = leftAttribute("begins_with", value);
                addClause(new KeyCondition.BeginsWith(attribute, constant(prefix)));
            }
            case Condition.Or ignored -> throw invalidOperator("OR");
            case Condition.Not ignored -> throw invalidOperator("NOT");
            case Condition.In ignored -> throw invalidOperator("IN");
            case Condition.AttributeExists ignored -> throw invalidOperator("attribute_exists");
            case Condition.AttributeNotExists ignored ->
                    throw invalidOperator("attribute_not_exists");
            case Condition.AttributeType ignored -> throw invalidOperator("attribute_type");
            case Condition.Contains ignored -> throw invalidOperator("contains");
        }
    }

    private void addComparison(Condition.Comparison comparison) {
        Comparator comparator = comparison.comparator();
        if (comparator == Comparator.NE) {
            throw invalidOperator(comparator.symbol());
        }
        refuseNesting(comparison.left());
        refuseNesting(comparison.right());
        String left = attribute(comparison.left());
        String right = attribute(comparison.right());
        if (left != null && right != null) {
            throw multipleNames();
        }
        if (left != null) {
            addClause(clause(comparator, left, constant(comparison.right())));
        } else if (right != null) {
            addClause(clause(comparator.reversed(), right, constant(comparison.left())));
        } else {
            throw invalidCondition("No key attribute specified");
        }
    }

    private static KeyCondition.OnAttribute clause(
            Comparator comparator, String attribute, AttributeValue value) {
        return switch (comparator) {
            case EQ -> new KeyCondition.Equal(attribute, value);
            case LT -> new KeyCondition.LessThan(attribute, value);
            case LE -> new KeyCondition.LessOrEqual(attribute, value);
            case GT -> new KeyCondition.GreaterThan(attribute, value);
            case GE -> new KeyCondition.GreaterOrEqual(attribute, value);
            case NE -> throw invalidOperator(comparator.symbol());
        };
    }

    private void addClause(KeyCondition.OnAttribute condition) {
        for (Clause clause : clauses) {
            if (clause.attribute().equals(condition.attribute())) {
                throw ApiException.validation(
                        "Invalid KeyConditionExpression: KeyConditionExpressions must only contain"
                                + " one condition per key");
            }
        }
        clauses.add(Clause.of(condition));
    }

    private static String leftAttribute(String operator, Operand operand) {
        refuseNesting(operand);
        String attribute = attribute(operand);
        if (attribute == null) {
            throw invalidCondition(
                    operator + " operator must have the key attribute as its first operand");
        }
        return attribute;
    }

    private static void refuseNesting(Operand operand) {
        if (operand instanceof Operand.Size) {
            throw ApiException.validation(
                    "KeyConditionExpressions cannot contain nested operations");
        }
    }

    private static @Nullable String attribute(Operand operand) {
        if (!(operand instanceof Operand.Path(DocumentPath path))) {
            return null;
        }
        if (!path.isTopLevel()) {
            throw ApiException.validation(
                    "KeyConditionExpressions cannot have conditions on nested attributes");
        }
        return path.attribute();
    }

    private static AttributeValue constant(Operand operand) {
        refuseNesting(operand);
        if (operand instanceof Operand.Constant(AttributeValue value)) {
            return value;
        }
        throw multipleNames();
    }

    private static ApiException multipleNames() {
        return invalidCondition("Multiple attribute names used in one condition");
    }

    private static ApiException invalidOperator(String operator) {
        return ApiException.validation(
                "Invalid operator used in KeyConditionExpression: " + operator);
    }

    private static ApiException invalidCondition(String problem) {
        return ApiException.validation("Invalid condition in KeyConditionExpression: " + problem);
    }
}
