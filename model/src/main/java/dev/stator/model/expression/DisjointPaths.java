package dev.stator.model.expression;

import dev.stator.model.expression.DocumentPath.Element;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paths that may be used side by side: none is a part of another (they would overlap), and none
 * takes for a map what another takes for a list (they would conflict). To be filled from the last
 * path of an expression to the first, the order in which the service looks for collisions.
 */
final class DisjointPaths {
    private final Map<String, Node> roots = new HashMap<>();

    /**
     * Adds a path unless it collides with one that is there.
     *
     * @return what is wrong, in the words of the service, or null
     */
    @Nullable String add(DocumentPath path) {
        Node node = roots.get(path.attribute());
        if (node == null) {
            node = new Node(path);
            roots.put(path.attribute(), node);
        } else if (node.isEnd) {
            return overlap(path, node.path);
        }
        for (Element element : path.elements()) {
            if (node.isUsed && node.hasIndexes != element instanceof Element.Index) {
                return "Two document paths conflict with each other;" + remedy(path, node.path);
            }
            Node next = node.child(element, path);
            if (next.isEnd) {
                return overlap(path, next.path);
            }
            node = next;
        }
        if (node.isUsed) {
            return overlap(path, node.path);
        }
        node.isUsed = true;
        node.isEnd = true;
        return null;
    }

    private static String overlap(DocumentPath path, DocumentPath later) {
        return "Two document paths overlap with each other;" + remedy(path, later);
    }

    private static String remedy(DocumentPath path, DocumentPath later) {
        return " must remove or rewrite one of these paths; path one: "
                + path
                + ", path two: "
                + later;
    }

    /** A place that at least one path leads to or through. */
    private static final class Node {
        private final DocumentPath path;
        private final Map<Element, Node> children = new HashMap<>();

        /** A path ends here or goes on from here. */
        private boolean isUsed;

        private boolean isEnd;
        private boolean hasIndexes;

        /** The path is the first that came here; it stands for all of them in messages. */
        Node(DocumentPath path) {
            this.path = path;
        }

        Node child(Element element, DocumentPath through) {
            isUsed = true;
            hasIndexes = element instanceof Element.Index;
            return children.computeIfAbsent(element, key -> new Node(through));
        }
    }
}
