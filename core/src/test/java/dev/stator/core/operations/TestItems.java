package dev.stator.core.operations;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.validation.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/** Makes items for tests. */
final class TestItems {
    private TestItems() {}

    /** An item of names and values in turn; Java strings, numbers and booleans stand for values. */
    static Item item(Object... namesAndValues) {
        return new Item(attributes(namesAndValues));
    }

    static SequencedMap<String, AttributeValue> attributes(Object... namesAndValues) {
        SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return attributes;
    }

    static SequencedMap<String, String> names(String... placeholdersAndNames) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < placeholdersAndNames.length; i += 2) {
            names.put(placeholdersAndNames[i], placeholdersAndNames[i + 1]);
        }
        return names;
    }

    static AttributeValue value(Object value) {
        return switch (value) {
            case AttributeValue given -> given;
            case String text -> new AttributeValue.S(text);
            case Integer number -> n(number.toString());
            case Boolean truth -> new AttributeValue.Bool(truth);
            default -> throw new IllegalArgumentException("no value for " + value);
        };
    }

    static AttributeValue n(String number) {
        return new AttributeValue.N(Numbers.parse(number));
    }

    static AttributeValue b(String text) {
        return new AttributeValue.B(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    static AttributeValue ss(String... members) {
        return new AttributeValue.StringSet(new LinkedHashSet<>(List.of(members)));
    }

    static AttributeValue list(Object... elements) {
        return new AttributeValue.L(
                java.util.Arrays.stream(elements).map(TestItems::value).toList());
    }

    static AttributeValue map(Object... namesAndValues) {
        return new AttributeValue.M(attributes(namesAndValues));
    }
}
