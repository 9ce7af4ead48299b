package dev.stator.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.metadata.PerkleTree.Entry;
import dev.stator.model.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerkleTreeTest {
    private static final int STEPS = 2_000;

    /** Few different bytes, the extreme ones among them, so that keys share and extend prefixes. */
    private static final byte[] ALPHABET = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};

    private static PerkleTree<Integer> emptyTree() {
        return PerkleTree.empty(value -> Bytes.wrap(new byte[] {value.byteValue()}));
    }

    private static Bytes key(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return Bytes.wrap(array);
    }

    private static Bytes randomKey(Random random) {
        byte[] bytes = new byte[random.nextInt(7)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return Bytes.wrap(bytes);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAsASortedMapDoes(long seed) {
        Random random = new Random(seed);
        PerkleTree<Integer> tree = emptyTree();
        TreeMap<Bytes, Integer> oracle = new TreeMap<>();
        for (int step = 0; step < STEPS; step++) {
            Bytes key = randomKey(random);
            if (random.nextInt(3) == 0) {
                tree = tree.without(key);
                oracle.remove(key);
            } else {
                tree = tree.with(key, step);
                oracle.put(key, step);
            }
            checkLookups(tree, oracle, randomKey(random));
            if (step % 50 == 0) {
                checkRanges(tree, oracle, randomKey(random), randomKey(random));
            }
        }
    }

    private static void checkLookups(
            PerkleTree<Integer> tree, NavigableMap<Bytes, Integer> oracle, Bytes probe) {
        assertThat(tree.size()).isEqualTo(oracle.size());
        assertThat(tree.get(probe)).isEqualTo(oracle.get(probe));
        assertThat(tree.floor(probe)).isEqualTo(entry(oracle.floorEntry(probe)));
        assertThat(tree.lower(probe)).isEqualTo(entry(oracle.lowerEntry(probe)));
        assertThat(tree.ceiling(probe)).isEqualTo(entry(oracle.ceilingEntry(probe)));
        assertThat(tree.higher(probe)).isEqualTo(entry(oracle.higherEntry(probe)));
        assertThat(tree.last()).isEqualTo(entry(oracle.lastEntry()));
    }

    private static void checkRanges(
            PerkleTree<Integer> tree, NavigableMap<Bytes, Integer> oracle, Bytes one, Bytes two) {
        Bytes low = one.compareTo(two) <= 0 ? one : two;
        Bytes high = one.compareTo(two) <= 0 ? two : one;
        assertThat(tree.all()).containsExactlyElementsOf(entries(oracle));
        assertThat(tree.lessThan(low)).containsExactlyElementsOf(entries(oracle.headMap(low)));
        assertThat(tree.greaterThan(low))
                .containsExactlyElementsOf(entries(oracle.tailMap(low, false)));
        assertThat(tree.greaterOrEqual(low))
                .containsExactlyElementsOf(entries(oracle.tailMap(low)));
        assertThat(tree.between(low, high))
                .containsExactlyElementsOf(entries(oracle.subMap(low, high)));
        List<Entry<Integer>> withPrefix = entries(oracle);
        withPrefix.removeIf(entry -> !entry.key().startsWith(low));
        assertThat(tree.prefix(low)).containsExactlyElementsOf(withPrefix);
    }

    private static List<Entry<Integer>> entries(SortedMap<Bytes, Integer> map) {
        List<Entry<Integer>> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(new Entry<>(key, value)));
        return entries;
    }

    private static @Nullable Entry<Integer> entry(Map.@Nullable Entry<Bytes, Integer> entry) {
        return entry == null ? null : new Entry<>(entry.getKey(), entry.getValue());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void digestDependsOnTheContentAndNotOnItsHistory(long seed) {
        Random random = new Random(seed);
        TreeMap<Bytes, Integer> content = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            content.put(randomKey(random), random.nextInt(100));
        }
        Bytes expected = digestAfterShuffledInserts(content, random);
        for (int round = 0; round < 20; round++) {
            assertThat(digestAfterShuffledInserts(content, random)).isEqualTo(expected);
        }
    }

    /** Adds everything in a random order, among keys that are removed again. */
    private static Bytes digestAfterShuffledInserts(Map<Bytes, Integer> content, Random random) {
        List<Bytes> order = new ArrayList<>(content.keySet());
        Collections.shuffle(order, random);
        PerkleTree<Integer> tree = emptyTree();
        List<Bytes> strangers = new ArrayList<>();
        for (Bytes key : order) {
            Bytes stranger = randomKey(random);
            if (!content.containsKey(stranger)) {
                strangers.add(stranger);
                tree = tree.with(stranger, 1);
            }
            tree = tree.with(key, 99).with(key, content.getOrDefault(key, 0));
            assertThat(tree.digest()).isNotNull();
        }
        for (Bytes stranger : strangers) {
            tree = tree.without(stranger);
        }
        return tree.digest();
    }

    @Test
    void digestTellsEverySmallDifference() {
        PerkleTree<Integer> tree = emptyTree().with(key(1, 2), 1).with(key(1, 3), 2);
        List<Bytes> digests =
                List.of(
                        tree.digest(),
                        emptyTree().digest(),
                        tree.with(key(1, 2), 3).digest(),
                        tree.with(key(1), 1).digest(),
                        tree.with(key(), 1).digest(),
                        tree.without(key(1, 2)).digest(),
                        emptyTree().with(key(1, 2), 2).with(key(1, 3), 1).digest());
        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void aChangeLeavesTheTreeItStartedFromAsItWas() {
        PerkleTree<Integer> before = emptyTree().with(key(1, 2), 1).with(key(1, 3), 2);
        Bytes digest = before.digest();
        PerkleTree<Integer> after = before.with(key(1, 2, 3), 3).without(key(1, 3));
        assertThat(before.get(key(1, 3))).isEqualTo(2);
        assertThat(before.get(key(1, 2, 3))).isNull();
        assertThat(before.digest()).isEqualTo(digest);
        assertThat(after.size()).isEqualTo(2);
    }

    @Test
    void floorFindsThePartitionThatHoldsAKey() {
        PerkleTree<Integer> firstKeys =
                emptyTree().with(key(7), 1).with(key(7, 0x40), 2).with(key(7, 0x80, 5), 3);
        assertThat(firstKeys.floor(key(6, 0xFF))).isNull();
        assertThat(firstKeys.floor(key(7, 0x3F, 0xFF, 0xFF))).isEqualTo(new Entry<>(key(7), 1));
        assertThat(firstKeys.floor(key(7, 0x80))).isEqualTo(new Entry<>(key(7, 0x40), 2));
        assertThat(firstKeys.floor(key(7, 0x80, 5))).isEqualTo(new Entry<>(key(7, 0x80, 5), 3));
        assertThat(firstKeys.floor(key(9))).isEqualTo(new Entry<>(key(7, 0x80, 5), 3));
    }
}
