package dev.stator.model.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CapacityUnitsTest {
    @Test
    void readsAreRoundedUpTo4Kilobytes() {
        assertThat(CapacityUnits.read(0, ReadKind.STRONG)).isEqualTo(1);
        assertThat(CapacityUnits.read(0, ReadKind.EVENTUAL)).isEqualTo(0.5);
        assertThat(CapacityUnits.read(0, ReadKind.TRANSACTIONAL)).isEqualTo(2);
        assertThat(CapacityUnits.read(4_096, ReadKind.STRONG)).isEqualTo(1);
        assertThat(CapacityUnits.read(4_097, ReadKind.STRONG)).isEqualTo(2);
        assertThat(CapacityUnits.read(8_193, ReadKind.EVENTUAL)).isEqualTo(1.5);
        assertThat(CapacityUnits.read(8_193, ReadKind.TRANSACTIONAL)).isEqualTo(6);
        assertThat(CapacityUnits.read(1_048_576, ReadKind.EVENTUAL)).isEqualTo(128);
    }

    /**
     * The developer guide's example: a query over 1,500 items of 64 bytes is charged for 96,000.
     */
    @Test
    void aQueryIsChargedOnceForTheSum() {
        assertThat(CapacityUnits.read(1_500 * 64, ReadKind.STRONG)).isEqualTo(24);
        assertThat(CapacityUnits.read(1_500 * 64, ReadKind.EVENTUAL)).isEqualTo(12);
    }

    @Test
    void writesAreChargedByTheLargerImage() {
        assertThat(CapacityUnits.write(0, 1, WriteKind.STANDARD)).isEqualTo(1);
        assertThat(CapacityUnits.write(0, 0, WriteKind.STANDARD)).isEqualTo(1);
        assertThat(CapacityUnits.write(3_000, 10, WriteKind.STANDARD)).isEqualTo(3);
        assertThat(CapacityUnits.write(10, 1_025, WriteKind.STANDARD)).isEqualTo(2);
        assertThat(CapacityUnits.write(10, 1_025, WriteKind.TRANSACTIONAL)).isEqualTo(4);
    }

    @Test
    void anIndexIsChargedForTheEntriesThatChange() {
        IndexEntry small = entry("k", 100);
        IndexEntry large = entry("k", 3_000);
        IndexEntry moved = entry("l", 100);
        assertThat(CapacityUnits.indexWrite(null, null)).isEqualTo(OptionalDouble.empty());
        assertThat(CapacityUnits.indexWrite(null, large)).isEqualTo(OptionalDouble.of(3));
        assertThat(CapacityUnits.indexWrite(large, null)).isEqualTo(OptionalDouble.of(3));
        assertThat(CapacityUnits.indexWrite(small, large)).isEqualTo(OptionalDouble.of(3));
        assertThat(CapacityUnits.indexWrite(large, small)).isEqualTo(OptionalDouble.of(3));
        assertThat(CapacityUnits.indexWrite(large, moved)).isEqualTo(OptionalDouble.of(4));
        assertThat(CapacityUnits.indexWrite(small, entry("k", 100)))
                .isEqualTo(OptionalDouble.empty());
    }

    @Test
    void anotherOrderInASetIsNoChangeOfAnIndex() {
        assertThat(CapacityUnits.indexWrite(setEntry("a", "b"), setEntry("b", "a"))).isEmpty();
        assertThat(CapacityUnits.indexWrite(setEntry("a", "b"), setEntry("a", "c"))).hasValue(1);
    }

    @Test
    void partsAddUp() {
        ConsumedCapacity consumed =
                ConsumedCapacity.ofTable("t", Capacity.write(2))
                        .plusGlobalIndex("g", Capacity.write(1))
                        .plusLocalIndex("l", Capacity.write(3));
        ConsumedCapacity sum = consumed.plus(consumed).plusTable(Capacity.read(0.5));
        assertThat(sum.table()).isEqualTo(new Capacity(0.5, 4));
        assertThat(sum.globalIndexes()).isEqualTo(Map.of("g", Capacity.write(2)));
        assertThat(sum.localIndexes()).isEqualTo(Map.of("l", Capacity.write(6)));
        assertThat(sum.total()).isEqualTo(new Capacity(0.5, 12));
        assertThat(sum.total().total()).isEqualTo(12.5);
        assertThat(ConsumedCapacity.none("t").total()).isEqualTo(Capacity.NONE);
    }

    private static IndexEntry entry(String key, int size) {
        AttributeValue value = new AttributeValue.S("x".repeat(size - 1));
        return new IndexEntry(
                PlacementKey.of(new AttributeValue.S(key)), Item.of(Map.of("a", value)));
    }

    private static IndexEntry setEntry(String first, String second) {
        AttributeValue set =
                new AttributeValue.StringSet(new LinkedHashSet<>(List.of(first, second)));
        return new IndexEntry(
                PlacementKey.of(new AttributeValue.S("k")), Item.of(Map.of("a", set)));
    }
}
