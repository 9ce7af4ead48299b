package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.GlobalSecondaryIndexUpdate;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.core.operations.api.Select;
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
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A client that reads the secondary indexes of a table to which the others write, local and global
 * ones, makes one more global index and drops it again, and walks them all when everything is
 * quiet.
 *
 * <p>Each put moves an item in the index by value, most updates move it in the index by count, and
 * in both are only those items that have the attribute.
 */
public final class IndexClient {
    static final String TABLE = "labels";

    private static final String BY_VALUE = "by-value";
    private static final String BY_COUNT = "by-count";

    private static final String LOCAL_BY_VALUE = "local-by-value";
    private static final String LOCAL_BY_COUNT = "local-by-count";

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
                .localSecondaryIndexes(
                        List.of(
                                local(LOCAL_BY_VALUE, ProjectionType.ALL, ItemForm.VALUE),
                                local(LOCAL_BY_COUNT, ProjectionType.KEYS_ONLY, ItemForm.COUNT)))
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
        return new GlobalSecondaryIndex(
                name,
                key(key),
                new IndexProjection(Optional.of(projection), Optional.empty()),
                ThroughputSettings.NONE);
    }

    private static LocalSecondaryIndex local(
            String name, ProjectionType projection, String sortKey) {
        return new LocalSecondaryIndex(
                name,
                key(ItemForm.PARTITION_KEY, sortKey),
                new IndexProjection(Optional.of(projection), Optional.empty()));
    }

    private static List<KeySchemaElement> key(String... attributes) {
        List<KeySchemaElement> schema = new ArrayList<>();
        for (String attribute : attributes) {
            schema.add(
                    new KeySchemaElement(
                            attribute, schema.isEmpty() ? KeyType.HASH : KeyType.RANGE));
        }
        return schema;
    }

    private static List<SecondaryIndex> indexesOf(TableDescriptor table) {
        List<SecondaryIndex> indexes = new ArrayList<>(table.schema().localIndexes());
        indexes.addAll(table.schema().globalIndexes());
        return indexes;
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
            List<SecondaryIndex> indexes = indexesOf(table.get());
            SecondaryIndex index = indexes.get(random.nextInt(indexes.size()));
            boolean local = index instanceof SecondaryIndex.Local;
            Form form =
                    new Form(
                            1 + random.nextInt(PAGE_ITEMS_MAX),
                            local && random.nextBoolean(),
                            local && random.nextBoolean());
            new Walk(Optional.of(index), table.get(), form, _ -> start()).start();
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
        if (number == indexesOf(table).size()) {
            done = true;
            return;
        }
        SecondaryIndex index = indexesOf(table).get(number);
        IndexEntries entries = new IndexEntries(table.key(), index);
        Consumer<Optional<List<Item>>> compare =
                items ->
                        new Walk(
                                        Optional.of(index),
                                        table,
                                        new Form(
                                                PAGE_ITEMS_MAX,
                                                index instanceof SecondaryIndex.Local,
                                                false),
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
        new Walk(Optional.empty(), table, new Form(PAGE_ITEMS_MAX, true, false), compare).start();
    }

    private void compared(TableDescriptor table, int number, long untilNanos, boolean agrees) {
        if (!agrees && workload.cluster().simulation().nowNanos() < untilNanos) {
            after(100, () -> walk(table, number, untilNanos));
            return;
        }
        String name = indexesOf(table).get(number).name();
        workload.checkers().indexes().atRest(name, agrees);
        walk(table, number + 1, untilNanos);
    }

    // ---- Reading

    /**
     * How pages are read.
     *
     * @param fetch whether whole items are asked for, whatever the index projects
     */
    private record Form(int limit, boolean consistent, boolean fetch) {}

    /** Reads all pages of an index, or of the table. */
    private final class Walk {
        private final Optional<SecondaryIndex> index;
        private final TableDescriptor table;
        private final Form form;
        private final Consumer<Optional<List<Item>>> then;
        private final List<Item> items = new ArrayList<>();

        /**
         * @param then given all items, or nothing where a page could not be read
         */
        Walk(
                Optional<SecondaryIndex> index,
                TableDescriptor table,
                Form form,
                Consumer<Optional<List<Item>>> then) {
            this.index = index;
            this.table = table;
            this.form = form;
            this.then = then;
        }

        void start() {
            page(Optional.empty());
        }

        private void page(Optional<Item> startKey) {
            boolean asked = form.consistent() && workload.consistencyAsked();
            RangeRead.Builder read =
                    new RangeRead.Builder().limit(form.limit()).consistentRead(asked);
            if (form.fetch()) {
                read.select(Select.ALL_ATTRIBUTES);
            }
            long calledNanos = workload.cluster().simulation().nowNanos();
            index.ifPresent(present -> read.indexName(present.name()));
            startKey.ifPresent(read::exclusiveStartKey);
            connection.send(
                    "index page",
                    new ScanRequest(TABLE, OptionalInt.empty(), OptionalInt.empty(), read.build()),
                    end -> {
                        if (end instanceof Connection.End.Served(ScanResponse response)) {
                            take(response, calledNanos);
                        } else {
                            then.accept(Optional.empty());
                        }
                    });
        }

        private void take(ScanResponse response, long calledNanos) {
            List<Item> page = response.items().orElse(List.of());
            items.addAll(page);
            if (index.isPresent()) {
                IndexEntries entries = new IndexEntries(table.key(), index.get());
                boolean whole = form.fetch() || entries.projectsAll();
                if (!form.fetch()) {
                    workload.checkers().indexes().seen(index.get().name(), entries, page);
                }
                if (whole && index.get() instanceof SecondaryIndex.Local) {
                    sawItems(page, calledNanos);
                }
            }
            if (response.lastEvaluatedKey().isPresent()) {
                page(response.lastEvaluatedKey());
            } else {
                then.accept(Optional.of(items));
            }
        }

        /** Whole items, read by a local index: as good as read from the table. */
        private void sawItems(List<Item> page, long calledNanos) {
            for (Item item : page) {
                ItemKey key = ItemForm.key(TABLE, item);
                workload.checkers().origin().seen(key, item);
                if (form.consistent()) {
                    workload.sawConsistently(key, Sighting.of(Optional.of(item)), calledNanos);
                }
            }
        }
    }
}
