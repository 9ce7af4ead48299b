package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.value;
import static dev.stator.core.operations.TransactionRequests.check;
import static dev.stator.core.operations.TransactionRequests.delete;
import static dev.stator.core.operations.TransactionRequests.get;
import static dev.stator.core.operations.TransactionRequests.put;
import static dev.stator.core.operations.TransactionRequests.putIf;
import static dev.stator.core.operations.TransactionRequests.read;
import static dev.stator.core.operations.TransactionRequests.returningOld;
import static dev.stator.core.operations.TransactionRequests.update;
import static dev.stator.core.operations.TransactionRequests.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.Capacity;
import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.TransactGetItemsResponse;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.core.operations.api.TransactWriteItemsRequest;
import dev.stator.core.operations.api.TransactWriteItemsResponse;
import dev.stator.core.transactions.WriteTransaction;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.CancellationReason.Code;
import dev.stator.model.error.Messages;
import dev.stator.model.key.PlacementKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What transactions do, and what they answer. */
class TransactionsTest {
    private static final String BIG = "x".repeat(1_536);

    private final FakeCluster cluster = Requests.clusterWithTables();

    private static Capacity writeUnits(double units) {
        return new Capacity(units, OptionalDouble.empty(), OptionalDouble.of(units));
    }

    private static Capacity readUnits(double units) {
        return new Capacity(units, OptionalDouble.of(units), OptionalDouble.empty());
    }

    private TransactWriteItemsResponse done(TransactWriteItemsRequest request) {
        return cluster.run(request, TransactWriteItemsResponse.class);
    }

    private List<CancellationReason> reasons(TransactWriteItem... items) {
        return ((ApiError.TransactionCanceled) cluster.refuse(write(items))).reasons();
    }

    private Optional<Item> found(String key) {
        return cluster.item(HASH, item("a", key));
    }

    // ---- Writes

    @Test
    void everyKindOfActionIsDone() {
        cluster.put(HASH, item("a", "updated", "n", 1));
        cluster.put(HASH, item("a", "deleted"));
        cluster.put(HASH, item("a", "checked", "n", 1));
        TransactWriteItemsResponse response =
                done(
                        write(
                                put(HASH, item("a", "put")),
                                update(HASH, item("a", "updated"), "ADD n :one", ":one", 1),
                                delete(HASH, item("a", "deleted")),
                                check(HASH, item("a", "checked"), "n = :one", ":one", 1),
                                put(RANGE, item("a", "k", "b", "l"))));
        assertThat(response.consumedCapacity()).isEmpty();
        assertThat(response.itemCollectionMetrics()).isEmpty();
        assertThat(found("put")).isPresent();
        assertThat(found("updated")).contains(item("a", "updated", "n", 2));
        assertThat(found("deleted")).isEmpty();
        assertThat(cluster.item(RANGE, item("a", "k", "b", "l"))).isPresent();
    }

    @Test
    void everyFailedConditionIsToldInItsPlaceAndNothingIsDone() {
        cluster.put(HASH, item("a", "k", "n", 1));
        cluster.put(HASH, item("a", "l", "n", 2));
        assertThat(
                        reasons(
                                put(HASH, item("a", "new")),
                                putIf(HASH, item("a", "k"), "attribute_not_exists(a)"),
                                returningOld(check(HASH, item("a", "l"), "n = :one", ":one", 1))))
                .containsExactly(
                        CancellationReason.NONE,
                        CancellationReason.of(
                                Code.CONDITIONAL_CHECK_FAILED, Messages.CONDITION_FAILED),
                        new CancellationReason(
                                Code.CONDITIONAL_CHECK_FAILED,
                                Optional.of(Messages.CONDITION_FAILED),
                                Optional.of(item("a", "l", "n", 2))));
        assertThat(found("new")).isEmpty();
    }

    @Test
    void aChangeThatCannotBeMadeIsToldAlone() {
        cluster.put(HASH, item("a", "k", "n", "text"));
        List<CancellationReason> reasons =
                reasons(
                        check(HASH, item("a", "none"), "attribute_exists(a)"),
                        update(HASH, item("a", "k"), "ADD n :one", ":one", 1));
        assertThat(reasons.getFirst()).isEqualTo(CancellationReason.NONE);
        assertThat(reasons.getLast().code()).isEqualTo(Code.VALIDATION_ERROR);
        assertThat(reasons.getLast().message())
                .contains("An operand in the update expression has an incorrect data type");
    }

    @Test
    void anItemThatAnotherTransactionHoldsConflicts() {
        cluster.transactions.held.add(PlacementKey.of(value("k")));
        ApiError error = cluster.refuse(write(put(HASH, item("a", "k"))));
        assertThat(error)
                .isEqualTo(
                        new ApiError.TransactionCanceled(
                                "Transaction cancelled, please refer cancellation reasons for"
                                        + " specific reasons [TransactionConflict]",
                                List.of(
                                        CancellationReason.of(
                                                Code.TRANSACTION_CONFLICT,
                                                "Transaction is ongoing for the item"))));
    }

    // ---- Tokens

