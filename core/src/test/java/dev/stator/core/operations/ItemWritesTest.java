package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Requests.attributeValues;
import static dev.stator.core.operations.Requests.expectedValue;
import static dev.stator.core.operations.Requests.expecting;
import static dev.stator.core.operations.Requests.get;
import static dev.stator.core.operations.Requests.legacyUpdate;
import static dev.stator.core.operations.Requests.mapOf;
import static dev.stator.core.operations.Requests.placeholders;
import static dev.stator.core.operations.Requests.put;
import static dev.stator.core.operations.Requests.putIf;
import static dev.stator.core.operations.Requests.returning;
import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.list;
import static dev.stator.core.operations.TestItems.map;
import static dev.stator.core.operations.TestItems.n;
import static dev.stator.core.operations.TestItems.names;
import static dev.stator.core.operations.TestItems.ss;
import static dev.stator.core.operations.TestItems.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.AttributeAction;
import dev.stator.core.operations.api.AttributeValueUpdate;
import dev.stator.core.operations.api.DeleteItemResponse;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.operations.api.ItemCollectionMetrics;
import dev.stator.core.operations.api.ItemUpdate;
import dev.stator.core.operations.api.PutItemRequest;
import dev.stator.core.operations.api.PutItemResponse;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.UpdateItemRequest;
import dev.stator.core.operations.api.UpdateItemResponse;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.core.operations.api.WriteReturns;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.PlacementKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ItemWritesTest {
    private static final Item KEY = item("a", "k");
    private static final WriteReturns COLLECTION_SIZE =
            new WriteReturns(
                    ReturnValue.NONE,
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.SIZE);

    private final FakeCluster cluster = Requests.clusterWithTables();

    @Test
    void whatIsPutIsRead() {
        Item item = item("a", "k", "x", map("y", list(1, "two", true)), "s", ss("p", "q"));

        assertThat(cluster.run(put(HASH, item), PutItemResponse.class))
                .isEqualTo(
                        new PutItemResponse(Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(read(KEY)).contains(item);
        assertThat(read(item("a", "other"))).isEmpty();
        assertThat(read(KEY, ReadProjection.of("x.y[1], nothing")))
                .contains(item("x", map("y", list("two"))));
        assertThat(read(KEY, ReadProjection.of("nothing"))).contains(Item.EMPTY);
        assertThat(
                        read(
                                KEY,
                                new ReadProjection(
                                        Optional.empty(), Optional.of(List.of("a", "x.y")))))
                .contains(KEY);
    }

    @Test
    void putReplacesTheWholeItem() {
        cluster.put(HASH, item("a", "k", "x", 1, "y", 2));

        PutItemResponse response =
                cluster.run(
                        put(HASH, item("a", "k", "z", 3), returning(ReturnValue.ALL_OLD)),
                        PutItemResponse.class);

        assertThat(response.attributes()).contains(item("a", "k", "x", 1, "y", 2));
        assertThat(read(KEY)).contains(item("a", "k", "z", 3));
    }

    @Test
    void theOldItemIsReturnedWhereThereWasOne() {
        WriteReturns allOld = returning(ReturnValue.ALL_OLD);
        assertThat(cluster.run(put(HASH, KEY, allOld), PutItemResponse.class).attributes())
                .isEmpty();
        assertThat(cluster.run(put(HASH, KEY), PutItemResponse.class).attributes()).isEmpty();
        assertThat(
                        cluster.run(Requests.delete(HASH, KEY, allOld), DeleteItemResponse.class)
                                .attributes())
                .contains(KEY);
        assertThat(
                        cluster.run(Requests.delete(HASH, KEY, allOld), DeleteItemResponse.class)
                                .attributes())
                .isEmpty();
        assertThat(read(KEY)).isEmpty();
    }

    @Test
    void anUpdateReturnsTheFormThatWasAskedFor() {
        Item before = item("a", "k", "x", 1, "y", map("p", 1, "q", 2), "z", "same");
        String set = "SET x = :one, y.p = :one, z = :same, fresh = :one";
        ExpressionAttributes attributes = attributeValues(":one", 10, ":same", "same");
        Item after = item("a", "k", "x", 10, "y", map("p", 10, "q", 2), "z", "same", "fresh", 10);

        assertThat(updated(before, set, attributes, ReturnValue.NONE)).isEmpty();
        assertThat(updated(before, set, attributes, ReturnValue.ALL_OLD)).contains(before);
        assertThat(updated(before, set, attributes, ReturnValue.ALL_NEW)).contains(after);
        assertThat(updated(before, set, attributes, ReturnValue.UPDATED_OLD))
                .contains(item("x", 1, "y", map("p", 1), "z", "same"));
        assertThat(updated(before, set, attributes, ReturnValue.UPDATED_NEW))
                .contains(item("x", 10, "y", map("p", 10), "z", "same", "fresh", 10));
        assertThat(read(KEY)).contains(after);
    }

    @Test
    void updatedAttributesHaveTheirOddCases() {
        Item before = item("a", "k", "x", 1, "l", list("p", "q", "r"));
        ExpressionAttributes none = ExpressionAttributes.NONE;
        ExpressionAttributes value = attributeValues(":v", "new");

        // An update that only removes has nothing new to show.
        assertThat(updated(before, "REMOVE x", none, ReturnValue.UPDATED_NEW)).isEmpty();
        assertThat(updated(before, "REMOVE x", none, ReturnValue.UPDATED_OLD))
                .contains(item("x", 1));
        assertThat(updated(before, "SET fresh = :v", value, ReturnValue.UPDATED_OLD)).isEmpty();
        // What is set beyond the end of a list is appended, so it is not where it was set.
        assertThat(updated(before, "SET l[9] = :v", value, ReturnValue.UPDATED_NEW)).isEmpty();
        assertThat(read(KEY)).contains(item("a", "k", "x", 1, "l", list("p", "q", "r", "new")));
        // The element that moved to the place of the one removed is shown.
        assertThat(updated(before, "REMOVE l[1]", none, ReturnValue.UPDATED_NEW))
                .contains(item("l", list("r")));
    }

    private Optional<Item> updated(
            Item before, String update, ExpressionAttributes attributes, ReturnValue returned) {
        cluster.put(HASH, before);
        return cluster.run(
                        Requests.update(HASH, KEY, update, attributes, returned),
                        UpdateItemResponse.class)
                .attributes();
    }

    @Test
    void anUpdateCreatesTheItemUnlessItOnlyTakesAway() {
        update("SET x = :v", attributeValues(":v", 1));
        assertThat(read(KEY)).contains(item("a", "k", "x", 1));
        delete();
        update("ADD x :v", attributeValues(":v", 5));
        assertThat(read(KEY)).contains(item("a", "k", "x", 5));
        delete();
        update("REMOVE x", ExpressionAttributes.NONE);
        assertThat(read(KEY)).isEmpty();
        update("DELETE x :v", attributeValues(":v", ss("p")));
        assertThat(read(KEY)).isEmpty();
        cluster.run(
                new UpdateItemRequest(
                        HASH,
                        KEY,
                        ItemUpdate.NONE,
                        WriteCondition.NONE,
                        ExpressionAttributes.NONE,
                        WriteReturns.NONE),
                UpdateItemResponse.class);
        assertThat(read(KEY)).contains(KEY);
    }

    private void update(String update, ExpressionAttributes attributes) {
        cluster.run(Requests.update(HASH, KEY, update, attributes), UpdateItemResponse.class);
    }

    private void delete() {
        cluster.run(Requests.delete(HASH, KEY, WriteReturns.NONE), DeleteItemResponse.class);
    }

    @Test
    void attributeUpdatesTakeEffect() {
        cluster.put(HASH, item("a", "k", "n", 1, "s", ss("p", "q"), "x", "old"));
        SequencedMap<String, AttributeValueUpdate> updates = new LinkedHashMap<>();
        updates.put("n", change(AttributeAction.ADD, n("2")));
        updates.put("s", change(AttributeAction.DELETE, ss("p")));
        updates.put(
                "x",
                new AttributeValueUpdate(Optional.empty(), Optional.of(AttributeAction.DELETE)));
        updates.put(
                "dotted.name", new AttributeValueUpdate(Optional.of(value("v")), Optional.empty()));

        cluster.run(legacyUpdate(HASH, KEY, updates), UpdateItemResponse.class);

        assertThat(read(KEY)).contains(item("a", "k", "n", 3, "s", ss("q"), "dotted.name", "v"));
    }

    private static AttributeValueUpdate change(AttributeAction action, AttributeValue value) {
        return new AttributeValueUpdate(Optional.of(value), Optional.of(action));
    }

    @Test
    void aFailedConditionChangesNothing() {
        Item before = item("a", "k", "x", 1);
        cluster.put(HASH, before);
        Item wanted = item("a", "k", "x", 2);
        ApiError failed =
                new ApiError.ConditionalCheckFailed(
                        "The conditional request failed", Optional.empty());

        assertThat(
                        cluster.refuse(
                                putIf(
                                        HASH,
                                        wanted,
                                        "attribute_not_exists(a)",
                                        ExpressionAttributes.NONE)))
                .isEqualTo(failed);
        assertThat(
                        cluster.refuse(
                                putIf(
                                        HASH,
                                        wanted,
                                        "#x = :v",
                                        placeholders(
                                                names("#x", "x"), TestItems.attributes(":v", 5)))))
                .isEqualTo(failed);
        assertThat(
                        cluster.refuse(
                                putIf(HASH, wanted, expecting(mapOf("x", expectedValue(n("5")))))))
                .isEqualTo(failed);
        assertThat(read(KEY)).contains(before);

        cluster.run(
                putIf(HASH, wanted, expecting(mapOf("x", expectedValue(n("1"))))),
                PutItemResponse.class);
        assertThat(read(KEY)).contains(wanted);
    }

    @Test
    void aFailedConditionReturnsTheItemIfAskedTo() {
        assertThat(cluster.refuse(conditional(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isEqualTo(
                        new ApiError.ConditionalCheckFailed(
                                "The conditional request failed", Optional.empty()));
        Item before = item("a", "k", "y", 1);
        cluster.put(HASH, before);
        assertThat(cluster.refuse(conditional(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isEqualTo(
                        new ApiError.ConditionalCheckFailed(
                                "The conditional request failed", Optional.of(before)));
        assertThat(cluster.refuse(conditional(ReturnValuesOnConditionCheckFailure.NONE)))
                .isEqualTo(
                        new ApiError.ConditionalCheckFailed(
                                "The conditional request failed", Optional.empty()));
    }

    private static PutItemRequest conditional(ReturnValuesOnConditionCheckFailure onFailure) {
        WriteCondition condition =
                new WriteCondition(
                        Optional.of("attribute_exists(x)"),
                        Optional.empty(),
                        Optional.empty(),
                        onFailure);
        return putIf(HASH, KEY, condition);
    }

    @Test
    void itemCollectionsAreMeasuredWhereThereAreLocalIndexes() {
        Item item = item("a", "k", "b", "1");
        WriteReturns size = COLLECTION_SIZE;

        assertThat(cluster.run(put(HASH, KEY, size), PutItemResponse.class).itemCollectionMetrics())
                .isEmpty();
        assertThat(
                        cluster.run(put(RANGE, item, size), PutItemResponse.class)
                                .itemCollectionMetrics())
                .contains(new ItemCollectionMetrics(item("a", "k"), 0, 1));
        assertThat(
                        cluster.run(Requests.delete(RANGE, item, size), DeleteItemResponse.class)
                                .itemCollectionMetrics())
                .contains(new ItemCollectionMetrics(item("a", "k"), 0, 1));
    }

    @Test
    void aCollectionIsMeasuredWithoutAnotherCall() {
        int callsBefore = cluster.calls;

        cluster.run(put(RANGE, item("a", "k", "b", "1"), COLLECTION_SIZE), PutItemResponse.class);

        assertThat(cluster.calls - callsBefore).isEqualTo(1);
    }

    @Test
    void aCollectionIsInTheGigabyteOfItsSize() {
        long gigabyte = 1L << 30;
        assertThat(rangeOf(0)).isEqualTo(new ItemCollectionMetrics(item("a", "k"), 0, 1));
        assertThat(rangeOf(gigabyte - 1)).isEqualTo(rangeOf(0));
        assertThat(rangeOf(gigabyte)).isEqualTo(new ItemCollectionMetrics(item("a", "k"), 1, 2));
        assertThat(rangeOf(10 * gigabyte))
                .isEqualTo(new ItemCollectionMetrics(item("a", "k"), 10, 11));
    }

    private ItemCollectionMetrics rangeOf(long bytes) {
        return CollectionMetrics.of(cluster.descriptor(RANGE), item("a", "k", "b", "other"), bytes);
    }

    @Test
    void aCollectionGrowsAsFarAsItMay() {
        String large = "x".repeat(399_000);
        for (int i = 0; i < 6; i++) {
            Item item = item("a", "k", "b", "1" + i, "large", large);
            cluster.run(put(RANGE, item), PutItemResponse.class);
        }
        // It is in an index that projects everything: twice its size.
        PutItemRequest indexed = put(RANGE, item("a", "k", "b", "2", "c", "c", "large", large));
        assertThat(cluster.refuse(indexed))
                .isEqualTo(
                        new ApiError.ItemCollectionSizeLimitExceeded("Collection size exceeded."));
        assertThat(cluster.item(RANGE, item("a", "k", "b", "2"))).isEmpty();

        cluster.run(
                put(RANGE, item("a", "other", "b", "2", "c", "c", "large", large)),
                PutItemResponse.class);
        cluster.run(
                Requests.delete(RANGE, item("a", "k", "b", "10"), COLLECTION_SIZE),
                DeleteItemResponse.class);
        cluster.run(indexed, PutItemResponse.class);
    }

    @Test
    void whatPartitionsReportEndsTheOperation() {
        cluster.unreachable.add(PlacementKey.of(value("k")));

        assertThat(cluster.refuse(put(HASH, KEY))).isInstanceOf(ApiError.ServiceUnavailable.class);
        assertThat(cluster.refuse(get(HASH, KEY))).isInstanceOf(ApiError.ServiceUnavailable.class);
    }

    private Optional<Item> read(Item key) {
        return read(key, ReadProjection.NONE);
    }

    private Optional<Item> read(Item key, ReadProjection projection) {
        return cluster.run(
                        get(HASH, key, projection, ExpressionAttributes.NONE),
                        GetItemResponse.class)
                .item();
    }
}
