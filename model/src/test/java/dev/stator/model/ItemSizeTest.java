package dev.stator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemSizeTest {
    @Test
    void countsNumbersByHalvesOfTheirDigits() {
        Map<String, Integer> sizes =
                Map.ofEntries(
                        Map.entry("0", 1),
                        Map.entry("1", 2),
                        Map.entry("42", 2),
                        Map.entry("-42", 3),
                        Map.entry("100", 2),
                        Map.entry("120", 2),
                        Map.entry("123", 3),
                        Map.entry("1.5", 3),
                        Map.entry("1.05", 3),
                        Map.entry("100.5", 4),
                        Map.entry("0.0051", 2),
                        Map.entry("-0.5", 3),
                        Map.entry("1E+125", 2),
                        Map.entry("1E-130", 2),
                        Map.entry("1000000000000000000000", 2),
                        Map.entry("12345678901234567890123456789012345678", 20),
                        Map.entry("-1234567890123456789.1234567890123456789", 22));
        sizes.forEach((text, size) ->
                assertThat(ItemSize.of(new DecimalNumber(new BigDecimal(text))))
                        .as(text)
                        .isEqualTo(size));
    }

    @Test
    void countsEveryType() {
        assertThat(sizeOf(new AttributeValue.S("h\u00E9llo"))).isEqualTo(6);
        assertThat(sizeOf(new AttributeValue.B(Bytes.wrap(new byte[7])))).isEqualTo(7);
        assertThat(sizeOf(new AttributeValue.Bool(false))).isEqualTo(1);
        assertThat(sizeOf(AttributeValue.Null.INSTANCE)).isEqualTo(1);
        assertThat(sizeOf(new AttributeValue.StringSet(new LinkedHashSet<>(List.of("a", "bc")))))
                .isEqualTo(3);
        assertThat(
                        sizeOf(
                                new AttributeValue.NumberSet(
                                        new LinkedHashSet<>(
                                                List.of(
                                                        DecimalNumber.of(1),
                                                        DecimalNumber.of(-123))))))
                .isEqualTo(2 + 4);
        assertThat(
                        sizeOf(
                                new AttributeValue.BinarySet(
                                        new LinkedHashSet<>(
                                                List.of(Bytes.wrap(new byte[3]), Bytes.EMPTY)))))
                .isEqualTo(3);
        assertThat(sizeOf(new AttributeValue.L(List.of()))).isEqualTo(3);
        assertThat(sizeOf(AttributeValue.M.of(Map.of()))).isEqualTo(3);
        AttributeValue one = new AttributeValue.N(DecimalNumber.of(1));
        assertThat(sizeOf(new AttributeValue.L(List.of(one, one)))).isEqualTo(3 + 2 + 4);
        assertThat(sizeOf(AttributeValue.M.of(Map.of("key", one)))).isEqualTo(3 + 1 + 3 + 2);
    }

    @Test
    void countsNamesAndValuesOfAnItem() {
        Item item = Item.of(Map.of("pk", new AttributeValue.S("x".repeat(10)), "\u00E9", one()));
        assertThat(ItemSize.of(item)).isEqualTo(2 + 10 + 2 + 2);
        assertThat(ItemSize.of(Item.EMPTY)).isZero();
    }

    private static AttributeValue one() {
        return new AttributeValue.N(DecimalNumber.of(1));
    }

    private static int sizeOf(AttributeValue value) {
        return ItemSize.of(value);
    }
}
