package dev.stator.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JsonEscapesTest {
    private static final int LENGTH_MAX = 20;

    /** Every byte, at every place among others, in arrays of every length. */
    @Test
    void controlsQuotationMarksAndBackslashesNeedOneWhereverTheyStand() {
        for (int length = 1; length <= LENGTH_MAX; length++) {
            for (int at = 0; at < length; at++) {
                for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
                    byte[] text = new byte[length];
                    Arrays.fill(text, (byte) 'x');
                    text[at] = (byte) value;
                    boolean special = value == '"' || value == '\\' || (value >= 0 && value < ' ');
                    assertThat(JsonEscapes.areNeeded(text))
                            .as("%d at %d of %d", value, at, length)
                            .isEqualTo(special);
                }
            }
        }
    }

    @Test
    void neighboursDoNotHideOrFeignOne() {
        assertThat(JsonEscapes.areNeeded("!#[]~\u007f \u00e9\u20ac\ud83d\ude00 ![".getBytes(UTF_8)))
                .isFalse();
        assertThat(JsonEscapes.areNeeded("\u00e9\u00e9\u00e9\"\u20ac\u20ac".getBytes(UTF_8)))
                .isTrue();
        assertThat(JsonEscapes.areNeeded(new byte[0])).isFalse();
    }
}
