package dev.stator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class DecimalNumberTest {
    @Test
    void equalValuesHaveOneRepresentation() {
        RandomCases.check(
                5_000,
                random -> {
                    DecimalNumber number = new RandomValues(random).number();
                    int shift = random.nextInt(-40, 41);
                    BigDecimal same =
                            number.value().setScale(number.value().scale() + Math.max(shift, 0));
                    DecimalNumber again = new DecimalNumber(same);
                    assertThat(again).isEqualTo(number).hasSameHashCodeAs(number);
                    assertThat(again.value().scale()).isEqualTo(number.value().scale());
                    assertThat(new BigDecimal(number.toString())).isEqualByComparingTo(same);
                    assertThat(number.toString()).doesNotContainIgnoringCase("e");
                });
    }

    @Test
    void refusesWhatIsNoNumberOfTheApi() {
        for (String text : new String[] {"1E+126", "1E-131", "1".repeat(39)}) {
            assertThat(DecimalNumber.isInRange(new BigDecimal(text))).isFalse();
            assertThatThrownBy(() -> new DecimalNumber(new BigDecimal(text)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        BigDecimal absurd = new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE);
        assertThat(DecimalNumber.isInRange(absurd)).isFalse();
        assertThat(DecimalNumber.isInRange(new BigDecimal("0E+200"))).isTrue();
    }

    @Test
    void knowsTheExponentOfItsFirstDigit() {
        assertThat(new DecimalNumber(new BigDecimal("1E+125")).exponent()).isEqualTo(125);
        assertThat(new DecimalNumber(new BigDecimal("-1.5E-130")).exponent()).isEqualTo(-130);
        assertThat(DecimalNumber.of(1_000).exponent()).isEqualTo(3);
        assertThat(DecimalNumber.ZERO.exponent()).isZero();
    }
}
