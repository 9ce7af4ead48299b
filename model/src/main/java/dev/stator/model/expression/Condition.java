package dev.stator.model.expression;

import dev.stator.model.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A condition or filter on an item: of a ConditionExpression, a FilterExpression, or their legacy
 * forms (API reference, "Condition and filter expressions"). Names and values are resolved, so that
 * this is all that has to travel to where the item is.
 */
public sealed interface Condition {

    /** Holds when every term holds; terms are evaluated in order. */
    record And(List<Condition> terms) implements Condition {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /** Holds when at least one term holds; terms are evaluated in order. */
    record Or(List<Condition> terms) implements Condition {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    record Not(Condition term) implements Condition {}

    record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {}

    record Between(Operand value, Operand low, Operand high) implements Condition {}

    record In(Operand value, List<Operand> candidates) implements Condition {
        public In {
            candidates = List.copyOf(candidates);
        }
    }

    record AttributeExists(DocumentPath path) implements Condition {}

    record AttributeNotExists(DocumentPath path) implements Condition {}

    /** Holds when the value has the type: S, SS, N, NS, B, BS, BOOL, NULL, L or M. */
    record AttributeType(Operand value, String typeName) implements Condition {}

    record BeginsWith(Operand value, Operand prefix) implements Condition {}

    record Contains(Operand container, Operand content) implements Condition {}

    /** True if the item, which is null if there is none, meets the condition. */
    default boolean matches(@Nullable Item item) {
        return ConditionEvaluator.matches(this, item == null ? Item.EMPTY : item);
    }

    /** Every path of the condition, from left to right. */
    default List<DocumentPath> paths() {
        List<DocumentPath> paths = new ArrayList<>();
        forEachPath(paths::add);
        return paths;
    }

    /** Gives every path of the condition, from left to right. */
    default void forEachPath(Consumer<DocumentPath> action) {
        switch (this) {
            case And(List<Condition> terms) -> terms.forEach(term -> term.forEachPath(action));
            case Or(List<Condition> terms) -> terms.forEach(term -> term.forEachPath(action));
            case Not(Condition term) -> term.forEachPath(action);
            case Comparison(var ignored, Operand left, Operand right) -> {
                left.forEachPath(action);
                right.forEachPath(action);
            }
            case Between(Operand value, Operand low, Operand high) -> {
                value.forEachPath(action);
                low.forEachPath(action);
                high.forEachPath(action);
            }
            case In(Operand value, List<Operand> candidates) -> {
                value.forEachPath(action);
                candidates.forEach(candidate -> candidate.forEachPath(action));
            }
            case AttributeExists(DocumentPath path) -> action.accept(path);
            case AttributeNotExists(DocumentPath path) -> action.accept(path);
            case AttributeType(Operand value, String ignored) -> value.forEachPath(action);
            case BeginsWith(Operand value, Operand prefix) -> {
                value.forEachPath(action);
                prefix.forEachPath(action);
            }
            case Contains(Operand container, Operand content) -> {
                container.forEachPath(action);
                content.forEachPath(action);
            }
        }
    }
}
