package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Requests.query;
import static dev.stator.core.operations.Requests.read;
import static dev.stator.core.operations.Requests.scan;
import static dev.stator.core.operations.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.Capacity;
import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.QueryResponse;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ReadFilter;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.core.operations.api.Select;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reads of ranges cost and how large their pages are. */
class RangeCapacityTest {
    private static final int KIB = 1_024;

    private final FakeCluster cluster = Requests.clusterWithTables();

    @BeforeEach
    void putItems() {
        for (int i = 0; i < 10; i++) {
            cluster.put(
                    RANGE,
                    item("a", "k", "b", "s" + i, "c", "h", "d", "x" + i, "x", "y".repeat(KIB)));
        }
    }

    private static RangeRead.Builder reporting(RangeRead.Builder read) {
        return read.returnConsumedCapacity(ReturnConsumedCapacity.INDEXES);
    }

    private ConsumedCapacity ofQuery(RangeRead.Builder read, String condition) {
        return cluster.run(query(RANGE, condition, reporting(read).build()), QueryResponse.class)
                .consumedCapacity()
                .orElseThrow();
    }

    private static RangeRead.Builder ofKey() {
        return read(":a", "k");
    }

    @Test
    void sizesAreAddedUpAndRoundedOnce() {
        assertThat(ofQuery(ofKey(), "a = :a").total().capacityUnits()).isEqualTo(1.5);
        assertThat(ofQuery(ofKey().consistentRead(true), "a = :a").total().capacityUnits())
                .isEqualTo(3);
        assertThat(ofQuery(ofKey().select(Select.COUNT), "a = :a").total().capacityUnits())
                .isEqualTo(1.5);
        assertThat(ofQuery(ofKey().limit(1), "a = :a").total().capacityUnits()).isEqualTo(0.5);
        assertThat(ofQuery(read(":a", "absent"), "a = :a").total().capacityUnits()).isEqualTo(0.5);
    }

    @Test
    void whatTheFilterLeavesOutIsPaidFor() {
        ReadFilter nothing =
                new ReadFilter(
                        Optional.of("attribute_exists(z)"), Optional.empty(), Optional.empty());
        QueryResponse response =
                cluster.run(
                        query(RANGE, "a = :a", reporting(ofKey().filter(nothing)).build()),
                        QueryResponse.class);

        assertThat(response.count()).isZero();
        assertThat(response.scannedCount()).isEqualTo(10);
        assertThat(response.consumedCapacity().orElseThrow().total().capacityUnits())
                .isEqualTo(1.5);
    }

    @Test
    void aGlobalIndexIsPaidForByItsEntries() {
        ConsumedCapacity consumed = ofQuery(read(":c", "h").indexName("index4"), "c = :c");

        assertThat(consumed.total().capacityUnits()).isEqualTo(0.5);
        assertThat(consumed.table().orElseThrow().capacityUnits()).isZero();
        assertThat(consumed.globalSecondaryIndexes()).containsEntry("index4", Capacity.of(0.5));
        assertThat(consumed.localSecondaryIndexes()).isEmpty();
    }

    @Test
    void whatALocalIndexDoesNotHoldIsFetchedItemByItem() {
        ReadProjection fetched = new ReadProjection(Optional.of("x"), Optional.empty());
        ConsumedCapacity consumed =
                ofQuery(ofKey().indexName("index2").limit(4).projection(fetched), "a = :a");

        assertThat(consumed.table().orElseThrow().capacityUnits()).isEqualTo(4 * 0.5);
        assertThat(consumed.localSecondaryIndexes()).containsEntry("index2", Capacity.of(0.5));
        assertThat(consumed.total().capacityUnits()).isEqualTo(2.5);
    }

    @Test
    void aPageEndsWithTheItemThatReachesOneMebibyte() {
        for (int i = 0; i < 8; i++) {
            cluster.put(RANGE, item("a", "large", "b", "s" + i, "x", "y".repeat(300 * KIB)));
        }
        RangeRead read = read(":a", "large").build();

        QueryResponse first = cluster.run(query(RANGE, "a = :a", read), QueryResponse.class);

        assertThat(first.count()).isEqualTo(4);
        assertThat(first.lastEvaluatedKey()).contains(item("a", "large", "b", "s3"));
    }

    @Test
    void aScanCountsWhatItReads() {
        ScanResponse response =
                cluster.run(
                        scan(RANGE, reporting(read().select(Select.COUNT)).build()),
                        ScanResponse.class);

        assertThat(response.items()).isEmpty();
        assertThat(response.count()).isEqualTo(10);
        assertThat(response.consumedCapacity().orElseThrow().total().capacityUnits())
                .isEqualTo(1.5);
    }
}
