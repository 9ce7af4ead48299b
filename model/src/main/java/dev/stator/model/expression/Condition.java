package dev.stator.model.expression;

import java.util.List;

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
}