    @Test
    void aTokenIsNotDoneTwiceAndTheRepetitionCostsWhatItReads() {
        TransactWriteItemsRequest request = write("token", put(HASH, item("a", "k", "x", BIG)));
        assertThat(done(request).consumedCapacity().getFirst().total()).isEqualTo(writeUnits(4));
        cluster.put(HASH, item("a", "k", "x", "changed"));
        assertThat(done(request).consumedCapacity().getFirst().total()).isEqualTo(readUnits(2));
        assertThat(found("k")).contains(item("a", "k", "x", "changed"));
    }

    @Test
    void aTokenNamesOneTransaction() {
        done(write("token", put(HASH, item("a", "k"))));
        assertThat(cluster.refuse(write("token", put(HASH, item("a", "l")))))
                .isInstanceOf(ApiError.IdempotentParameterMismatch.class);
        cluster.transactions.underWay.add(new WriteTransaction.Token(FakeCluster.ACCOUNT, "other"));
        assertThat(cluster.refuse(write("other", put(HASH, item("a", "l")))))
                .isInstanceOf(ApiError.TransactionInProgress.class);
    }

    // ---- What the response says

    @Test
    void aTableCostsTwiceAsMuchAndItsIndexesDoNot() {
        cluster.put(RANGE, item("a", "k", "b", "old", "c", "x"));
        List<ConsumedCapacity> consumed =
                done(write(
                                "token",
                                put(RANGE, item("a", "k", "b", "new", "c", "x")),
                                check(RANGE, item("a", "k", "b", "old"), "attribute_exists(a)"),
                                put(HASH, item("a", "k", "x", BIG))))
                        .consumedCapacity();
        assertThat(consumed).hasSize(2);
        ConsumedCapacity ofRange = consumed.getFirst();
        assertThat(ofRange.tableName()).isEqualTo(RANGE);
        assertThat(ofRange.table()).contains(writeUnits(4));
        assertThat(ofRange.localSecondaryIndexes()).containsEntry("index1", writeUnits(1));
        assertThat(ofRange.globalSecondaryIndexes()).containsEntry("index3", writeUnits(1));
        assertThat(ofRange.total()).isEqualTo(writeUnits(6));
        assertThat(consumed.getLast().total()).isEqualTo(writeUnits(4));
    }

    @Test
    void collectionsAreMeasuredOnceEach() {
        TransactWriteItemsRequest request =
                new TransactWriteItemsRequest(
                        List.of(
                                put(RANGE, item("a", "k", "b", "1")),
                                put(RANGE, item("a", "k", "b", "2")),
                                put(RANGE, item("a", "l", "b", "1")),
                                check(RANGE, item("a", "m", "b", "1"), "attribute_not_exists(a)"),
                                put(HASH, item("a", "k"))),
                        Optional.empty(),
                        ReturnConsumedCapacity.NONE,
                        ReturnItemCollectionMetrics.SIZE);
        assertThat(done(request).itemCollectionMetrics()).containsOnlyKeys(RANGE);
        assertThat(done(request).itemCollectionMetrics().get(RANGE))
                .extracting(metrics -> metrics.itemCollectionKey())
                .containsExactlyInAnyOrder(item("a", "k"), item("a", "l"));
    }

    // ---- Reads

    @Test
    void itemsAreReadInTheOrderOfTheRequest() {
        cluster.put(HASH, item("a", "k", "x", "1"));
        cluster.put(HASH, item("a", "l", "x", BIG.repeat(3)));
        ReadProjection x = new ReadProjection(Optional.of("x"), Optional.empty());
        ReadProjection y = new ReadProjection(Optional.of("y"), Optional.empty());
        TransactGetItemsResponse response =
                cluster.run(
                        read(
                                get(HASH, item("a", "none")),
                                get(HASH, item("a", "k"), x),
                                get(HASH, item("a", "l"), y)),
                        TransactGetItemsResponse.class);
        assertThat(response.responses())
                .containsExactly(Optional.empty(), Optional.of(item("x", "1")), Optional.empty());
        assertThat(response.consumedCapacity()).hasSize(1);
        assertThat(response.consumedCapacity().getFirst().total()).isEqualTo(readUnits(8));
        assertThat(response.consumedCapacity().getFirst().table()).contains(readUnits(8));
    }

    @Test
    void aReadOfAnItemThatIsBeingWrittenConflicts() {
        cluster.transactions.held.add(PlacementKey.of(value("l")));
        ApiError error = cluster.refuse(read(get(HASH, item("a", "k")), get(HASH, item("a", "l"))));
        assertThat(error.message()).endsWith("[None, TransactionConflict]");
    }

    @Test
    void moreThanFourMegabytesAreNotRead() {
        dev.stator.core.operations.api.TransactGetItem[] gets =
                new dev.stator.core.operations.api.TransactGetItem[12];
        for (int i = 0; i < gets.length; i++) {
            cluster.put(HASH, item("a", "k" + i, "x", "x".repeat(360_000)));
            gets[i] = get(HASH, item("a", "k" + i));
        }
        assertThat(cluster.refuse(read(gets)))
                .isEqualTo(new ApiError.Validation(Messages.TRANSACTION_TOO_LARGE));
    }
}
