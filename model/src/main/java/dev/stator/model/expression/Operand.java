package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import java.util.function.Consumer;

/** What a condition compares. */
public sealed interface Operand {

    /** The value at a path of the item; absent if the item has none there. */
    record Path(DocumentPath path) implements Operand {}

    /** A value given with the request. */
    record Constant(AttributeValue value) implements Operand {}

    /**
     * The size of another operand as a number: characters of a string (UTF-16 code units), bytes of
     * a binary, elements of a set, list or map; absent for every other type.
     */
    record Size(Operand of) implements Operand {}

    /** Whether a condition holds, as a boolean; only statements have this. */
    record Truth(Condition condition) implements Operand {}

    /** Gives every path of the operand. */
    default void forEachPath(Consumer<DocumentPath> action) {
        switch (this) {
            case Path(DocumentPath path) -> action.accept(path);
            case Constant ignored -> {}
            case Size(Operand of) -> of.forEachPath(action);
            case Truth(Condition condition) -> condition.forEachPath(action);
        }
    }
}
