package dev.stator.model.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.RandomCases;
import dev.stator.model.RandomValues;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemCollectionTest {
    @Test
    void everyRangeHoldsExactlyTheKeysThatMeetItsCondition() {
        RandomCases.check(
                10_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    AttributeValue partition = values.keyValue();
                    AttributeValue sort = values.keyValue();
                    AttributeValue bound = LogicalOrder.another(values, sort);
                    AttributeValue high = LogicalOrder.another(values, sort);
                    PlacementKey key = PlacementKey.of(partition, sort);
                    ItemCollection collection = ItemCollection.of(partition);
                    int order = LogicalOrder.compare(sort, bound);
                    assertThat(collection.all().contains(key)).isTrue();
                    assertHolds(collection.equalTo(bound), key, order == 0);
                    assertHolds(collection.lessThan(bound), key, order < 0);
                    assertHolds(collection.lessOrEqual(bound), key, order <= 0);
                    assertHolds(collection.greaterThan(bound), key, order > 0);
                    assertHolds(collection.greaterOrEqual(bound), key, order >= 0);
                    assertHolds(
                            collection.between(bound, high),
                            key,
                            order >= 0 && LogicalOrder.compare(sort, high) <= 0);
                    assertThat(collection.all().contains(collection.lessThan(bound))).isTrue();
                    assertThat(collection.all().contains(collection.greaterThan(bound))).isTrue();
                });
    }

    @Test
    void beginsWithHoldsExactlyTheTextsThatBeginSo() {
        RandomCases.check(
                10_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    AttributeValue partition = values.keyValue();
                    ItemCollection collection = ItemCollection.of(partition);
                    String start = values.text();
                    String text = random.nextBoolean() ? start + values.text() : values.text();
                    assertHolds(
                            collection.beginsWith(new AttributeValue.S(start)),
                            PlacementKey.of(partition, new AttributeValue.S(text)),
                            text.startsWith(start));
                    Bytes prefix = values.bytes();
                    Bytes bytes = random.nextBoolean() ? joined(prefix, values.bytes()) : prefix;
                    assertHolds(
                            collection.beginsWith(new AttributeValue.B(prefix)),
                            PlacementKey.of(partition, new AttributeValue.B(bytes)),
                            bytes.startsWith(prefix));
                });
    }

    @Test
    void otherPartitionKeysAreNotInIt() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    AttributeValue partition = values.keyValue();
                    AttributeValue other = LogicalOrder.another(values, partition);
                    AttributeValue sort = values.keyValue();
                    assertHolds(
                            ItemCollection.of(partition).all(),
                            PlacementKey.of(other, sort),
                            LogicalOrder.compare(partition, other) == 0);
                });
    }

    @Test
    void keysOfSeveralAttributesNarrowFromLeftToRight() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    List<AttributeValue> partition = List.of(values.keyValue(), values.keyValue());
                    AttributeValue first = values.keyValue();
                    AttributeValue otherFirst = LogicalOrder.another(values, first);
                    AttributeValue second = values.keyValue();
                    AttributeValue bound = LogicalOrder.another(values, second);
                    PlacementKey key = PlacementKey.of(partition, List.of(first, second));
                    boolean sameFirst = LogicalOrder.compare(first, otherFirst) == 0;
                    ItemCollection under = ItemCollection.of(partition).under(otherFirst);
                    assertHolds(under.all(), key, sameFirst);
                    assertHolds(
                            under.greaterOrEqual(bound),
                            key,
                            sameFirst && LogicalOrder.compare(second, bound) >= 0);
                });
    }

    @Test
    void boundsInTheWrongOrderHoldNothing() {
        KeyRange range =
                ItemCollection.of(new AttributeValue.S("p"))
                        .between(new AttributeValue.S("b"), new AttributeValue.S("a"));
        assertThat(range.isEmpty()).isTrue();
    }

    private static void assertHolds(KeyRange range, PlacementKey key, boolean expected) {
        assertThat(range.contains(key)).as("%s in %s", key, range).isEqualTo(expected);
    }

    private static Bytes joined(Bytes left, Bytes right) {
        byte[] both = new byte[left.size() + right.size()];
        System.arraycopy(left.unsafeArray(), 0, both, 0, left.size());
        System.arraycopy(right.unsafeArray(), 0, both, left.size(), right.size());
        return Bytes.wrap(both);
    }
}
