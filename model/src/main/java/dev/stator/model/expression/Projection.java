package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.expression.DocumentPath.Element;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of an item are answered: of a ProjectionExpression or of the legacy AttributesToGet.
 * No two paths overlap or conflict. Parts that an item does not have are left out; a nested part
 * comes inside its parents, and the chosen elements of a list move together.
 */
public final class Projection {
    private final List<DocumentPath> paths;
    private final SequencedMap<String, Node> roots = new LinkedHashMap<>();

    public Projection(List<DocumentPath> paths) {
        this.paths = List.copyOf(paths);
        for (DocumentPath path : paths) {
            Node node = roots.computeIfAbsent(path.attribute(), name -> new Node());
            for (Element element : path.elements()) {
                node = node.child(element);
            }
            node.whole = true;
        }
    }

    public List<DocumentPath> paths() {
        return paths;
    }

    /** The names of the top-level attributes that hold all the paths. */
    public SequencedSet<String> topLevelAttributes() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(roots.sequencedKeySet()));
    }

    public Item apply(Item item) {
        SequencedMap<String, AttributeValue> chosen = new LinkedHashMap<>();
        choose(roots, item.attributes(), chosen);
        return new Item(chosen);
    }

    private static void choose(
            Map<String, Node> nodes,
            Map<String, AttributeValue> from,
            Map<String, AttributeValue> chosen) {
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            AttributeValue value = from.get(entry.getKey());
            AttributeValue part = value == null ? null : entry.getValue().part(value);
            if (part != null) {
                chosen.put(entry.getKey(), part);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Projection that && paths.equals(that.paths);
    }

    @Override
    public int hashCode() {
        return paths.hashCode();
    }

    @Override
    public String toString() {
        return "Projection" + paths;
    }

    /** The paths as a tree. A node is whole, or has entries of a map, or elements of a list. */
    private static final class Node {
        private boolean whole;
        private final SequencedMap<String, Node> entries = new LinkedHashMap<>();
        private final TreeMap<Integer, Node> elements = new TreeMap<>();

        Node child(Element element) {
            return switch (element) {
                case Element.Attribute(String name) ->
                        entries.computeIfAbsent(name, key -> new Node());
                case Element.Index(int index) -> elements.computeIfAbsent(index, key -> new Node());
            };
        }

        @Nullable AttributeValue part(AttributeValue value) {
            if (whole) {
                return value;
            }
            return switch (value) {
                case AttributeValue.M map -> partOf(map);
                case AttributeValue.L list -> partOf(list);
                default -> null;
            };
        }

        private @Nullable AttributeValue partOf(AttributeValue.M map) {
            SequencedMap<String, AttributeValue> chosen = new LinkedHashMap<>();
            choose(entries, map.entries(), chosen);
            return chosen.isEmpty() ? null : new AttributeValue.M(chosen);
        }

        private @Nullable AttributeValue partOf(AttributeValue.L list) {
            List<AttributeValue> chosen = new ArrayList<>();
            for (Map.Entry<Integer, Node> entry : elements.entrySet()) {
                if (entry.getKey() >= list.elements().size()) {
                    break;
                }
                AttributeValue part = entry.getValue().part(list.elements().get(entry.getKey()));
                if (part != null) {
                    chosen.add(part);
                }
            }
            return chosen.isEmpty() ? null : new AttributeValue.L(chosen);
        }
    }
}
