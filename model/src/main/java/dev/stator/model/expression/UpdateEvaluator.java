package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.DocumentPath.Element;
import dev.stator.model.expression.UpdateExpression.AddAction;
import dev.stator.model.expression.UpdateExpression.DeleteAction;
import dev.stator.model.expression.UpdateExpression.Origin;
import dev.stator.model.expression.UpdateExpression.RemoveAction;
import dev.stator.model.expression.UpdateExpression.SetAction;
import dev.stator.model.validation.Numbers;
import dev.stator.model.validation.ValueRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies an update to an item. Every action reads the item as it was; what they write is collected
 * first and put in place in one pass, so that no action sees another and list indexes mean the
 * elements of the list before the update.
 */
final class UpdateEvaluator {
    /** Lists and maps inside one another, that of the top-level attribute included. */
    private static final int MAX_NESTING = ValueRules.MAX_LEVELS - 1;

    private final UpdateExpression update;
    private final Item image;
    private final SequencedMap<String, AttributeValue> attributes;

    /** What happens inside of lists and maps, by top-level attribute. */
    private final SequencedMap<String, DocumentEdit> nested = new LinkedHashMap<>();

    UpdateEvaluator(UpdateExpression update, Item image) {
        this.update = update;
        this.image = image;
        this.attributes = new LinkedHashMap<>(image.attributes());
    }

    Item apply() {
        for (SetAction action : update.sets()) {
            requireParent(action.path());
            AttributeValue value = value(action.value());
            if (!(action.path().isTopLevel() && action.value() instanceof UpdateOperand.Path)) {
                requireNesting(action.path(), value);
            }
            write(action.path(), value);
        }
        for (RemoveAction action : update.removes()) {
            requireParent(action.path());
            write(action.path(), null);
        }
        for (AddAction action : update.adds()) {
            requireParent(action.path());
            AttributeValue old = action.path().resolve(image);
            write(action.path(), old == null ? action.value() : sum(old, action.value()));
        }
        for (DeleteAction action : update.deletes()) {
            requireParent(action.path());
            AttributeValue old = action.path().resolve(image);
            write(action.path(), old == null ? null : difference(old, action.value()));
        }
        nested.forEach(
                (name, edit) -> attributes.computeIfPresent(name, (key, old) -> edit.apply(old)));
        return new Item(attributes);
    }

    /** Puts the value at a path, or removes what is there if it is null. */
    private void write(DocumentPath path, @Nullable AttributeValue value) {
        if (path.isTopLevel()) {
            if (value == null) {
                attributes.remove(path.attribute());
            } else {
                attributes.put(path.attribute(), value);
            }
            return;
        }
        DocumentEdit edit = nested.computeIfAbsent(path.attribute(), name -> new DocumentEdit());
        for (Element element : path.elements()) {
            edit = edit.inside(element);
        }
        edit.replaceWith(value);
    }

    /** What a path goes through must be there, maps for names and lists for indexes. */
    private void requireParent(DocumentPath path) {
        if (path.isTopLevel()) {
            return;
        }
        AttributeValue parent = image.get(path.attribute());
        int last = path.elements().size() - 1;
        for (int i = 0; i < last && parent != null; i++) {
            parent = DocumentPath.step(parent, path.elements().get(i));
        }
        boolean isContainer =
                switch (path.elements().get(last)) {
                    case Element.Attribute ignored -> parent instanceof AttributeValue.M;
                    case Element.Index ignored -> parent instanceof AttributeValue.L;
                };
        if (!isContainer) {
            throw ApiException.validation(
                    "The document path provided in the update expression is invalid for update");
        }
    }

    /**
     * Constants are not checked before, and what is copied may come to stand deeper than it was.
     */
    private static void requireNesting(DocumentPath path, AttributeValue value) {
        if (path.elements().size() + nesting(value) > MAX_NESTING) {
            throw ApiException.validation("Nesting Levels have exceeded supported limits");
        }
    }

    /** How many lists and maps the value has inside one another. */
    private static int nesting(AttributeValue value) {
        return switch (value) {
            case AttributeValue.L(List<AttributeValue> elements) -> 1 + deepest(elements);
            case AttributeValue.M(var entries) -> 1 + deepest(entries.values());
            default -> 0;
        };
    }

    private static int deepest(Collection<AttributeValue> values) {
        int deepest = 0;
        for (AttributeValue value : values) {
            deepest = Math.max(deepest, nesting(value));
        }
        return deepest;
    }

