package dev.stator.core.operations;

import dev.stator.core.operations.OperationContext.RangeOutcome;
import dev.stator.core.operations.api.ItemCollectionMetrics;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.ItemCollection;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Estimates the size of an item collection after a write to a table with local secondary indexes
 * (API reference, ItemCollectionMetrics). Nothing counts collections as they grow yet, so the items
 * are counted when it is asked, as far as {@link #MAX_MEASURED_BYTES}; of a larger collection the
 * answer tells nothing, which the API allows.
 */
final class CollectionMetrics {
    /**
     * A collection up to this size is within the first gigabyte with all its five indexes, even if
     * they project everything.
     */
    static final int MAX_MEASURED_BYTES = 64 * 1_024 * 1_024;

    private static final double FIRST_LOWER_GIGABYTES = 0;
    private static final double FIRST_UPPER_GIGABYTES = 1;

    private final OperationContext context;
    private final TableDescriptor table;
    private final Consumer<Optional<ItemCollectionMetrics>> then;
    private final ItemCollectionMetrics small;

    private CollectionMetrics(
            OperationContext context,
            TableDescriptor table,
            Item collectionKey,
            Consumer<Optional<ItemCollectionMetrics>> then) {
        this.context = context;
        this.table = table;
        this.then = then;
        small =
                new ItemCollectionMetrics(
                        collectionKey, FIRST_LOWER_GIGABYTES, FIRST_UPPER_GIGABYTES);
    }

    /**
     * @param key holds the partition key of the collection
     */
    static void measure(
            OperationContext context,
            TableDescriptor table,
            Item key,
            Consumer<Optional<ItemCollectionMetrics>> then) {
        String name = table.key().partitionKey().name();
        AttributeValue value = Objects.requireNonNull(key.get(name), name);
        Item collectionKey = Item.of(Map.of(name, value));
        new CollectionMetrics(context, table, collectionKey, then)
                .measure(ItemCollection.of(value).all(), MAX_MEASURED_BYTES);
    }

    private void measure(KeyRange range, int bytes) {
        PartitionRequest.Range count =
                new PartitionRequest.Range(
                        range,
                        true,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        new PageBounds(Integer.MAX_VALUE, Math.min(bytes, TablePage.MAX_BYTES)),
                        true,
                        table.key().names());
        context.callRange(
                table,
                table.id(),
                count,
                outcome -> {
                    switch (outcome) {
                        case RangeOutcome.Served(
                                        PartitionResponse.Page page,
                                        Optional<PlacementKey> continueAt) ->
                                counted(range, bytes, page, continueAt);
                        // The write is done; that its collection can not be measured is no reason
                        // to report it as failed.
                        case RangeOutcome.Failed(ApiError ignored) -> then.accept(Optional.empty());
                    }
                });
    }

    private void counted(
            KeyRange range,
            int bytes,
            PartitionResponse.Page page,
            Optional<PlacementKey> continueAt) {
        long left = bytes - page.evaluatedBytes();
        if (page.lastKey().isEmpty() && continueAt.isEmpty()) {
            then.accept(Optional.of(small));
        } else if (left <= 0) {
            then.accept(Optional.empty());
        } else {
            PlacementKey next =
                    page.lastKey()
                            .map(last -> table.key().placementKey(last).next())
                            .or(() -> continueAt)
                            .orElseThrow();
            measure(new KeyRange(next, range.to()), (int) left);
        }
    }
}
