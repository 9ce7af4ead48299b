package dev.stator.core.operations;

import dev.stator.core.operations.OperationContext.Outcome;
import dev.stator.core.operations.api.BatchGetItemRequest;
import dev.stator.core.operations.api.BatchGetItemResponse;
import dev.stator.core.operations.api.KeysAndAttributes;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.capacity.ConsumedCapacity;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.Projection;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads up to a hundred items of any tables (API reference, BatchGetItem). Keys whose item could
 * not be read, or did not fit into the answer, come back as unprocessed; if none could be read, the
 * first error is the answer.
 */
final class BatchGetItemOperation {
    static final int MAX_KEYS = 100;

    /** What the items of an answer may add up to. */
    static final long MAX_RESPONSE_BYTES = 16L * 1_024 * 1_024;

    private final BatchGetItemRequest request;
    private final OperationContext context;
    private final List<OfTable> tables = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private long responseBytes;
    private @Nullable ApiError firstError;

    private BatchGetItemOperation(BatchGetItemRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
    }

    /** The part of the request that is about one table. */
    private static final class OfTable {
        final TableReference reference;
        final KeysAndAttributes asked;
        final Optional<Projection> projection;
        ConsumedCapacity consumed;

        OfTable(String given, KeysAndAttributes asked, Optional<Projection> projection) {
            reference = TableReference.parse(given);
            this.asked = asked;
            this.projection = projection;
            consumed = ConsumedCapacity.none(given);
        }
    }

    /** The read of one key. */
    private static final class Read {
        final OfTable ofTable;
        final TableDescriptor table;
        final Item key;
        boolean processed;
        Optional<Item> item = Optional.empty();

        Read(OfTable ofTable, TableDescriptor table, Item key) {
            this.ofTable = ofTable;
            this.table = table;
            this.key = key;
        }
    }

    static void start(BatchGetItemRequest request, OperationContext context) {
        BatchGetItemOperation operation = new BatchGetItemOperation(request, context);
        operation.check();
        operation.findTables(0);
    }

    private void check() {
        if (request.requestItems().isEmpty()) {
            throw ApiException.validation(Messages.requestItemsRequired("BatchGetItem"));
        }
        checkForms();
        int keys = 0;
        for (Map.Entry<String, KeysAndAttributes> entry : request.requestItems().entrySet()) {
            KeysAndAttributes asked = entry.getValue();
            Optional<Projection> projection =
                    Projections.compile(asked.projection(), asked.expressionAttributes());
            tables.add(new OfTable(entry.getKey(), asked, projection));
            keys += asked.keys().size();
        }
        if (keys > MAX_KEYS) {
            throw ApiException.validation("Too many items requested for the BatchGetItem call");
        }
        for (OfTable ofTable : tables) {
            if (ofTable.asked.repeatsKeys()) {
                throw ApiException.validation(Messages.DUPLICATE_KEYS);
            }
        }
    }

    /** The two forms do not mix, not even across tables. */
    private void checkForms() {
        Optional<String> expression = Optional.empty();
        Optional<List<String>> attributes = Optional.empty();
        for (KeysAndAttributes asked : request.requestItems().values()) {
            Projections.checkForm(asked.projection(), asked.expressionAttributes());
            expression = expression.or(asked.projection()::expression);
            attributes = attributes.or(asked.projection()::attributesToGet);
        }
        new ExpressionForm()
                .legacy("AttributesToGet", attributes)
                .expression("ProjectionExpression", expression)
                .check(dev.stator.core.operations.api.ExpressionAttributes.NONE);
    }

    private void findTables(int index) {
        if (index == tables.size()) {
            FanOut.run(reads.size(), this::read, this::answer);
            return;
        }
        OfTable ofTable = tables.get(index);
        TableLookup.find(
                context,
                ofTable.reference,
                table -> {
                    addReads(ofTable, table);
                    findTables(index + 1);
                });
    }

