package dev.stator.core.operations;

import dev.stator.core.operations.OperationContext.Outcome;
import dev.stator.core.operations.api.BatchWriteItemRequest;
import dev.stator.core.operations.api.BatchWriteItemResponse;
import dev.stator.core.operations.api.ItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.WriteRequest;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.capacity.ConsumedCapacity;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.validation.ValueRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts and deletes up to 25 items of any tables, each on its own (API reference, BatchWriteItem).
 * The whole batch is checked before anything is written.
 *
 * <p>Writes that certainly were not done come back as unprocessed; if none was done, the first
 * error is the answer. A write that was refused is the answer, too: to repeat it would never
 * succeed. So is one whose outcome is not known, although others of the batch were done. To repeat
 * the batch, as clients do after an InternalServerError, changes nothing more; but "unprocessed"
 * would say that it was not done, while it may still be done after the client's next write.
 */
final class BatchWriteItemOperation {
    static final int MAX_WRITES = 25;

    private final BatchWriteItemRequest request;
    private final OperationContext context;
    private final List<OfTable> tables = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    /** A table may be there twice, by its name and by its ARN. */
    private final Map<TableId, Set<PlacementKey>> keysByTable = new HashMap<>();

    /** Of each item collection that was written to its size after the write answered last. */
    private final Map<List<Object>, Long> collectionBytes = new HashMap<>();

    private @Nullable ApiError firstError;

    /** What the whole batch is answered with, whatever became of its other writes. */
    private @Nullable ApiError decisiveError;

    private BatchWriteItemOperation(BatchWriteItemRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
    }

    /** The part of the request that is about one table. */
    private static final class OfTable {
        final TableReference reference;
        final List<WriteRequest> asked;
        final List<ItemCollectionMetrics> metrics = new ArrayList<>();
        ConsumedCapacity consumed;

        OfTable(String given, List<WriteRequest> asked) {
            reference = TableReference.parse(given);
            this.asked = asked;
            consumed = ConsumedCapacity.none(given);
        }
    }

    /** One write. */
    private static final class Write {
        final OfTable ofTable;
        final TableDescriptor table;
        final WriteRequest asked;
        final PlacementKey key;
        boolean processed;

        Write(OfTable ofTable, TableDescriptor table, WriteRequest asked, PlacementKey key) {
            this.ofTable = ofTable;
            this.table = table;
            this.asked = asked;
            this.key = key;
        }

        /** Holds the key attributes, perhaps among others. */
        Item keyed() {
            return switch (asked) {
                case WriteRequest.Put(Item item) -> item;
                case WriteRequest.Delete(Item deleted) -> deleted;
            };
        }
    }

    static void start(BatchWriteItemRequest request, OperationContext context) {
        BatchWriteItemOperation operation = new BatchWriteItemOperation(request, context);
        operation.check();
        operation.findTables(0);
    }

    private void check() {
        if (request.requestItems().isEmpty()) {
            throw ApiException.validation(Messages.requestItemsRequired("BatchWriteItem"));
        }
        int count = 0;
        for (Map.Entry<String, List<WriteRequest>> entry : request.requestItems().entrySet()) {
            tables.add(new OfTable(entry.getKey(), entry.getValue()));
            count += entry.getValue().size();
        }
        if (count > MAX_WRITES) {
            throw ApiException.validation("Too many items requested for the BatchWriteItem call");
        }
        for (OfTable ofTable : tables) {
            for (WriteRequest asked : ofTable.asked) {
                if (asked instanceof WriteRequest.Put(Item item)) {
                    ValueRules.checkSize(item);
                }
            }
        }
    }

    private void findTables(int index) {
        if (index == tables.size()) {
            FanOut.run(writes.size(), this::write, this::answer);
            return;
        }
        OfTable ofTable = tables.get(index);
        TableLookup.find(
                context,
                ofTable.reference,
                table -> {
                    addWrites(ofTable, table);
                    findTables(index + 1);
                });
    }

    private void addWrites(OfTable ofTable, TableDescriptor table) {
        Set<PlacementKey> keys = keysByTable.computeIfAbsent(table.id(), id -> new HashSet<>());
        for (WriteRequest asked : ofTable.asked) {
            PlacementKey key =
                    switch (asked) {
                        case WriteRequest.Put(Item item) -> keyOfPut(table, item);
                        case WriteRequest.Delete(Item deleted) -> {
                            table.key().validateKey(deleted);
                            yield table.key().placementKey(deleted);
                        }
                    };
            if (!keys.add(key)) {
                throw ApiException.validation(Messages.DUPLICATE_KEYS);
            }
            writes.add(new Write(ofTable, table, asked, key));
        }
    }

