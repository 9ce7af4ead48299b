package dev.stator.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StoredItemTest {
    static final Item ITEM = sample();

    /** What version 1 wrote. If this test fails, stored data can no longer be read. */
    static final String GOLDEN =
            "01"
                    + "000649b7e334e340"
                    + "0c"
                    + "02"
                    + ("02706b" + "01" + "0568656c6c6f")
                    + ("016e" + "02" + "54")
                    + "92a0db07";

    static Item sample() {
        AttributesBuilder attributes = new AttributesBuilder();
        attributes.put("pk", new AttributeValue.S("hello"));
        attributes.put("n", new AttributeValue.N(DecimalNumber.of(42)));
        return attributes.toItem();
    }

    static StoredItem stored() {
        return StoredItem.of(ITEM, 1_769_904_000_000_832L, 12);
    }

    @Test
    void hasTheFormThatItHadInVersion1() {
        assertThat(HexFormat.of().formatHex(stored().bytes())).isEqualTo(GOLDEN);
        StoredItem read = StoredItem.parse(HexFormat.of().parseHex(GOLDEN));
        assertThat(read.timestampMicros()).isEqualTo(1_769_904_000_000_832L);
        assertThat(read.sizeBytes()).isEqualTo(12);
        assertThat(read.item()).isEqualTo(ITEM);
    }

    @Test
    void givesBackTheVeryBytesItWasReadFrom() {
        byte[] bytes = stored().bytes();
        assertThat(StoredItem.parse(bytes).bytes()).isSameAs(bytes);
    }

    @Test
    void anItemWithoutAttributesIsAnItem() {
        byte[] bytes = StoredItem.of(Item.EMPTY, 0, 0).bytes();
        StoredItem read = StoredItem.parse(bytes);
        assertThat(read.item()).isEqualTo(Item.EMPTY);
        assertThat(read.sizeBytes()).isZero();
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] bytes = stored().bytes();
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> StoredItem.parse(damaged))
                    .as("bit %s", bit)
                    .isInstanceOf(MalformedEncodingException.class);
        }
    }

    @Test
    void whatIsCutOffOrTooLongIsNoticed() {
        byte[] bytes = stored().bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StoredItem.parse(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(MalformedEncodingException.class);
        }
        assertThatThrownBy(() -> StoredItem.parse(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedEncodingException.class);
    }

    @Test
    void anUnknownVersionIsNamed() {
        byte[] bytes = stored().bytes();
        bytes[0] = 2;
        assertThatThrownBy(() -> StoredItem.parse(bytes))
                .isInstanceOf(MalformedEncodingException.class)
                .hasMessageContaining("version of a stored item: 2");
    }

    @Test
    void attributesThatCannotBeDecodedAreNoticedWhenTheyAreAskedFor() {
        StoredItem read = StoredItem.parse(Damage.withWrongAttributes());
        assertThat(read.sizeBytes()).isEqualTo(12);
        assertThatThrownBy(read::item).isInstanceOf(MalformedEncodingException.class);
    }

    @Test
    void aNegativeSizeIsABug() {
        assertThatThrownBy(() -> StoredItem.of(Item.EMPTY, 0, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
