package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.ItemSize;
import dev.stator.model.Utf8;

/**
 * How large UpdateItem takes an expression to be, whatever the item: it may be no larger than an
 * item may be. Not documented; found by bisecting the size at which the service refuses updates
 * (October 2026, eu-west-2):
 *
 * <pre>
 * the update                       3
 * SET target = operand             19 + target + operand
 * ADD target value                 19 + target + value
 * REMOVE target, DELETE target     1 + target
 *
 * target                           its first name, and for each element 4 + the element
 * operand: a path                  1, and for each name and element 14 + the name or element
 *          a value                 its size
 *          x + y                   34 + x + y
 *          x - y                   37 + x + y
 *          list_append(x, y)       37 + x + y
 *          if_not_exists(path, y)  39 + path + y
 * </pre>
 *
 * Names count their bytes, list indexes their digits. The legacy AttributeUpdates are not charged.
 */
public final class UpdateCharge {
    private UpdateCharge() {}

    /** The bytes of an expression. */
    public static long of(UpdateExpression update) {
        long bytes = 3;
        for (UpdateExpression.SetAction set : update.sets()) {
            bytes += 19 + target(set.path()) + operand(set.value());
        }
        for (UpdateExpression.AddAction add : update.adds()) {
            bytes += 19 + target(add.path()) + size(add.value());
        }
        for (UpdateExpression.RemoveAction remove : update.removes()) {
            bytes += 1 + target(remove.path());
        }
        for (UpdateExpression.DeleteAction delete : update.deletes()) {
            bytes += 1 + target(delete.path());
        }
        return bytes;
    }

    private static long target(DocumentPath path) {
        long bytes = Utf8.length(path.attribute());
        for (DocumentPath.Element element : path.elements()) {
            bytes += 4 + element(element);
        }
        return bytes;
    }

    private static long operand(UpdateOperand operand) {
        return switch (operand) {
            case UpdateOperand.Path(DocumentPath path) -> read(path);
            case UpdateOperand.Constant(AttributeValue value) -> size(value);
            case UpdateOperand.Plus(UpdateOperand left, UpdateOperand right) ->
                    34 + operand(left) + operand(right);
            case UpdateOperand.Minus(UpdateOperand left, UpdateOperand right) ->
                    37 + operand(left) + operand(right);
            case UpdateOperand.ListAppend(UpdateOperand first, UpdateOperand second) ->
                    37 + operand(first) + operand(second);
            case UpdateOperand.IfNotExists(DocumentPath path, UpdateOperand otherwise) ->
                    39 + read(path) + operand(otherwise);
        };
    }

    private static long read(DocumentPath path) {
        long bytes = 15L + Utf8.length(path.attribute());
        for (DocumentPath.Element element : path.elements()) {
            bytes += 14 + element(element);
        }
        return bytes;
    }

    private static int element(DocumentPath.Element element) {
        return switch (element) {
            case DocumentPath.Element.Attribute(String name) -> Utf8.length(name);
            case DocumentPath.Element.Index(int index) -> Integer.toString(index).length();
        };
    }

    private static int size(AttributeValue value) {
        return ItemSize.of(value);
    }
}
