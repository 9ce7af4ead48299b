package dev.stator.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.RandomCases;
import dev.stator.model.RandomValues;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
    @Test
    void sharesCoverAllKeysWithoutGapOrOverlap() {
        for (int count : new int[] {1, 2, 3, 4, 7, 64, 1_000}) {
            List<KeyRange> ranges = KeyRange.splitEvenly(count);
            assertThat(ranges).hasSize(count);
            assertThat(ranges.getFirst().from()).isEqualTo(PlacementKey.FIRST);
            assertThat(ranges.getLast().to()).isNull();
            for (int i = 1; i < count; i++) {
                assertThat(ranges.get(i).from()).isEqualTo(ranges.get(i - 1).to());
                assertThat(ranges.get(i).isEmpty()).isFalse();
            }
        }
    }

    @Test
    void sharesAreEqual() {
        int[] counts = {3, 7, 1_000_000, Integer.MAX_VALUE};
        BigInteger space = BigInteger.ONE.shiftLeft(64);
        for (int count : counts) {
            for (int index : new int[] {1, 2, count / 2, count - 1}) {
                BigInteger start =
                        space.multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(count));
                assertThat(KeyRange.segment(index, count).from())
                        .isEqualTo(PlacementKey.atHash(start.longValue()));
            }
        }
    }

    @Test
    void anItemIsInExactlyOneSegment() {
        RandomCases.check(
                10_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    AttributeValue partition = values.keyValue();
                    int count = random.nextInt(1, 20);
                    int holders = 0;
                    for (KeyRange range : KeyRange.splitEvenly(count)) {
                        boolean holds = range.contains(PlacementKey.of(partition));
                        KeyRange collection = ItemCollection.of(partition).all();
                        assertThat(range.contains(collection)).isEqualTo(holds);
                        holders += holds ? 1 : 0;
                    }
                    assertThat(holders).isEqualTo(1);
                });
    }

    @Test
    void keysSpreadOverThePartitions() {
        List<KeyRange> ranges = KeyRange.splitEvenly(4);
        int[] counts = new int[4];
        for (int i = 0; i < 10_000; i++) {
            PlacementKey key = PlacementKey.of(new AttributeValue.S("user-" + i));
            for (int range = 0; range < 4; range++) {
                counts[range] += ranges.get(range).contains(key) ? 1 : 0;
            }
        }
        for (int count : counts) {
            assertThat(count).isBetween(2_300, 2_700);
        }
    }

    @Test
    void theIntersectionHoldsWhatBothHold() {
        RandomCases.check(
                5_000,
                random -> {
                    KeyRange left = randomRange(random);
                    KeyRange right = randomRange(random);
                    PlacementKey key = PlacementKey.atHash(random.nextInt(6));
                    boolean inBoth = left.contains(key) && right.contains(key);
                    Optional<KeyRange> both = left.intersect(right);
                    assertThat(both.isPresent() && both.get().contains(key)).isEqualTo(inBoth);
                    assertThat(right.intersect(left)).isEqualTo(both);
                    assertThat(both.map(KeyRange::isEmpty)).isNotEqualTo(Optional.of(true));
                    if (left.contains(right) && !right.isEmpty()) {
                        assertThat(both).contains(right);
                    }
                });
    }

    private static KeyRange randomRange(SplittableRandom random) {
        int from = random.nextInt(5);
        int to = random.nextInt(from, 6);
        return new KeyRange(PlacementKey.atHash(from), to == 5 ? null : PlacementKey.atHash(to));
    }

    @Test
    void aRangeDoesNotEndBeforeItBegins() {
        assertThatThrownBy(() -> new KeyRange(PlacementKey.atHash(2), PlacementKey.atHash(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyRange.segment(3, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