    private void addReads(OfTable ofTable, TableDescriptor table) {
        ofTable.projection.ifPresent(kept -> ScalarKeys.check(table, kept.paths()));
        for (Item key : ofTable.asked.keys()) {
            table.key().validateKey(key);
            reads.add(new Read(ofTable, table, key));
        }
    }

    private void read(int index, Runnable whenDone) {
        Read read = reads.get(index);
        if (responseBytes >= MAX_RESPONSE_BYTES) {
            whenDone.run();
            return;
        }
        PartitionRequest.Get get =
                new PartitionRequest.Get(
                        read.table.key().placementKey(read.key),
                        read.ofTable.asked.consistentRead(),
                        read.ofTable.projection);
        context.call(
                read.table,
                get.key(),
                get,
                outcome -> {
                    switch (outcome) {
                        case Outcome.Served(
                                        PartitionResponse.Got(
                                                Optional<Item> item,
                                                int sizeBytes)) ->
                                got(read, item, sizeBytes);
                        case Outcome.Served(PartitionResponse.Served response) ->
                                failed(
                                        new ApiError.InternalServerError(
                                                "A read was answered by a "
                                                        + response.getClass().getSimpleName()));
                        case Outcome.Failed(ApiError error, boolean ignored) -> failed(error);
                    }
                    whenDone.run();
                });
    }

    private void got(Read read, Optional<Item> item, int sizeBytes) {
        if (responseBytes + sizeBytes > MAX_RESPONSE_BYTES) {
            // The answer is full; so that the client gets on, nothing more goes into it.
            responseBytes = MAX_RESPONSE_BYTES;
            return;
        }
        responseBytes += sizeBytes;
        read.processed = true;
        read.item = item;
        read.ofTable.consumed =
                read.ofTable.consumed.plus(
                        GetItemOperation.ofRead(
                                read.ofTable.reference,
                                sizeBytes,
                                read.ofTable.asked.consistentRead()));
    }

    private void failed(ApiError error) {
        if (firstError == null) {
            firstError = error;
        }
    }

    private void answer() {
        SequencedMap<String, List<Item>> responses = new LinkedHashMap<>();
        SequencedMap<String, List<Item>> unprocessed = new LinkedHashMap<>();
        boolean anyProcessed = false;
        for (Read read : reads) {
            String table = read.ofTable.reference.given();
            if (read.processed) {
                anyProcessed = true;
                read.item.ifPresent(item ->
                        responses.computeIfAbsent(table, name -> new ArrayList<>()).add(item));
            } else {
                unprocessed.computeIfAbsent(table, name -> new ArrayList<>()).add(read.key);
            }
        }
        if (!anyProcessed && firstError != null) {
            context.fail(firstError);
            return;
        }
        answer(responses, unprocessed);
    }

    private void answer(
            SequencedMap<String, List<Item>> responses,
            SequencedMap<String, List<Item>> unprocessed) {
        SequencedMap<String, List<Item>> ofAllTables = new LinkedHashMap<>();
        SequencedMap<String, KeysAndAttributes> toRetry = new LinkedHashMap<>();
        List<ConsumedCapacity> consumed = new ArrayList<>();
        for (OfTable ofTable : tables) {
            String table = ofTable.reference.given();
            ofAllTables.put(table, responses.getOrDefault(table, Collections.emptyList()));
            List<Item> keys = unprocessed.get(table);
            if (keys != null) {
                toRetry.put(
                        table,
                        new KeysAndAttributes(
                                keys,
                                ofTable.asked.projection(),
                                ofTable.asked.consistentRead(),
                                ofTable.asked.expressionAttributes()));
            }
            consumed.add(ofTable.consumed);
        }
        context.answer(
                new BatchGetItemResponse(
                        ofAllTables,
                        toRetry,
                        CapacityReport.of(request.returnConsumedCapacity(), consumed)));
    }
}