    private AttributeValue value(UpdateOperand operand) {
        return switch (operand) {
            case UpdateOperand.Constant(AttributeValue value) -> value;
            case UpdateOperand.Path(DocumentPath path) -> {
                AttributeValue value = path.resolve(image);
                if (value == null) {
                    throw ApiException.validation(
                            "The provided expression refers to an attribute that does not exist in"
                                    + " the item");
                }
                yield value;
            }
            case UpdateOperand.IfNotExists(DocumentPath path, UpdateOperand otherwise) -> {
                // The alternative must exist even if it is not needed, as in the service.
                AttributeValue alternative = value(otherwise);
                AttributeValue value = path.resolve(image);
                yield value == null ? alternative : value;
            }
            case UpdateOperand.ListAppend(UpdateOperand first, UpdateOperand second) ->
                    append(value(first), value(second));
            case UpdateOperand.Plus(UpdateOperand left, UpdateOperand right) ->
                    arithmetic(value(left), value(right), true);
            case UpdateOperand.Minus(UpdateOperand left, UpdateOperand right) ->
                    arithmetic(value(left), value(right), false);
        };
    }

    private AttributeValue append(AttributeValue first, AttributeValue second) {
        if (!(first instanceof AttributeValue.L(var head)
                && second instanceof AttributeValue.L(var tail))) {
            throw wrongType();
        }
        List<AttributeValue> elements = new ArrayList<>(head.size() + tail.size());
        elements.addAll(head);
        elements.addAll(tail);
        return new AttributeValue.L(elements);
    }

    private AttributeValue arithmetic(AttributeValue left, AttributeValue right, boolean isSum) {
        if (!(left instanceof AttributeValue.N(var a)
                && right instanceof AttributeValue.N(var b))) {
            throw wrongType();
        }
        return new AttributeValue.N(isSum ? Numbers.add(a, b) : Numbers.subtract(a, b));
    }

    /** What ADD makes of a value that is there. */
    private AttributeValue sum(AttributeValue old, AttributeValue added) {
        if (old instanceof AttributeValue.N && added instanceof AttributeValue.N) {
            return arithmetic(old, added, true);
        }
        if (old instanceof AttributeValue.L && added instanceof AttributeValue.L) {
            return append(old, added);
        }
        if (old instanceof AttributeValue.StringSet(var a)
                && added instanceof AttributeValue.StringSet(var b)) {
            return new AttributeValue.StringSet(union(a, b));
        }
        if (old instanceof AttributeValue.NumberSet(var a)
                && added instanceof AttributeValue.NumberSet(var b)) {
            return new AttributeValue.NumberSet(union(a, b));
        }
        if (old instanceof AttributeValue.BinarySet(var a)
                && added instanceof AttributeValue.BinarySet(var b)) {
            return new AttributeValue.BinarySet(union(a, b));
        }
        throw wrongType();
    }

    private static <T> SequencedSet<T> union(SequencedSet<T> left, SequencedSet<T> right) {
        SequencedSet<T> union = new LinkedHashSet<>(left);
        union.addAll(right);
        return union;
    }

    /** What DELETE leaves of a set; null if nothing, for there are no empty sets. */
    private @Nullable AttributeValue difference(AttributeValue old, AttributeValue deleted) {
        if (old instanceof AttributeValue.StringSet(var a)
                && deleted instanceof AttributeValue.StringSet(var b)) {
            SequencedSet<String> left = without(a, b);
            return left.isEmpty() ? null : new AttributeValue.StringSet(left);
        }
        if (old instanceof AttributeValue.NumberSet(var a)
                && deleted instanceof AttributeValue.NumberSet(var b)) {
            var left = without(a, b);
            return left.isEmpty() ? null : new AttributeValue.NumberSet(left);
        }
        if (old instanceof AttributeValue.BinarySet(var a)
                && deleted instanceof AttributeValue.BinarySet(var b)) {
            var left = without(a, b);
            return left.isEmpty() ? null : new AttributeValue.BinarySet(left);
        }
        throw wrongType();
    }

    private static <T> SequencedSet<T> without(SequencedSet<T> set, SequencedSet<T> members) {
        SequencedSet<T> left = new LinkedHashSet<>(set);
        members.forEach(left::remove);
        return left;
    }

    private ApiException wrongType() {
        return ApiException.validation(
                update.origin() == Origin.ATTRIBUTE_UPDATES
                        ? "Type mismatch for attribute to update"
                        : "An operand in the update expression has an incorrect data type");
    }
}
