package dev.stator.tools.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatioTest {
    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(Ratio.median(new double[] {3, 1, 2})).isEqualTo(2);
        assertThat(Ratio.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
        assertThat(Ratio.median(new double[] {7})).isEqualTo(7);
    }
}
