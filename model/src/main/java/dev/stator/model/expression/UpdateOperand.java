package dev.stator.model.expression;

import dev.stator.model.AttributeValue;

/** The right side of a SET action. Paths read the item as it was before the update. */
public sealed interface UpdateOperand {

    record Path(DocumentPath path) implements UpdateOperand {}

    record Constant(AttributeValue value) implements UpdateOperand {}

    record IfNotExists(DocumentPath path, UpdateOperand otherwise) implements UpdateOperand {}

    record ListAppend(UpdateOperand first, UpdateOperand second) implements UpdateOperand {}

    record Plus(UpdateOperand left, UpdateOperand right) implements UpdateOperand {}

    record Minus(UpdateOperand left, UpdateOperand right) implements UpdateOperand {}
}
