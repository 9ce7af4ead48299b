package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import java.util.List;

/**
 * What an update does to an item: of an UpdateExpression or of the legacy AttributeUpdates (API
 * reference, "Update expressions"). Names and values are resolved, so that this is all that has to
 * travel to where the item is. No two paths overlap.
 */
public record UpdateExpression(
        Origin origin,
        List<SetAction> sets,
        List<RemoveAction> removes,
        List<AddAction> adds,
        List<DeleteAction> deletes) {

    /** Where the update came from; the two forms word their errors differently. */
    public enum Origin {
        EXPRESSION,
        ATTRIBUTE_UPDATES
    }

    /** An update without any action: it makes sure that the item exists. */
    public static final UpdateExpression EMPTY =
            new UpdateExpression(Origin.EXPRESSION, List.of(), List.of(), List.of(), List.of());

    public record SetAction(DocumentPath path, UpdateOperand value) {}

    public record RemoveAction(DocumentPath path) {}

    /**
     * Adds a number to a number, members to a set, or (ATTRIBUTE_UPDATES only) elements to the end
     * of a list.
     */
    public record AddAction(DocumentPath path, AttributeValue value) {}

    /** Removes members from a set. */
    public record DeleteAction(DocumentPath path, AttributeValue value) {}

    public UpdateExpression {
        sets = List.copyOf(sets);
        removes = List.copyOf(removes);
        adds = List.copyOf(adds);
        deletes = List.copyOf(deletes);
    }
}
