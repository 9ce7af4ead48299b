package dev.stator.benchmarks.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.ItemSize;
import org.junit.jupiter.api.Test;

class SampleItemTest {
    @Test
    void itemsHaveTheSizeThatTheySay() {
        assertThat(ItemSize.of(SampleItem.of(0))).isEqualTo(SampleItem.SIZE_BYTES);
        assertThat(ItemSize.of(SampleItem.of(9_999))).isEqualTo(SampleItem.SIZE_BYTES);
    }
}
