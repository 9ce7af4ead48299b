package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates conditions. An operand that the item does not have makes every comparison false, but
 * for {@code <>}, which is then true; so does a value of a type that the operator does not know.
 * Neither is an error: what can be refused is refused when the expression is parsed.
 */
final class ConditionEvaluator {
    private ConditionEvaluator() {}

    static boolean matches(Condition condition, Item item) {
        return switch (condition) {
            case Condition.And(List<Condition> terms) -> all(terms, item);
            case Condition.Or(List<Condition> terms) -> any(terms, item);
            case Condition.Not(Condition term) -> !matches(term, item);
            case Condition.Comparison(var comparator, var left, var right) ->
                    compare(comparator, value(left, item), value(right, item));
            case Condition.Between(var value, var low, var high) -> {
                AttributeValue operand = value(value, item);
                yield compare(Comparator.GE, operand, value(low, item))
                        && compare(Comparator.LE, operand, value(high, item));
            }
            case Condition.In(var value, var candidates) ->
                    isAmong(value(value, item), candidates, item);
            case Condition.AttributeExists(DocumentPath path) -> path.resolve(item) != null;
            case Condition.AttributeNotExists(DocumentPath path) -> path.resolve(item) == null;
            case Condition.AttributeType(Operand operand, String typeName) -> {
                AttributeValue value = value(operand, item);
                yield value != null && value.typeName().equals(typeName);
            }
            case Condition.BeginsWith(Operand operand, Operand prefix) -> {
                AttributeValue value = value(operand, item);
                AttributeValue start = value(prefix, item);
                yield value != null && start != null && Values.beginsWith(value, start);
            }
            case Condition.Contains(Operand container, Operand content) -> {
                AttributeValue whole = value(container, item);
                AttributeValue part = value(content, item);
                yield whole != null && part != null && Values.contains(whole, part);
            }
        };
    }

    private static boolean all(List<Condition> terms, Item item) {
        for (int i = 0; i < terms.size(); i++) {
            if (!matches(terms.get(i), item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(List<Condition> terms, Item item) {
        for (int i = 0; i < terms.size(); i++) {
            if (matches(terms.get(i), item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAmong(
            @Nullable AttributeValue value, List<Operand> candidates, Item item) {
        if (value == null) {
            return false;
        }
        for (int i = 0; i < candidates.size(); i++) {
            if (value.equals(value(candidates.get(i), item))) {
                return true;
            }
        }
        return false;
    }

    private static boolean compare(
            Comparator comparator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
        if (left == null || right == null) {
            return comparator == Comparator.NE;
        }
        return switch (comparator) {
            case EQ -> left.equals(right);
            case NE -> !left.equals(right);
            case LT -> ValueOrder.areComparable(left, right) && ValueOrder.compare(left, right) < 0;
            case LE ->
                    ValueOrder.areComparable(left, right) && ValueOrder.compare(left, right) <= 0;
            case GT -> ValueOrder.areComparable(left, right) && ValueOrder.compare(left, right) > 0;
            case GE ->
                    ValueOrder.areComparable(left, right) && ValueOrder.compare(left, right) >= 0;
        };
    }

    private static @Nullable AttributeValue value(Operand operand, Item item) {
        return switch (operand) {
            case Operand.Path(DocumentPath path) -> path.resolve(item);
            case Operand.Constant(AttributeValue value) -> value;
            case Operand.Size(Operand of) -> {
                AttributeValue value = value(of, item);
                int size = value == null ? -1 : Values.size(value);
                yield size < 0 ? null : new AttributeValue.N(DecimalNumber.of(size));
            }
            case Operand.Truth(Condition condition) ->
                    new AttributeValue.Bool(matches(condition, item));
        };
    }
}
