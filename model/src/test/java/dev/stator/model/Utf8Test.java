package dev.stator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void ordersByBytesNotByChars() {
        String bmp = "\uFFFD";
        String supplementary = "\uD83D\uDE00";
        assertThat(bmp.compareTo(supplementary)).isPositive();
        assertThat(Utf8.compare(bmp, supplementary)).isNegative();
    }

    @Test
    void agreesWithTheEncoder() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    String left = values.text();
                    String right = values.text();
                    byte[] leftBytes = left.getBytes(StandardCharsets.UTF_8);
                    byte[] rightBytes = right.getBytes(StandardCharsets.UTF_8);
                    assertThat(Utf8.length(left)).isEqualTo(leftBytes.length);
                    assertThat(Integer.signum(Utf8.compare(left, right)))
                            .isEqualTo(
                                    Integer.signum(Arrays.compareUnsigned(leftBytes, rightBytes)));
                    assertThat(Utf8.isWellFormed(left)).isTrue();
                });
    }

    @Test
    void seesUnpairedSurrogates() {
        assertThat(Utf8.isWellFormed("a\uD83D")).isFalse();
        assertThat(Utf8.isWellFormed("\uDE00a")).isFalse();
        assertThat(Utf8.isWellFormed("\uD83D\uD83D\uDE00")).isFalse();
        assertThat(Utf8.isWellFormed("\uD83D\uDE00")).isTrue();
    }

    @Test
    void longTextsAreAsShortOnes() {
        for (String part : List.of("a", "\u00E9", "\u0416", "\uFFFD", "\uD83D\uDE00", "?")) {
            String text = part.repeat(200);
            assertThat(Utf8.length(text)).isEqualTo(200 * Utf8.length(part));
            assertThat(Utf8.isWellFormed(text)).isTrue();
            assertThat(Utf8.isWellFormed(text + "\uD83D")).isFalse();
            assertThat(Utf8.isWellFormed("\uDE00" + text)).isFalse();
        }
    }
}
