package dev.stator.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.RandomCases;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.DocumentPath.Element;
import dev.stator.model.expression.UpdateExpression.Origin;
import dev.stator.model.expression.UpdateExpression.RemoveAction;
import dev.stator.model.expression.UpdateExpression.SetAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Holds the evaluator against one that changes mutable lists and maps in place: elements that are
 * removed leave a gap, elements beyond the end wait, and both are dealt with in the end.
 */
class UpdatePropertyTest {
    @Test
    void updatesAsTheSimpleEvaluatorDoes() {
        int[] applied = {0};
        RandomCases.check(
                30_000,
                random -> {
                    RandomExpressions expressions = new RandomExpressions(random);
                    Item item = expressions.item();
                    UpdateExpression update = update(random, expressions, item);
                    Item expected = simplyUpdated(item, update);
                    try {
                        Item actual = update.apply(item, Item.EMPTY);
                        assertThat(actual).as("%s on %s", update, item).isEqualTo(expected);
                        applied[0]++;
                    } catch (ApiException refusal) {
                        assertThat(expected)
                                .as("%s on %s: %s", update, item, refusal.getMessage())
                                .isNull();
                    }
                });
        assertThat(applied[0]).isGreaterThan(0);
    }

    /** Actions on paths that do not collide. */
    private static UpdateExpression update(
            SplittableRandom random, RandomExpressions expressions, Item item) {
        List<SetAction> sets = new ArrayList<>();
        List<RemoveAction> removes = new ArrayList<>();
        DisjointPaths disjoint = new DisjointPaths();
        int count = random.nextInt(1, 6);
        for (int i = 0; i < count; i++) {
            DocumentPath path = expressions.path(item);
            if (disjoint.add(path) != null) {
                break;
            }
            switch (random.nextInt(3)) {
                case 0 -> removes.add(new RemoveAction(path));
                case 1 ->
                        sets.add(
                                new SetAction(
                                        path, new UpdateOperand.Constant(expressions.value(1))));
                default ->
                        sets.add(
                                new SetAction(
                                        path, new UpdateOperand.Path(expressions.path(item))));
            }
        }
        return new UpdateExpression(Origin.EXPRESSION, sets, removes, List.of(), List.of());
    }

    /** Stands where something was removed. */
    private enum Gap {
        GAP
    }

    /** A list that can be changed, and what was set beyond its end. */
    private record MutableList(List<Object> elements, TreeMap<Integer, Object> beyond) {
        void put(int index, Object value) {
            if (index < elements.size()) {
                elements.set(index, value);
            } else if (!(value instanceof Gap)) {
                beyond.put(index, value);
            }
        }
    }

    private record MutableMap(Map<String, Object> entries) {}

    /** Null where the update does not fit the item. */
    private static @Nullable Item simplyUpdated(Item item, UpdateExpression update) {
        MutableMap root = thawed(item.attributes());
        for (SetAction action : update.sets()) {
            AttributeValue value =
                    switch (action.value()) {
                        case UpdateOperand.Constant(AttributeValue constant) -> constant;
                        case UpdateOperand.Path(DocumentPath path) -> path.resolve(item);
                        default -> throw new IllegalArgumentException("not simple");
                    };
            if (value == null || !write(root, action.path(), thawed(value))) {
                return null;
            }
        }
        for (RemoveAction action : update.removes()) {
            if (!write(root, action.path(), Gap.GAP)) {
                return null;
            }
        }
        return new Item(frozen(root));
    }

    /** Whether the path leads somewhere. */
    private static boolean write(MutableMap root, DocumentPath path, Object value) {
        List<Element> steps = new ArrayList<>();
        steps.add(new Element.Attribute(path.attribute()));
        steps.addAll(path.elements());
        Element last = steps.removeLast();
        Object parent = root;
        for (Element step : steps) {
            parent = child(parent, step);
        }
        if (parent instanceof MutableMap map && last instanceof Element.Attribute(String name)) {
            map.entries().put(name, value);
            return true;
        }
        if (parent instanceof MutableList list && last instanceof Element.Index(int index)) {
            list.put(index, value);
            return true;
        }
        return false;
    }

    private static Object child(Object parent, Element step) {
        if (parent instanceof MutableMap map && step instanceof Element.Attribute(String name)) {
            return map.entries().getOrDefault(name, Gap.GAP);
        }
        if (parent instanceof MutableList list
                && step instanceof Element.Index(int index)
                && index < list.elements().size()) {
            return list.elements().get(index);
        }
        return Gap.GAP;
    }

    private static MutableMap thawed(Map<String, AttributeValue> entries) {
        Map<String, Object> copy = new LinkedHashMap<>();
        entries.forEach((name, entry) -> copy.put(name, thawed(entry)));
        return new MutableMap(copy);
    }

    private static Object thawed(AttributeValue value) {
        return switch (value) {
            case AttributeValue.L(List<AttributeValue> elements) -> {
                List<Object> copy = new ArrayList<>();
                elements.forEach(element -> copy.add(thawed(element)));
                yield new MutableList(copy, new TreeMap<>());
            }
            case AttributeValue.M(var entries) -> thawed(entries);
            default -> value;
        };
    }

    private static SequencedMap<String, AttributeValue> frozen(MutableMap map) {
        SequencedMap<String, AttributeValue> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((name, entry) -> {
                    if (!(entry instanceof Gap)) {
                        entries.put(name, frozen(entry));
                    }
                });
        return entries;
    }

    private static AttributeValue frozen(Object value) {
        return switch (value) {
            case AttributeValue scalar -> scalar;
            case MutableMap map -> new AttributeValue.M(frozen(map));
            case MutableList(List<Object> elements, TreeMap<Integer, Object> beyond) -> {
                List<Object> all = new ArrayList<>(elements);
                all.addAll(beyond.values());
                List<AttributeValue> kept = new ArrayList<>();
                for (Object element : all) {
                    if (!(element instanceof Gap)) {
                        kept.add(frozen(element));
                    }
                }
                yield new AttributeValue.L(kept);
            }
            default -> throw new IllegalArgumentException("no value: " + value);
        };
    }
}
