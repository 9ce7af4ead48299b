package dev.stator.tools.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stator.tools.load.KeyChooser.Distribution;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyChooserTest {
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void staysAmongTheKeys(Distribution distribution) {
        for (int keys : new int[] {1, 2, 3, 1000}) {
            KeyChooser chooser = distribution.among(keys);
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 10_000; i++) {
                assertThat(chooser.next(random)).isBetween(0L, keys - 1L);
            }
        }
    }

    @Test
    void uniformKeysComeAlike() {
        int[] counts = new int[20];
        SplittableRandom random = new SplittableRandom(2);
        KeyChooser chooser = Distribution.UNIFORM.among(counts.length);
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) chooser.next(random)]++;
        }
        double mean = DRAWS / (double) counts.length;
        double chiSquare =
                Arrays.stream(counts).mapToDouble(n -> (n - mean) * (n - mean) / mean).sum();
        // 43.8 is passed once in a thousand times with 19 degrees of freedom.
        assertThat(chiSquare).isLessThan(43.8);
    }

    /** The two most popular ranks are exact in Gray's method, the others an approximation. */
    @Test
    void zipfianRanksComeInProportionToTheirPowers() {
        int keys = 1000;
        int[] counts = new int[keys];
        SplittableRandom random = new SplittableRandom(3);
        KeyChooser.Zipfian chooser = new KeyChooser.Zipfian(keys);
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) chooser.rank(random.nextDouble())]++;
        }
        double zeta = KeyChooser.Zipfian.zeta(keys);
        assertThat(counts[0] / (double) DRAWS).isCloseTo(1 / zeta, within(0.005));
        assertThat(counts[1] / (double) DRAWS).isCloseTo(Math.pow(2, -0.99) / zeta, within(0.005));
        double topHundred = Arrays.stream(counts).limit(100).sum() / (double) DRAWS;
        assertThat(topHundred).isCloseTo(KeyChooser.Zipfian.zeta(100) / zeta, within(0.02));
    }

    @Test
    void everyRankCanCome() {
        KeyChooser.Zipfian chooser = new KeyChooser.Zipfian(1000);
        assertThat(chooser.rank(0)).isZero();
        assertThat(chooser.rank(Math.nextDown(1.0))).isEqualTo(999);
    }

    @Test
    void popularKeysAreNoNeighbours() {
        KeyChooser.Zipfian chooser = new KeyChooser.Zipfian(1_000_000);
        for (long rank = 0; rank < 10; rank++) {
            assertThat(Math.abs(chooser.scatter(rank) - chooser.scatter(rank + 1)))
                    .isGreaterThan(100);
        }
    }
}
