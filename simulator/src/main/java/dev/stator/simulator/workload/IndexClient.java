package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.GlobalSecondaryIndexUpdate;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.UpdateTableRequest;
import dev.stator.model.Item;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableStatus;
import dev.stator.simulator.check.IndexChecker;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.history.ItemForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A client that reads the global secondary indexes of a table to which the others write, makes one
 * more index and drops it again, and walks them all when everything is quiet.
 *
 * <p>Each put moves an item in the index by value, most updates move it in the index by count, and
 * in both are only those items that have the attribute.
 */
public final class IndexClient {
    static final String TABLE = "labels";

    private static final String BY_VALUE = "by-value";
    private static final String BY_COUNT = "by-count";

    /** Is made and dropped while the table is in use. */
    private static final String BY_SORT_KEY = "by-sort-key";

    private static final long MILLIS = 1_000_000;
    private static final int PAUSE_MILLIS_MAX = 150;
    private static final int PAGE_ITEMS_MAX = 30;
    private static final int CHANGE_ONE_IN = 25;
    private static final long SETTLE_NANOS_MAX = 20_000 * MILLIS;

    private final Workload workload;
    private final SplittableRandom random;
    private final Connection connection;
    private boolean busy;
    private boolean done;

    IndexClient(Workload workload) {
        this.workload = workload;
        this.random = workload.cluster().simulation().split();
        this.connection = new Connection(workload, random, 0, true);
    }

    static ApiRequest creation() {
        return new CreateTableRequest.Builder(TABLE)
                .attributeDefinitions(
                        List.of(
                                new AttributeDefinition(ItemForm.PARTITION_KEY, ScalarType.S),
                                new AttributeDefinition(ItemForm.SORT_KEY, ScalarType.S),
                                new AttributeDefinition(ItemForm.VALUE, ScalarType.S),
                                new AttributeDefinition(ItemForm.COUNT, ScalarType.N)))
                .keySchema(
                        List.of(
                                new KeySchemaElement(ItemForm.PARTITION_KEY, KeyType.HASH),
                                new KeySchemaElement(ItemForm.SORT_KEY, KeyType.RANGE)))
                .globalSecondaryIndexes(
                        List.of(
                                index(BY_VALUE, ProjectionType.ALL, ItemForm.VALUE),
                                index(
                                        BY_COUNT,
                                        ProjectionType.KEYS_ONLY,
                                        ItemForm.COUNT,
                                        ItemForm.VALUE)))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }

    private static GlobalSecondaryIndex index(
            String name, ProjectionType projection, String... key) {
        List<KeySchemaElement> schema = new ArrayList<>();
        for (String attribute : key) {
            schema.add(
                    new KeySchemaElement(
                            attribute, schema.isEmpty() ? KeyType.HASH : KeyType.RANGE));
        }
        return new GlobalSecondaryIndex(
                name,
                schema,
                new IndexProjection(Optional.of(projection), Optional.empty()),
                ThroughputSettings.NONE);
    }

    boolean isBusy() {
        return busy;
    }

    /** Whether all indexes were walked at the end. */
    public boolean done() {
        return done;
    }

    void start() {
        busy = false;
        after(1 + random.nextInt(PAUSE_MILLIS_MAX), this::act);
    }

    private void after(long millis, Runnable next) {
        workload.cluster().simulation().after(millis * MILLIS, next);
    }

    private Optional<TableDescriptor> table() {
        return workload.cluster().findTable(TABLE);
    }

    private void act() {
        if (!workload.isRunning()) {
            return;
        }
        Optional<TableDescriptor> table = table();
        if (table.isEmpty()) {
            start(); // No MemDS node can tell now.
            return;
        }
        busy = true;
        if (random.nextInt(CHANGE_ONE_IN) == 0) {
            changeIndexes(table.get());
        } else {
            List<SecondaryIndex.Global> indexes = table.get().schema().globalIndexes();
            SecondaryIndex.Global index = indexes.get(random.nextInt(indexes.size()));
            int limit = 1 + random.nextInt(PAGE_ITEMS_MAX);
            new Walk(Optional.of(index), table.get(), limit, _ -> start()).start();
        }
    }

    private void changeIndexes(TableDescriptor table) {
        boolean there = table.schema().index(BY_SORT_KEY).isPresent();
        connection.send(
                "change indexes",
                change(there),
                end -> {
                    if (end instanceof Connection.End.Served) {
                        happened(there ? RareEvent.INDEX_DELETED : RareEvent.INDEX_CREATED);
                    } else if (end instanceof Connection.End.Unknown) {
                        happened(RareEvent.INDEX_CHANGE_UNKNOWN);
                    }
                    start();
                });
    }

    private void happened(RareEvent event) {
        workload.cluster().simulation().happened(event);
    }

