package dev.stator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class AttributeValueTest {
    private static final AttributeValue A = new AttributeValue.S("a");
    private static final AttributeValue B = new AttributeValue.S("b");

    @Test
    void setsAndMapsAreEqualWhateverTheirOrder() {
        assertThat(new AttributeValue.StringSet(new LinkedHashSet<>(List.of("a", "b"))))
                .isEqualTo(new AttributeValue.StringSet(new LinkedHashSet<>(List.of("b", "a"))));
        assertThat(map("x", A, "y", B)).isEqualTo(map("y", B, "x", A));
        assertThat(new Item(map("x", A, "y", B).entries()))
                .isEqualTo(new Item(map("y", B, "x", A).entries()));
        assertThat(new AttributeValue.L(List.of(A, B)))
                .isNotEqualTo(new AttributeValue.L(List.of(B, A)));
    }

    @Test
    void valuesDoNotChangeWithWhatTheyWereMadeFrom() {
        SequencedMap<String, AttributeValue> source = new LinkedHashMap<>(Map.of("x", A));
        Item item = new Item(source);
        source.put("y", B);
        assertThat(item.attributes()).containsOnlyKeys("x");
        assertThatThrownBy(() -> item.attributes().put("y", B))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aBuilderGivesItsResultOnce() {
        AttributesBuilder builder = new AttributesBuilder();
        assertThat(builder.put("x", A)).isTrue();
        assertThat(builder.put("x", B)).isFalse();
        assertThat(builder.toItem().get("x")).isEqualTo(B);
        assertThatThrownBy(() -> builder.put("z", A)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(builder::toMap).isInstanceOf(IllegalStateException.class);
    }

    private static AttributeValue.M map(
            String name1, AttributeValue value1, String name2, AttributeValue value2) {
        AttributesBuilder builder = new AttributesBuilder(2);
        builder.put(name1, value1);
        builder.put(name2, value2);
        return builder.toMap();
    }
}