    private static PlacementKey keyOfPut(TableDescriptor table, Item item) {
        table.key().validateItemOfBatch(item);
        IndexKeyRules.checkItem(table, item);
        return table.key().placementKey(item);
    }

    private void write(int index, Runnable whenDone) {
        Write write = writes.get(index);
        boolean reportsIndexes =
                request.returnConsumedCapacity() != ReturnConsumedCapacity.NONE
                        && CapacityReport.hasIndexes(write.table);
        Change change =
                switch (write.asked) {
                    case WriteRequest.Put(Item item) -> new Change.Put(item);
                    case WriteRequest.Delete ignored -> new Change.Delete();
                };
        context.call(
                write.table,
                write.key,
                new PartitionRequest.Write(
                        write.key, change, Optional.empty(), reportsIndexes, false, false),
                outcome -> {
                    switch (outcome) {
                        case Outcome.Served(PartitionResponse.Written written) ->
                                written(write, written);
                        case Outcome.Served(
                                        PartitionResponse.Refused(ApiError error, int ignored)) ->
                                decided(error);
                        case Outcome.Served(PartitionResponse.Conflict _) ->
                                failed(Refusal.TRANSACTION_CONFLICT);
                        case Outcome.Served(PartitionResponse.Served response) ->
                                decided(
                                        new ApiError.InternalServerError(
                                                "A write was answered by a "
                                                        + response.getClass().getSimpleName()));
                        case Outcome.Failed(ApiError error, boolean nothingDone) -> {
                            if (nothingDone) {
                                failed(error);
                            } else {
                                decided(error);
                            }
                        }
                    }
                    whenDone.run();
                });
    }

    private void written(Write write, PartitionResponse.Written written) {
        write.processed = true;
        if (!write.table.schema().localIndexes().isEmpty()) {
            collectionBytes.put(collectionOf(write), written.collectionBytes());
        }
        CapacityReport.Sizes sizes =
                new CapacityReport.Sizes(written.beforeSizeBytes(), written.afterSizeBytes());
        Item after = write.asked instanceof WriteRequest.Put(Item item) ? item : null;
        OfTable ofTable = write.ofTable;
        ofTable.consumed =
                ofTable.consumed.plus(
                        request.returnConsumedCapacity() == ReturnConsumedCapacity.NONE
                                ? CapacityReport.ofWrite(ofTable.reference, sizes)
                                : CapacityReport.ofWrite(
                                        ofTable.reference,
                                        write.table,
                                        sizes,
                                        written.before().orElse(null),
                                        after));
    }

    private void failed(ApiError error) {
        if (firstError == null) {
            firstError = error;
        }
    }

    private void decided(ApiError error) {
        if (decisiveError == null) {
            decisiveError = error;
        }
    }

    /** Tells of the item collections that were written to, each once. */
    private void reportCollections() {
        if (request.returnItemCollectionMetrics() != ReturnItemCollectionMetrics.SIZE) {
            return;
        }
        for (Write write : writes) {
            Long bytes = collectionBytes.remove(collectionOf(write));
            if (bytes != null) {
                write.ofTable.metrics.add(CollectionMetrics.of(write.table, write.keyed(), bytes));
            }
        }
    }

    private static List<Object> collectionOf(Write write) {
        String name = write.table.key().partitionKey().name();
        AttributeValue value = Objects.requireNonNull(write.keyed().get(name), name);
        return List.of(write.ofTable.reference.given(), value);
    }

    private void answer() {
        if (decisiveError != null) {
            context.fail(decisiveError);
            return;
        }
        SequencedMap<String, List<WriteRequest>> unprocessed = new LinkedHashMap<>();
        boolean anyProcessed = false;
        for (Write write : writes) {
            if (write.processed) {
                anyProcessed = true;
            } else {
                unprocessed
                        .computeIfAbsent(write.ofTable.reference.given(), name -> new ArrayList<>())
                        .add(write.asked);
            }
        }
        if (!anyProcessed && firstError != null) {
            context.fail(firstError);
            return;
        }
        reportCollections();
        SequencedMap<String, List<ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
        List<ConsumedCapacity> consumed = new ArrayList<>();
        for (OfTable ofTable : tables) {
            if (!ofTable.metrics.isEmpty()) {
                metrics.put(ofTable.reference.given(), ofTable.metrics);
            }
            consumed.add(ofTable.consumed);
        }
        context.answer(
                new BatchWriteItemResponse(
                        unprocessed,
                        metrics,
                        CapacityReport.of(request.returnConsumedCapacity(), consumed)));
    }
}
