package dev.stator.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.RandomCases;
import dev.stator.model.RandomValues;
import dev.stator.model.codec.MalformedEncodingException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementKeyTest {
    @Test
    void itemsOfOnePartitionKeyAreOrderedBySortKey() {
        RandomCases.check(
                10_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    AttributeValue partition = values.keyValue();
                    AttributeValue left = values.keyValue();
                    AttributeValue right = LogicalOrder.another(values, left);
                    PlacementKey leftKey = PlacementKey.of(partition, left);
                    PlacementKey rightKey = PlacementKey.of(partition, right);
                    int expected = LogicalOrder.compare(left, right);
                    assertThat(Integer.signum(leftKey.compareTo(rightKey)))
                            .as("%s and %s", left, right)
                            .isEqualTo(expected);
                });
    }

    @Test
    void keysAreOrderedByHashFirst() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    PlacementKey left = PlacementKey.of(values.keyValue(), values.keyValue());
                    PlacementKey right = PlacementKey.of(values.keyValue(), values.keyValue());
                    int byHash = Long.compareUnsigned(left.hash(), right.hash());
                    if (byHash != 0) {
                        assertThat(Integer.signum(left.compareTo(right)))
                                .isEqualTo(Integer.signum(byHash));
                    }
                });
    }

    @Test
    void noKeyIsAPrefixOfAnother() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    AttributeValue partition = values.keyValue();
                    AttributeValue left = values.keyValue();
                    AttributeValue right = LogicalOrder.another(values, left);
                    PlacementKey leftKey = PlacementKey.of(partition, left);
                    PlacementKey rightKey = PlacementKey.of(partition, right);
                    if (!leftKey.equals(rightKey)) {
                        assertThat(leftKey.bytes().startsWith(rightKey.bytes())).isFalse();
                        assertThat(rightKey.bytes().startsWith(leftKey.bytes())).isFalse();
                    }
                });
    }

    @Test
    void equalNumbersMakeEqualKeys() {
        assertThat(PlacementKey.of(number("1000"), number("1.50")))
                .isEqualTo(PlacementKey.of(number("1E+3"), number("15E-1")));
        assertThat(PlacementKey.of(number("0"))).isEqualTo(PlacementKey.of(number("0.00")));
    }

    @Test
    void typesAreToldApart() {
        AttributeValue text = new AttributeValue.S("a");
        AttributeValue bytes = new AttributeValue.B(Bytes.wrap(new byte[] {'a'}));
        assertThat(PlacementKey.of(text)).isNotEqualTo(PlacementKey.of(bytes));
        assertThat(PlacementKey.of(text).hash()).isNotEqualTo(PlacementKey.of(bytes).hash());
    }

    @Test
    void givesItsValuesBack() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    AttributeValue partition = values.keyValue();
                    AttributeValue sort = values.keyValue();
                    assertThat(PlacementKey.of(partition).values()).containsExactly(partition);
                    assertThat(PlacementKey.of(partition, sort).values())
                            .containsExactly(partition, sort);
                    assertThat(
                                    PlacementKey.of(
                                                    List.of(partition, sort),
                                                    List.of(sort, partition))
                                            .values())
                            .containsExactly(partition, sort, sort, partition);
                });
    }

    @Test
    void damagedBytesGiveTheOneException() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    PlacementKey key = PlacementKey.of(values.keyValue(), values.keyValue());
                    PlacementKey damaged =
                            new PlacementKey(Bytes.wrap(values.mutated(key.bytes().toArray())));
                    try {
                        assertThat(damaged.values()).isNotNull();
                    } catch (MalformedEncodingException expected) {
                        assertThat(expected.getMessage()).isNotEmpty();
                    }
                });
    }

    @Test
    void nothingIsBetweenAKeyAndTheNext() {
        PlacementKey key = PlacementKey.of(new AttributeValue.S("a"));
        assertThat(key.next()).isGreaterThan(key);
        assertThat(key.next().bytes()).hasToString(key + "00");
    }

    @Test
    void theFormatStandsStill() {
        assertThat(PlacementKey.of(new AttributeValue.S("a\0\1"), number("-1")))
                .hasToString("a03e23432495e376" + "53" + "6101010102" + "00" + "4e" + "7e7df4ff");
        assertThat(PlacementKey.atHash(-1)).hasToString("ffffffffffffffff");
        assertThat(PlacementKey.FIRST.hash()).isZero();
    }

    @Test
    void onlyScalarsCanBeKeys() {
        assertThatThrownBy(() -> PlacementKey.of(AttributeValue.Null.INSTANCE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AttributeValue number(String text) {
        return new AttributeValue.N(new DecimalNumber(new BigDecimal(text)));
    }
}
