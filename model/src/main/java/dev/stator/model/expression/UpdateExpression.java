package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * Where the update came from. AttributeUpdates word their errors differently, and the room that
     * UpdateItem wants beside the item is not wanted of a statement.
     */
    public enum Origin {
        EXPRESSION,
        ATTRIBUTE_UPDATES,
        STATEMENT
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

    /** True if there is nothing to do. */
    public boolean isEmpty() {
        return onlyDeletes() && removes.isEmpty() && deletes.isEmpty();
    }

    /** True if no action can create anything. */
    boolean onlyDeletes() {
        return sets.isEmpty() && adds.isEmpty();
    }

    /** All paths: those that are written, then those that are read. */
    public List<DocumentPath> paths() {
        List<DocumentPath> paths = targets();
        sets.forEach(action -> action.value().forEachPath(paths::add));
        return paths;
    }

    /** The paths that are written or removed. */
    public List<DocumentPath> targets() {
        List<DocumentPath> paths =
                new ArrayList<>(sets.size() + removes.size() + adds.size() + deletes.size());
        sets.forEach(action -> paths.add(action.path()));
        removes.forEach(action -> paths.add(action.path()));
        adds.forEach(action -> paths.add(action.path()));
        deletes.forEach(action -> paths.add(action.path()));
        return paths;
    }

    /**
     * The item after the update.
     *
     * @param image the item before, or null if there is none
     * @param key the key attributes, with which an item begins that is created
     * @return null if there is no item and the update would only take something away from one
     * @throws ApiException (validation) if the update does not fit the item; nothing is changed
     */
    public @Nullable Item apply(@Nullable Item image, Item key) {
        if (image == null && onlyDeletes() && !isEmpty()) {
            return null;
        }
        return new UpdateEvaluator(this, image == null ? key : image).apply();
    }

    /**
     * What UPDATED_OLD answers of the item before the update, and UPDATED_NEW of the item after it:
     * what there is at the paths of the actions. So an element that was set beyond the end of a
     * list is missing in UPDATED_NEW, and where a list element was removed UPDATED_NEW shows the
     * one that moved there.
     *
     * @return empty if there is nothing at any path
     */
    public Optional<Item> updated(@Nullable Item image) {
        if (image == null || isEmpty()) {
            return Optional.empty();
        }
        Item updated = new Projection(targets()).apply(image);
        return updated.isEmpty() ? Optional.empty() : Optional.of(updated);
    }
}
