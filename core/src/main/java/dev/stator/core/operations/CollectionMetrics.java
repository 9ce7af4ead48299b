package dev.stator.core.operations;

import dev.stator.core.operations.api.ItemCollectionMetrics;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.table.TableDescriptor;
import java.util.Map;
import java.util.Objects;

/**
 * What is told of an item collection after a write to a table with local secondary indexes (API
 * reference, ItemCollectionMetrics): the gigabyte that its size is in.
 */
final class CollectionMetrics {
    private static final long GIGABYTE = 1L << 30;

    private CollectionMetrics() {}

    /**
     * @param key holds the partition key of the collection
     * @param collectionBytes its size
     */
    static ItemCollectionMetrics of(TableDescriptor table, Item key, long collectionBytes) {
        String name = table.key().partitionKey().name();
        AttributeValue value = Objects.requireNonNull(key.get(name), name);
        double lower = Math.floorDiv(collectionBytes, GIGABYTE);
        return new ItemCollectionMetrics(Item.of(Map.of(name, value)), lower, lower + 1);
    }
}
