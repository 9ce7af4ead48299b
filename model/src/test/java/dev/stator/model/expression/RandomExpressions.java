package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.RandomValues;
import dev.stator.model.expression.DocumentPath.Element;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;

/** Items and conditions on them, made so that paths often lead somewhere and values often match. */
final class RandomExpressions {
    private static final List<Comparator> COMPARATORS =
            List.copyOf(EnumSet.allOf(Comparator.class));
    private static final String[] NAMES = {"a", "b", "c", "d", "e.f", "select"};
    private static final String[] TYPES = {
        "S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"
    };

    private final SplittableRandom random;
    private final RandomValues values;

    RandomExpressions(SplittableRandom random) {
        this.random = random;
        this.values = new RandomValues(random);
    }

    Item item() {
        LinkedHashMap<String, AttributeValue> attributes = new LinkedHashMap<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            attributes.put(name(), value(3));
        }
        return new Item(attributes);
    }

    String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    /** Mostly from a small range, so that comparisons of two are of interest. */
    AttributeValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> new AttributeValue.N(DecimalNumber.of(random.nextInt(4)));
            case 1 -> new AttributeValue.S(Character.toString('a' + random.nextInt(3)));
            case 2, 3 -> values.value();
            case 4 -> list(depth - 1);
            default -> map(depth - 1);
        };
    }

    private AttributeValue list(int depth) {
        List<AttributeValue> elements = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            elements.add(value(depth));
        }
        return new AttributeValue.L(elements);
    }

    private AttributeValue map(int depth) {
        LinkedHashMap<String, AttributeValue> entries = new LinkedHashMap<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            entries.put(name(), value(depth));
        }
        return new AttributeValue.M(entries);
    }

    /** A path that follows the item, and sometimes goes a step too far. */
    DocumentPath path(Item item) {
        List<String> names = new ArrayList<>(item.attributes().keySet());
        if (names.isEmpty() || random.nextInt(8) == 0) {
            return DocumentPath.of(name());
        }
        String attribute = names.get(random.nextInt(names.size()));
        List<Element> elements = new ArrayList<>();
        AttributeValue value = item.get(attribute);
        while (value != null && random.nextInt(3) > 0) {
            Element element = step(value);
            elements.add(element);
            value = DocumentPath.step(value, element);
        }
        return new DocumentPath(attribute, elements);
    }

    private Element step(AttributeValue value) {
        if (value instanceof AttributeValue.L(List<AttributeValue> list)) {
            return new Element.Index(random.nextInt(list.size() + 2));
        }
        if (value instanceof AttributeValue.M(var entries) && !entries.isEmpty()) {
            List<String> keys = new ArrayList<>(entries.keySet());
            String key = keys.get(random.nextInt(keys.size()));
            // A map may have an empty key, but no expression can name it.
            boolean elsewhere = key.isEmpty() || random.nextInt(5) == 0;
            return new Element.Attribute(elsewhere ? name() : key);
        }
        return random.nextBoolean() ? new Element.Attribute(name()) : new Element.Index(0);
    }

    /** Any condition whatever, also one that the parser would refuse. */
    Condition condition(Item item, int depth) {
        return switch (random.nextInt(depth > 0 ? 14 : 11)) {
            case 0, 1, 2 ->
                    new Condition.Comparison(
                            COMPARATORS.get(random.nextInt(COMPARATORS.size())),
                            operand(item),
                            operand(item));
            case 3 -> new Condition.Between(operand(item), operand(item), operand(item));
            case 4 -> new Condition.In(operand(item), operands(item));
            case 5 -> new Condition.AttributeExists(path(item));
            case 6 -> new Condition.AttributeNotExists(path(item));
            case 7 ->
                    new Condition.AttributeType(operand(item), TYPES[random.nextInt(TYPES.length)]);
            case 8 -> new Condition.BeginsWith(operand(item), operand(item));
            case 9, 10 -> new Condition.Contains(operand(item), operand(item));
            case 11 -> new Condition.And(conditions(item, depth - 1));
            case 12 -> new Condition.Or(conditions(item, depth - 1));
            default -> new Condition.Not(condition(item, depth - 1));
        };
    }

    private List<Condition> conditions(Item item, int depth) {
        List<Condition> conditions = new ArrayList<>();
        int count = random.nextInt(2, 4);
        for (int i = 0; i < count; i++) {
            conditions.add(condition(item, depth));
        }
        return conditions;
    }

    private List<Operand> operands(Item item) {
        List<Operand> operands = new ArrayList<>();
        int count = random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            operands.add(operand(item));
        }
        return operands;
    }

    Operand operand(Item item) {
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> new Operand.Path(path(item));
            case 3 -> new Operand.Size(new Operand.Path(path(item)));
            default -> new Operand.Constant(constant(item));
        };
    }

    /** Often a value that the item holds somewhere. */
    private AttributeValue constant(Item item) {
        AttributeValue held = path(item).resolve(item);
        return held == null || random.nextBoolean() ? value(1) : held;
    }
}
