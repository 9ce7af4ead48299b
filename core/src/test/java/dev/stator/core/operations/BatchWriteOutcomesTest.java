package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.get;
import static dev.stator.core.operations.Requests.mapOf;
import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.BatchWriteItemRequest;
import dev.stator.core.operations.api.BatchWriteItemResponse;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.WriteRequest;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.PlacementKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch of writes is answered where not all of them succeed. */
class BatchWriteOutcomesTest {
    private static final WriteRequest PUT_K = new WriteRequest.Put(item("a", "k"));
    private static final WriteRequest PUT_L = new WriteRequest.Put(item("a", "l"));
    private static final PlacementKey L = PlacementKey.of(value("l"));
    private static final BatchWriteItemRequest BOTH =
            new BatchWriteItemRequest(
                    mapOf(HASH, List.of(PUT_K, PUT_L)),
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE);

    private final FakeCluster cluster = Requests.clusterWithTables();

    @Test
    void whatWasCertainlyNotDoneIsUnprocessed() {
        cluster.unreachable.add(L);
        assertThat(cluster.run(BOTH, BatchWriteItemResponse.class).unprocessedItems())
                .isEqualTo(mapOf(HASH, List.of(PUT_L)));
    }

    @Test
    void anUnknownOutcomeIsAnErrorAlthoughOthersWereDone() {
        cluster.undecided.add(L);
        assertThat(cluster.refuse(BOTH)).isInstanceOf(ApiError.InternalServerError.class);
        assertThat(cluster.run(get(HASH, item("a", "k")), GetItemResponse.class).item())
                .isPresent();
    }

    @Test
    void aRefusalIsAnErrorSinceToRepeatItNeverSucceeds() {
        cluster.refused.add(L);
        assertThat(cluster.refuse(BOTH)).isEqualTo(FakeCluster.REFUSED);
    }
}
