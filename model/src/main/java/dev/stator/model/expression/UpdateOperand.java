package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import java.util.function.Consumer;

/** The right side of a SET action. Paths read the item as it was before the update. */
public sealed interface UpdateOperand {

    record Path(DocumentPath path) implements UpdateOperand {}

    record Constant(AttributeValue value) implements UpdateOperand {}

    record IfNotExists(DocumentPath path, UpdateOperand otherwise) implements UpdateOperand {}

    record ListAppend(UpdateOperand first, UpdateOperand second) implements UpdateOperand {}

    record Plus(UpdateOperand left, UpdateOperand right) implements UpdateOperand {}

    record Minus(UpdateOperand left, UpdateOperand right) implements UpdateOperand {}

    /** Gives every path that is read. */
    default void forEachPath(Consumer<DocumentPath> action) {
        switch (this) {
            case Path(DocumentPath path) -> action.accept(path);
            case Constant ignored -> {}
            case IfNotExists(DocumentPath path, UpdateOperand otherwise) -> {
                action.accept(path);
                otherwise.forEachPath(action);
            }
            case ListAppend(UpdateOperand first, UpdateOperand second) -> {
                first.forEachPath(action);
                second.forEachPath(action);
            }
            case Plus(UpdateOperand left, UpdateOperand right) -> {
                left.forEachPath(action);
                right.forEachPath(action);
            }
            case Minus(UpdateOperand left, UpdateOperand right) -> {
                left.forEachPath(action);
                right.forEachPath(action);
            }
        }
    }
}
