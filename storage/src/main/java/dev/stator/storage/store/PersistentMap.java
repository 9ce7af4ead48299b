package dev.stator.storage.store;

import dev.stator.core.store.KeyRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable ordered map from byte strings to byte strings, ordered as unsigned bytes; a change
 * gives a new map that shares all but a path with the old one. A weight-balanced tree after Adams
 * (Functional Pearls: Efficient sets, 1993) with the parameters of Hirai and Yamamoto (Balancing
 * weight-balanced trees, 2011), so its shape depends on the sequence of changes alone.
 */
final class PersistentMap {
    static final PersistentMap EMPTY = new PersistentMap(null);

    private static final int DELTA = 3;
    private static final int RATIO = 2;

    private final @Nullable Node root;

    private record Node(
            byte[] key, byte[] value, int size, @Nullable Node left, @Nullable Node right) {}

    /** Receives entries; returns whether the walk shall go on. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        boolean visit(byte[] key, byte[] value) throws E;
    }

    private PersistentMap(@Nullable Node root) {
        this.root = root;
    }

    int size() {
        return size(root);
    }

    byte @Nullable [] get(byte[] key) {
        Node node = root;
        while (node != null) {
            int order = Arrays.compareUnsigned(key, node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    PersistentMap with(byte[] key, byte[] value) {
        return new PersistentMap(insert(root, key, value));
    }

    PersistentMap without(byte[] key) {
        return new PersistentMap(merge(below(root, key), from(root, KeyRange.after(key))));
    }

    PersistentMap without(KeyRange range) {
        return new PersistentMap(merge(below(root, range.from()), from(root, range.to())));
    }

    <E extends Exception> void forEach(KeyRange range, Visitor<E> visitor) throws E {
        ascend(root, range, visitor);
    }

    <E extends Exception> void forEachReverse(KeyRange range, Visitor<E> visitor) throws E {
        descend(root, range, visitor);
    }

    /** Visits every entry in ascending order. */
    <E extends Exception> void forEach(Visitor<E> visitor) throws E {
        ascend(root, null, visitor);
    }

    private static <E extends Exception> boolean ascend(
            @Nullable Node node, @Nullable KeyRange range, Visitor<E> visitor) throws E {
        if (node == null) {
            return true;
        }
        boolean fromHere = range == null || Arrays.compareUnsigned(range.from(), node.key) <= 0;
        boolean toHere = range == null || Arrays.compareUnsigned(node.key, range.to()) < 0;
        if (fromHere && !ascend(node.left, range, visitor)) {
            return false;
        }
        if (fromHere && toHere && !visitor.visit(node.key, node.value)) {
            return false;
        }
        return !toHere || ascend(node.right, range, visitor);
    }

    private static <E extends Exception> boolean descend(
            @Nullable Node node, KeyRange range, Visitor<E> visitor) throws E {
        if (node == null) {
            return true;
        }
        boolean fromHere = Arrays.compareUnsigned(range.from(), node.key) <= 0;
        boolean toHere = Arrays.compareUnsigned(node.key, range.to()) < 0;
        if (toHere && !descend(node.right, range, visitor)) {
            return false;
        }
        if (fromHere && toHere && !visitor.visit(node.key, node.value)) {
            return false;
        }
        return !fromHere || descend(node.left, range, visitor);
    }

    private static int size(@Nullable Node node) {
        return node == null ? 0 : node.size;
    }

    private static Node node(byte[] key, byte[] value, @Nullable Node left, @Nullable Node right) {
        return new Node(key, value, size(left) + size(right) + 1, left, right);
    }

    private static Node withChildren(Node node, @Nullable Node left, @Nullable Node right) {
        return node(node.key, node.value, left, right);
    }

    private static Node insert(@Nullable Node node, byte[] key, byte[] value) {
        if (node == null) {
            return node(key, value, null, null);
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return node(key, value, node.left, node.right);
        }
        return order < 0
                ? balance(node, insert(node.left, key, value), node.right)
                : balance(node, node.left, insert(node.right, key, value));
    }

    /** A node over two trees of which one may be heavier by one entry than balance allows. */
    private static Node balance(Node middle, @Nullable Node left, @Nullable Node right) {
        if (right != null && isTooHeavy(right, left)) {
            return rotateLeft(middle, left, right);
        }
        if (left != null && isTooHeavy(left, right)) {
            return rotateRight(middle, left, right);
        }
        return withChildren(middle, left, right);
    }

    private static boolean isTooHeavy(Node node, @Nullable Node other) {
        return size(node) + size(other) > 1 && size(node) > DELTA * size(other);
    }

    private static Node rotateLeft(Node middle, @Nullable Node left, Node right) {
        Node inner = right.left;
        if (inner == null || inner.size < RATIO * size(right.right)) {
            return withChildren(right, withChildren(middle, left, inner), right.right);
        }
        return withChildren(
                inner,
                withChildren(middle, left, inner.left),
                withChildren(right, inner.right, right.right));
    }

    private static Node rotateRight(Node middle, Node left, @Nullable Node right) {
        Node inner = left.right;
        if (inner == null || inner.size < RATIO * size(left.left)) {
            return withChildren(left, left.left, withChildren(middle, inner, right));
        }
        return withChildren(
                inner,
                withChildren(left, left.left, inner.left),
                withChildren(middle, inner.right, right));
    }

    /** A tree of any two trees and an entry between them. */
    private static Node link(Node middle, @Nullable Node left, @Nullable Node right) {
        if (left == null) {
            return insertFirst(middle, right);
        }
        if (right == null) {
            return insertLast(middle, left);
        }
        if (isTooHeavy(right, left)) {
            return balance(right, link(middle, left, right.left), right.right);
        }
        if (isTooHeavy(left, right)) {
            return balance(left, left.left, link(middle, left.right, right));
        }
        return withChildren(middle, left, right);
    }

    private static Node insertFirst(Node entry, @Nullable Node tree) {
        return tree == null
                ? withChildren(entry, null, null)
                : balance(tree, insertFirst(entry, tree.left), tree.right);
    }

    private static Node insertLast(Node entry, @Nullable Node tree) {
        return tree == null
                ? withChildren(entry, null, null)
                : balance(tree, tree.left, insertLast(entry, tree.right));
    }

    /** A tree of any two trees, all keys of the one below those of the other. */
    private static @Nullable Node merge(@Nullable Node left, @Nullable Node right) {
        if (right == null) {
            return left;
        }
        Node first = right;
        while (first.left != null) {
            first = first.left;
        }
        return link(first, left, withoutFirst(right));
    }

    private static @Nullable Node withoutFirst(Node tree) {
        return tree.left == null ? tree.right : balance(tree, withoutFirst(tree.left), tree.right);
    }

    private static @Nullable Node below(@Nullable Node tree, byte[] bound) {
        if (tree == null) {
            return null;
        }
        return Arrays.compareUnsigned(tree.key, bound) < 0
                ? link(tree, tree.left, below(tree.right, bound))
                : below(tree.left, bound);
    }

    private static @Nullable Node from(@Nullable Node tree, byte[] bound) {
        if (tree == null) {
            return null;
        }
        return Arrays.compareUnsigned(tree.key, bound) < 0
                ? from(tree.right, bound)
                : link(tree, from(tree.left, bound), tree.right);
    }

    /** The depth of the deepest entry, for the test of balance. */
    int depth() {
        return depth(root);
    }

    private static int depth(@Nullable Node node) {
        return node == null ? 0 : 1 + Math.max(depth(node.left), depth(node.right));
    }
}
