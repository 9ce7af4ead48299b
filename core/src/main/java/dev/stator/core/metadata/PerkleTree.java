package dev.stator.core.metadata;

import dev.stator.model.Bytes;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map from bytes to values that is a Patricia tree and a Merkle tree at once (ATC'22,
 * section 6.6). Besides the exact key it finds the floor of a key, which is how the partition that
 * holds an item is found, and its ceiling; and two trees with the same content have the same root
 * digest, in whatever order they were filled.
 *
 * <p>Immutable: a change makes a new tree, which shares all but the path to the change. Keys are
 * ordered as unsigned bytes. Costs grow with the length of a key, not with the number of keys.
 * Digests are computed when they are asked for, and only of what changed since.
 */
public final class PerkleTree<V> {
    /** A key and its value. */
    public record Entry<V>(Bytes key, V value) {}

    private final Function<? super V, Bytes> content;
    private final @Nullable PerkleNode<V> root;
    private final int size;

    private PerkleTree(Function<? super V, Bytes> content, @Nullable PerkleNode<V> root, int size) {
        this.content = content;
        this.root = root;
        this.size = size;
    }

    /**
     * @param content what stands for a value in the digest: different values, different bytes
     */
    public static <V> PerkleTree<V> empty(Function<? super V, Bytes> content) {
        return new PerkleTree<>(content, null, 0);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return root == null;
    }

    /** This tree with the value under the key, in the place of any earlier one. */
    public PerkleTree<V> with(Bytes key, V value) {
        Entry<V> entry = new Entry<>(key, value);
        if (root == null) {
            return new PerkleTree<>(content, PerkleNode.leaf(key.unsafeArray(), 0, entry), 1);
        }
        int newSize = get(key) == null ? size + 1 : size;
        return new PerkleTree<>(content, root.with(key.unsafeArray(), 0, entry), newSize);
    }

    /** This tree without the key; the tree itself where it does not have the key. */
    public PerkleTree<V> without(Bytes key) {
        if (root == null || get(key) == null) {
            return this;
        }
        return new PerkleTree<>(content, root.without(key.unsafeArray(), 0), size - 1);
    }

    public @Nullable V get(Bytes key) {
        Entry<V> found = root == null ? null : root.find(key.unsafeArray());
        return found == null ? null : found.value();
    }

    /** The entry with the greatest key that is not above the given one. */
    public @Nullable Entry<V> floor(Bytes key) {
        return root == null ? null : root.below(key.unsafeArray(), true);
    }

    /** The entry with the greatest key below the given one. */
    public @Nullable Entry<V> lower(Bytes key) {
        return root == null ? null : root.below(key.unsafeArray(), false);
    }

    /** The entry with the least key that is not below the given one. */
    public @Nullable Entry<V> ceiling(Bytes key) {
        return root == null ? null : root.above(key.unsafeArray(), true);
    }

    /** The entry with the least key above the given one. */
    public @Nullable Entry<V> higher(Bytes key) {
        return root == null ? null : root.above(key.unsafeArray(), false);
    }

    public @Nullable Entry<V> last() {
        return root == null ? null : root.last();
    }

    /** All entries in the order of their keys. */
    public Iterable<Entry<V>> all() {
        return greaterOrEqual(Bytes.EMPTY);
    }

    /** The entries whose keys begin with the given bytes, in order. */
    public Iterable<Entry<V>> prefix(Bytes prefix) {
        return () -> new Walk(ceiling(prefix), key -> key.startsWith(prefix));
    }

    /** The entries below a key, in order. */
    public Iterable<Entry<V>> lessThan(Bytes to) {
        return between(Bytes.EMPTY, to);
    }

    /** The entries above a key, in order. */
    public Iterable<Entry<V>> greaterThan(Bytes from) {
        return () -> new Walk(higher(from), key -> true);
    }

    /** The entries from a key on, in order. */
    public Iterable<Entry<V>> greaterOrEqual(Bytes from) {
        return () -> new Walk(ceiling(from), key -> true);
    }

    /** The entries from the first key on and below the second one, in order. */
    public Iterable<Entry<V>> between(Bytes from, Bytes to) {
        return () -> new Walk(ceiling(from), key -> key.compareTo(to) < 0);
    }

    /** SHA-256 over the content of the tree: equal exactly where the trees hold the same. */
    public Bytes digest() {
        return root == null ? PerkleNode.DIGEST_OF_NOTHING : root.digest(content);
    }

    /** Steps from entry to entry, each found anew from the key of the one before. */
    private final class Walk implements Iterator<Entry<V>> {
        private final Predicate<Bytes> wanted;
        private @Nullable Entry<V> next;

        Walk(@Nullable Entry<V> first, Predicate<Bytes> wanted) {
            this.wanted = wanted;
            this.next = first;
        }

        @Override
        public boolean hasNext() {
            return next != null && wanted.test(next.key());
        }

        @Override
        public Entry<V> next() {
            Entry<V> current = next;
            if (current == null || !wanted.test(current.key())) {
                throw new NoSuchElementException();
            }
            next = higher(current.key());
            return current;
        }
    }
}
