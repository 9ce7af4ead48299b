package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value inside an item: the name of a top-level attribute, then map keys and list
 * indexes. Names are resolved: placeholders do not occur. The parser bounds the depth.
 */
public record DocumentPath(String attribute, List<Element> elements) {

    /** One step from a document into a part of it. */
    public sealed interface Element {

        /** The entry of a map. */
        record Attribute(String name) implements Element {}

        /** The element of a list, counted from 0. */
        record Index(int index) implements Element {}
    }

    public DocumentPath {
        elements = List.copyOf(elements);
    }

    public static DocumentPath of(String attribute) {
        return new DocumentPath(attribute, List.of());
    }

    public boolean isTopLevel() {
        return elements.isEmpty();
    }

    /** The number of steps from the item, the top-level attribute included. */
    public int depth() {
        return 1 + elements.size();
    }

    /** The value at this path, or null if the item has none there. */
    public @Nullable AttributeValue resolve(Item item) {
        AttributeValue value = item.get(attribute);
        for (int i = 0; i < elements.size() && value != null; i++) {
            value = step(value, elements.get(i));
        }
        return value;
    }

    /** The part of a value that one element of a path names, or null. */
    static @Nullable AttributeValue step(AttributeValue from, Element element) {
        return switch (element) {
            case Element.Attribute(String name) ->
                    from instanceof AttributeValue.M map ? map.entries().get(name) : null;
            case Element.Index(int index) ->
                    from instanceof AttributeValue.L list && index < list.elements().size()
                            ? list.elements().get(index)
                            : null;
        };
    }

    /** As the API's messages write it: {@code [a, b, [0]]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[").append(attribute);
        for (Element element : elements) {
            text.append(", ");
            switch (element) {
                case Element.Attribute(String name) -> text.append(name);
                case Element.Index(int index) -> text.append('[').append(index).append(']');
            }
        }
        return text.append(']').toString();
    }
}
