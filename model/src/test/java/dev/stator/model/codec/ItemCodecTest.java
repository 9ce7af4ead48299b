package dev.stator.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.RandomCases;
import dev.stator.model.RandomValues;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemCodecTest {
    @Test
    void readsWhatItWrote() {
        RandomCases.check(
                5_000,
                random -> {
                    Item item = new RandomValues(random).item();
                    byte[] bytes = ItemCodec.encode(item);
                    Item read = ItemCodec.decode(bytes);
                    assertThat(read).isEqualTo(item);
                    assertThat(List.copyOf(read.attributes().keySet()))
                            .isEqualTo(List.copyOf(item.attributes().keySet()));
                    assertThat(ItemCodec.encode(read)).isEqualTo(bytes);
                });
    }

    @Test
    void damagedBytesGiveTheOneExceptionOrAnItem() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    byte[] bytes = ItemCodec.encode(values.item());
                    int faults = random.nextInt(1, 4);
                    for (int i = 0; i < faults; i++) {
                        bytes = values.mutated(bytes);
                    }
                    try {
                        Item item = ItemCodec.decode(bytes);
                        assertThat(ItemCodec.decode(ItemCodec.encode(item))).isEqualTo(item);
                    } catch (MalformedEncodingException expected) {
                        assertThat(expected.getMessage()).isNotEmpty();
                    }
                });
    }

    /** The format must not change unnoticed: what is on disk is read for ever. */
    @Test
    void theFormatStandsStill() {
        AttributesBuilder builder = new AttributesBuilder();
        builder.put("s", new AttributeValue.S("\u00E9"));
        builder.put("n", new AttributeValue.N(DecimalNumber.of(-42)));
        builder.put("d", number("1.5"));
        builder.put("g", number("12345678901234567890.5"));
        builder.put("l", new AttributeValue.L(List.of(new AttributeValue.Bool(true))));
        builder.put("m", AttributeValue.M.of(Map.of("x", AttributeValue.Null.INSTANCE)));
        assertThat(HexFormat.of().formatHex(ItemCodec.encode(builder.toItem())))
                .isEqualTo(
                        "01"
                                + "06"
                                + "0173"
                                + "01"
                                + "02c3a9"
                                + "016e"
                                + "02"
                                + "53"
                                + "0164"
                                + "03"
                                + "02"
                                + "1e"
                                + "0167"
                                + "04"
                                + "02"
                                + "09"
                                + "06b14e9f812f366c39"
                                + "016c"
                                + "0c"
                                + "01"
                                + "07"
                                + "016d"
                                + "0d"
                                + "01"
                                + "0178"
                                + "08");
    }

    @Test
    void smallIntegersTakeTwoBytes() {
        BinaryWriter writer = new BinaryWriter();
        ItemCodec.write(writer, new AttributeValue.N(DecimalNumber.of(63)));
        assertThat(writer.size()).isEqualTo(2);
    }

    @Test
    void aHostileLengthAllocatesNothing() {
        // A list, a set, a string that claim two thousand million elements.
        for (String head : List.of("010101610c", "0101016109", "0101016101", "010101610d", "01")) {
            assertMalformed(head + "ffffffff07");
        }
    }

    @Test
    void endlessNestingIsRefusedBeforeTheStackEnds() {
        assertMalformed("01010161" + "0c01".repeat(100_000) + "08");
    }

    @Test
    void refusesOtherVersionsAndTrailingBytes() {
        assertMalformed("0200");
        assertMalformed("010000");
        assertMalformed("");
        assertMalformed("01" + "02" + "016108" + "016108");
    }

    @Test
    void refusesNumbersThatTheApiDoesNotHave() {
        // 1E+1000, a scale that overflows when it is normalised, no digits, 39 digits.
        assertMalformed("01010161" + "03" + "cf0f" + "02");
        assertMalformed("01010161" + "03" + "ffffffff0f" + "14");
        assertMalformed("01010161" + "04" + "00" + "00");
        assertMalformed("01010161" + "04" + "00" + "10" + "7f".repeat(16));
        assertMalformed("01010161" + "0a" + "01" + "05" + "00");
    }

    private static void assertMalformed(String hex) {
        assertThatThrownBy(() -> ItemCodec.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedEncodingException.class);
    }

    private static AttributeValue number(String text) {
        return new AttributeValue.N(new DecimalNumber(new BigDecimal(text)));
    }
}
