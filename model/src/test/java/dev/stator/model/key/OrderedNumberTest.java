package dev.stator.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.RandomCases;
import dev.stator.model.RandomValues;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class OrderedNumberTest {
    @Test
    void bytesAreOrderedAsTheNumbers() {
        RandomCases.check(
                10_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    DecimalNumber left = values.number();
                    DecimalNumber right =
                            random.nextInt(4) == 0 ? neighbour(left) : values.number();
                    Bytes leftBytes = encoded(left);
                    Bytes rightBytes = encoded(right);
                    int expected = left.value().compareTo(right.value());
                    assertThat(Integer.signum(leftBytes.compareTo(rightBytes)))
                            .as("%s and %s", left, right)
                            .isEqualTo(Integer.signum(expected));
                    if (expected != 0) {
                        assertThat(leftBytes.startsWith(rightBytes)).isFalse();
                        assertThat(rightBytes.startsWith(leftBytes)).isFalse();
                    }
                });
    }

    /** A number that differs in sign, in the last digit, or by digits that are appended. */
    private static DecimalNumber neighbour(DecimalNumber number) {
        BigDecimal value = number.value();
        BigDecimal changed = value.add(value.ulp());
        if (DecimalNumber.isInRange(changed)) {
            return new DecimalNumber(changed);
        }
        return new DecimalNumber(value.negate());
    }

    @Test
    void readsWhatItWrote() {
        RandomCases.check(
                5_000,
                random -> {
                    DecimalNumber number = new RandomValues(random).number();
                    BinaryReader reader = new BinaryReader(encoded(number));
                    assertThat(OrderedNumber.read(reader)).isEqualTo(number);
                    reader.expectEnd();
                });
    }

    @Test
    void damagedBytesGiveTheOneExceptionOrTheirOwnNumber() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    byte[] bytes = values.mutated(encoded(values.number()).toArray());
                    BinaryReader reader = new BinaryReader(bytes);
                    try {
                        DecimalNumber number = OrderedNumber.read(reader);
                        assertThat(encoded(number))
                                .isEqualTo(Bytes.copyOf(bytes, 0, reader.position()));
                    } catch (MalformedEncodingException expected) {
                        assertThat(expected.getMessage()).isNotEmpty();
                    }
                });
    }

    @Test
    void theFormatStandsStill() {
        assertThat(encoded(DecimalNumber.ZERO)).hasToString("80");
        assertThat(encoded(DecimalNumber.of(1))).hasToString("81820b00");
        assertThat(encoded(DecimalNumber.of(1_000))).hasToString("81850b00");
        assertThat(encoded(DecimalNumber.of(-125))).hasToString("7e7bf2ccff");
        assertThat(encoded(new DecimalNumber(new BigDecimal("9E+125")))).hasToString("81ff5b00");
        assertThat(encoded(new DecimalNumber(new BigDecimal("1E-130")))).hasToString("81000b00");
    }

    @Test
    void refusesWhatIsNotCanonical() {
        for (String hex :
                new String[] {"00", "8182", "818200", "81820200", "81820b0100", "8182ff00"}) {
            assertThatThrownBy(() ->
                            OrderedNumber.read(new BinaryReader(HexFormat.of().parseHex(hex))))
                    .as(hex)
                    .isInstanceOf(MalformedEncodingException.class);
        }
    }

    private static Bytes encoded(DecimalNumber number) {
        BinaryWriter writer = new BinaryWriter();
        OrderedNumber.write(writer, number);
        return writer.toBytes();
    }
}
