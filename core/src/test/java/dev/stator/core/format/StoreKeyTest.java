package dev.stator.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StoreKeyTest {
    private static final PlacementKey KEY = new PlacementKey(Bytes.wrap(new byte[] {1, -1}));

    @Test
    void hasTheFormThatItHadFromTheStart() {
        assertThat(HexFormat.of().formatHex(StoreKey.of(0x0102030405060708L, KEY)))
                .isEqualTo("0102030405060708" + "01ff");
        assertThat(StoreKey.placementKey(StoreKey.of(7, KEY))).isEqualTo(KEY);
    }

    @Test
    void aRangeHoldsTheItemsOfItsTableAlone() {
        byte[] from = StoreKey.from(7, KeyRange.ALL);
        byte[] to = StoreKey.toExclusive(7, KeyRange.ALL);
        byte[] inside = StoreKey.of(7, PlacementKey.of(new AttributeValue.S("a")));
        byte[] highest = StoreKey.of(7, new PlacementKey(Bytes.wrap(new byte[] {-1, -1, -1, -1})));
        byte[] next = StoreKey.of(8, PlacementKey.FIRST);
        assertThat(Arrays.compareUnsigned(from, inside)).isNotPositive();
        assertThat(Arrays.compareUnsigned(highest, to)).isNegative();
        assertThat(Arrays.compareUnsigned(next, to)).isNotNegative();
    }

    @Test
    void entriesAndSizesLieUnderTheTablesId() {
        long prefix = StoreKey.localIndex(0x02030405060708L, 1);
        assertThat(HexFormat.of().formatHex(StoreKey.of(prefix, KEY)))
                .isEqualTo("0202030405060708" + "01ff");
        long sizes = StoreKey.collectionSizes(0x02030405060708L);
        assertThat(HexFormat.of().formatHex(StoreKey.of(sizes, KEY)))
                .isEqualTo("4002030405060708" + "01ff");
        assertThat(StoreKey.isItem(StoreKey.of(7, KEY))).isTrue();
        assertThat(StoreKey.isItem(StoreKey.of(prefix, KEY))).isFalse();
        assertThat(StoreKey.isRow(StoreKey.of(sizes, KEY))).isFalse();
        assertThatThrownBy(() -> StoreKey.localIndex(1L << 56, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBoundedRangeEndsBeforeItsBound() {
        KeyRange range = new KeyRange(PlacementKey.FIRST, KEY);
        assertThat(StoreKey.toExclusive(7, range)).isEqualTo(StoreKey.of(7, KEY));
    }

    @Test
    void tableIdsAreOrderedAsUnsigned() {
        byte[] to = StoreKey.toExclusive(Long.MAX_VALUE, KeyRange.ALL);
        assertThat(Arrays.compareUnsigned(StoreKey.of(Long.MAX_VALUE, KEY), to)).isNegative();
        assertThatThrownBy(() -> StoreKey.toExclusive(-1, KeyRange.ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsTooShortIsNoStoreKey() {
        assertThatThrownBy(() -> StoreKey.placementKey(new byte[7]))
                .isInstanceOf(MalformedEncodingException.class);
    }
}
