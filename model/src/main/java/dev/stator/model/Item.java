package dev.stator.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** An item: attributes by name, in the order in which they were given. Immutable. */
public record Item(SequencedMap<String, AttributeValue> attributes) {
    public static final Item EMPTY = new Item(new LinkedHashMap<>());

    public Item {
        attributes = AttributesBuilder.frozen(attributes);
    }

    public static Item of(Map<String, AttributeValue> attributes) {
        return AttributesBuilder.copyOf(attributes).toItem();
    }

    public @Nullable AttributeValue get(String name) {
        return attributes.get(name);
    }

    public boolean isEmpty() {
        return attributes.isEmpty();
    }
}