    private static ApiRequest change(boolean there) {
        Optional<GlobalSecondaryIndex> create =
                there
                        ? Optional.empty()
                        : Optional.of(
                                index(
                                        BY_SORT_KEY,
                                        ProjectionType.KEYS_ONLY,
                                        ItemForm.SORT_KEY,
                                        ItemForm.VALUE));
        Optional<String> delete = there ? Optional.of(BY_SORT_KEY) : Optional.empty();
        List<AttributeDefinition> definitions =
                List.of(
                        new AttributeDefinition(ItemForm.SORT_KEY, ScalarType.S),
                        new AttributeDefinition(ItemForm.VALUE, ScalarType.S));
        return new UpdateTableRequest(
                TABLE,
                there ? Optional.empty() : Optional.of(definitions),
                Optional.empty(),
                ThroughputSettings.NONE,
                Optional.of(
                        List.of(new GlobalSecondaryIndexUpdate(create, Optional.empty(), delete))),
                TableOptions.NONE,
                List.of());
    }

    // ---- At the end

    /** Walks every index until it agrees with the table, or for too long. */
    void walkAll() {
        long untilNanos = workload.cluster().simulation().nowNanos() + SETTLE_NANOS_MAX;
        awaitSettled(untilNanos);
    }

    private void awaitSettled(long untilNanos) {
        Optional<TableDescriptor> table = table();
        boolean settled =
                table.isPresent()
                        && table.get().status() == TableStatus.ACTIVE
                        && table.get().schema().globalIndexes().stream()
                                .allMatch(index -> index.state().status() == IndexStatus.ACTIVE);
        if (settled) {
            walk(table.get(), 0, untilNanos);
        } else if (workload.cluster().simulation().nowNanos() > untilNanos) {
            workload.checkers().indexes().atRest("the index being changed", false);
            done = true;
        } else {
            after(100, () -> awaitSettled(untilNanos));
        }
    }

    private void walk(TableDescriptor table, int number, long untilNanos) {
        if (number == table.schema().globalIndexes().size()) {
            done = true;
            return;
        }
        SecondaryIndex.Global index = table.schema().globalIndexes().get(number);
        IndexEntries entries = new IndexEntries(table.key(), index);
        Consumer<Optional<List<Item>>> compare =
                items ->
                        new Walk(
                                        Optional.of(index),
                                        table,
                                        PAGE_ITEMS_MAX,
                                        found -> {
                                            boolean agrees =
                                                    items.isPresent()
                                                            && found.isPresent()
                                                            && IndexChecker.agree(
                                                                    entries,
                                                                    items.get(),
                                                                    found.get());
                                            compared(table, number, untilNanos, agrees);
                                        })
                                .start();
        new Walk(Optional.empty(), table, PAGE_ITEMS_MAX, compare).start();
    }

    private void compared(TableDescriptor table, int number, long untilNanos, boolean agrees) {
        if (!agrees && workload.cluster().simulation().nowNanos() < untilNanos) {
            after(100, () -> walk(table, number, untilNanos));
            return;
        }
        String name = table.schema().globalIndexes().get(number).name();
        workload.checkers().indexes().atRest(name, agrees);
        walk(table, number + 1, untilNanos);
    }

    // ---- Reading

    /** Reads all pages of an index, or of the table. */
    private final class Walk {
        private final Optional<SecondaryIndex.Global> index;
        private final TableDescriptor table;
        private final int limit;
        private final Consumer<Optional<List<Item>>> then;
        private final List<Item> items = new ArrayList<>();

        /**
         * @param then given all items, or nothing where a page could not be read
         */
        Walk(
                Optional<SecondaryIndex.Global> index,
                TableDescriptor table,
                int limit,
                Consumer<Optional<List<Item>>> then) {
            this.index = index;
            this.table = table;
            this.limit = limit;
            this.then = then;
        }

        void start() {
            page(Optional.empty());
        }

        private void page(Optional<Item> startKey) {
            RangeRead.Builder read =
                    new RangeRead.Builder().limit(limit).consistentRead(index.isEmpty());
            index.ifPresent(present -> read.indexName(present.name()));
            startKey.ifPresent(read::exclusiveStartKey);
            connection.send(
                    "index page",
                    new ScanRequest(TABLE, OptionalInt.empty(), OptionalInt.empty(), read.build()),
                    end -> {
                        if (end instanceof Connection.End.Served(ScanResponse response)) {
                            take(response);
                        } else {
                            then.accept(Optional.empty());
                        }
                    });
        }

        private void take(ScanResponse response) {
            List<Item> page = response.items().orElse(List.of());
            items.addAll(page);
            index.ifPresent(present ->
                    workload.checkers()
                            .indexes()
                            .seen(present.name(), new IndexEntries(table.key(), present), page));
            if (response.lastEvaluatedKey().isPresent()) {
                page(response.lastEvaluatedKey());
            } else {
                then.accept(Optional.of(items));
            }
        }
    }
}
