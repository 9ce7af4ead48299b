package dev.stator.core.metadata;

import dev.stator.core.metadata.PerkleTree.Entry;
import dev.stator.model.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link PerkleTree}: the bytes that lead to it from its parent, the entry whose key
 * ends here if there is one, and the children by their first byte. A node without an entry has at
 * least two children, so that the shape of a tree follows from its keys alone.
 */
final class PerkleNode<V> {
    static final Bytes DIGEST_OF_NOTHING = Bytes.wrap(sha256().digest());

    private final byte[] label;
    private final @Nullable Entry<V> entry;
    private final List<PerkleNode<V>> children;

    /** Computed when first asked for; whoever computes it finds the same. */
    private @Nullable Bytes digest;

    private PerkleNode(byte[] label, @Nullable Entry<V> entry, List<PerkleNode<V>> children) {
        this.label = label;
        this.entry = entry;
        this.children = children;
    }

    /** A node for the part of the entry's key that begins at the given index. */
    static <V> PerkleNode<V> leaf(byte[] key, int at, Entry<V> entry) {
        return new PerkleNode<>(Arrays.copyOfRange(key, at, key.length), entry, List.of());
    }

    private int compareFirstByte(byte other) {
        return Byte.compareUnsigned(label[0], other);
    }

    /** The index of the child that begins with the byte, or -1 minus where it would stand. */
    private int childIndex(byte first) {
        int low = 0;
        int high = children.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int comparison = children.get(middle).compareFirstByte(first);
            if (comparison == 0) {
                return middle;
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /** How many bytes the label has in common with the key from the given index on. */
    private int common(byte[] key, int at) {
        int mismatch = Arrays.mismatch(label, 0, label.length, key, at, key.length);
        return mismatch < 0 ? label.length : mismatch;
    }

    @Nullable Entry<V> find(byte[] key) {
        PerkleNode<V> node = this;
        int at = 0;
        while (node.common(key, at) == node.label.length) {
            at += node.label.length;
            if (at == key.length) {
                return node.entry;
            }
            int index = node.childIndex(key[at]);
            if (index < 0) {
                return null;
            }
            node = node.children.get(index);
        }
        return null;
    }

    Entry<V> first() {
        PerkleNode<V> node = this;
        while (true) {
            Entry<V> own = node.entry;
            if (own != null) {
                return own;
            }
            node = node.children.getFirst();
        }
    }

    Entry<V> last() {
        PerkleNode<V> node = this;
        while (!node.children.isEmpty()) {
            node = node.children.getLast();
        }
        return node.first();
    }

    /** The greatest entry below the key, or at it if that counts. */
    @Nullable Entry<V> below(byte[] key, boolean inclusive) {
        PerkleNode<V> node = this;
        Entry<V> best = null;
        int at = 0;
        while (true) {
            int common = node.common(key, at);
            at += common;
            if (common < node.label.length) {
                boolean nodeIsBelow =
                        at < key.length && Byte.compareUnsigned(node.label[common], key[at]) < 0;
                return nodeIsBelow ? node.last() : best;
            }
            if (at == key.length) {
                return inclusive && node.entry != null ? node.entry : best;
            }
            int index = node.childIndex(key[at]);
            int before = (index < 0 ? -1 - index : index) - 1;
            if (before >= 0) {
                best = node.children.get(before).last();
            } else if (node.entry != null) {
                best = node.entry;
            }
            if (index < 0) {
                return best;
            }
            node = node.children.get(index);
        }
    }

    /** The least entry above the key, or at it if that counts. */
    @Nullable Entry<V> above(byte[] key, boolean inclusive) {
        PerkleNode<V> node = this;
        Entry<V> best = null;
        int at = 0;
        while (true) {
            int common = node.common(key, at);
            at += common;
            if (common < node.label.length) {
                boolean nodeIsAbove =
                        at == key.length || Byte.compareUnsigned(node.label[common], key[at]) > 0;
                return nodeIsAbove ? node.first() : best;
            }
            if (at == key.length) {
                if (inclusive) {
                    return node.first();
                }
                return node.children.isEmpty() ? best : node.children.getFirst().first();
            }
            int index = node.childIndex(key[at]);
            int after = index < 0 ? -1 - index : index + 1;
            if (after < node.children.size()) {
                best = node.children.get(after).first();
            }
            if (index < 0) {
                return best;
            }
            node = node.children.get(index);
        }
    }

    PerkleNode<V> with(byte[] key, int start, Entry<V> added) {
        int common = common(key, start);
        int at = start + common;
        if (common < label.length) {
            return split(common, key, at, added);
        }
        if (at == key.length) {
            return new PerkleNode<>(label, added, children);
        }
        int index = childIndex(key[at]);
        List<PerkleNode<V>> changed = new ArrayList<>(children.size() + 1);
        changed.addAll(children);
        if (index < 0) {
            changed.add(-1 - index, leaf(key, at, added));
        } else {
            changed.set(index, children.get(index).with(key, at, added));
        }
        return new PerkleNode<>(label, entry, changed);
    }

    /** Two nodes in the place of this one, and a third for the rest of the key if it has one. */
    private PerkleNode<V> split(int common, byte[] key, int at, Entry<V> added) {
        byte[] upper = Arrays.copyOf(label, common);
        PerkleNode<V> lower =
                new PerkleNode<>(Arrays.copyOfRange(label, common, label.length), entry, children);
        if (at == key.length) {
            return new PerkleNode<>(upper, added, List.of(lower));
        }
        PerkleNode<V> leaf = leaf(key, at, added);
        return new PerkleNode<>(
                upper,
                null,
                lower.compareFirstByte(key[at]) < 0 ? List.of(lower, leaf) : List.of(leaf, lower));
    }

    /** This node without a key that it has; null if nothing remains. */
    @Nullable PerkleNode<V> without(byte[] key, int start) {
        int at = start + label.length;
        if (at == key.length) {
            return shape(null, children);
        }
        int index = childIndex(key[at]);
        List<PerkleNode<V>> changed = new ArrayList<>(children);
        PerkleNode<V> child = children.get(index).without(key, at);
        if (child == null) {
            changed.remove(index);
        } else {
            changed.set(index, child);
        }
        return shape(entry, changed);
    }

    private @Nullable PerkleNode<V> shape(
            @Nullable Entry<V> newEntry, List<PerkleNode<V>> newChildren) {
        if (newEntry != null || newChildren.size() > 1) {
            return new PerkleNode<>(label, newEntry, newChildren);
        }
        if (newChildren.isEmpty()) {
            return null;
        }
        PerkleNode<V> only = newChildren.getFirst();
        byte[] joined = Arrays.copyOf(label, label.length + only.label.length);
        System.arraycopy(only.label, 0, joined, label.length, only.label.length);
        return new PerkleNode<>(joined, only.entry, only.children);
    }

    Bytes digest(Function<? super V, Bytes> content) {
        Bytes known = digest;
        if (known != null) {
            return known;
        }
        MessageDigest sha = sha256();
        update(sha, label);
        Entry<V> own = entry;
        if (own == null) {
            sha.update((byte) 0);
        } else {
            sha.update((byte) 1);
            update(sha, content.apply(own.value()).unsafeArray());
        }
        for (PerkleNode<V> child : children) {
            sha.update(child.digest(content).unsafeArray());
        }
        Bytes computed = Bytes.wrap(sha.digest());
        digest = computed;
        return computed;
    }

    private static void update(MessageDigest sha, byte[] bytes) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
