package dev.stator.core.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.transactions.ReadOutcome;
import dev.stator.core.transactions.ReadTransaction;
import dev.stator.core.transactions.WriteOutcome;
import dev.stator.core.transactions.WriteTransaction;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.TableContents;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableIdentity;
import dev.stator.model.table.TableStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in memory, as operations see it: tables cut into real partitions, each of one replica,
 * and a control plane whose tables are made at once. Answers come later, in the order of the
 * questions, or in the reverse order.
 */
final class FakeCluster {
    static final String ACCOUNT = "123456789012";
    static final String REGION = "eu-stator-1";
    static final long NOW_MILLIS = 1_700_000_000_000L;

    static final ApiError UNKNOWN = new ApiError.InternalServerError("outcome unknown");
    static final ApiError REFUSED = new ApiError.Validation("too large");
    private static final ApiError UNREACHABLE = new ApiError.ServiceUnavailable("no leader");

    final NavigableMap<String, Table> tables = new TreeMap<>();

    final FakeTransactions transactions = new FakeTransactions();

    /** Keys whose partition can not be reached. */
    final Set<PlacementKey> unreachable = new HashSet<>();

    /** Keys of which it is not known whether a write was done. */
    final Set<PlacementKey> undecided = new HashSet<>();

    /** Keys whose writes are refused where they are evaluated. */
    final Set<PlacementKey> refused = new HashSet<>();

    /** Whether the newest answer comes first. */
    boolean reversed;

    /** How large an item collection may become. */
    static final long COLLECTION_BYTES_MAX = 3 << 20;

    int partitionsPerTable = 4;
    int callsUnderWay;
    int mostCallsUnderWay;
    int calls;

    private long nextTableId = 1;

    /** A table and its items. */
    static final class Table {
        TableDescriptor descriptor;
        private final List<LonePartition> partitions = new ArrayList<>();

        Table(TableDescriptor descriptor, List<KeyRange> ranges) {
            this.descriptor = descriptor;
            ranges.forEach(range -> partitions.add(new LonePartition(descriptor, range)));
        }

        private LonePartition partitionOf(PlacementKey key) {
            for (LonePartition partition : partitions) {
                if (partition.range.contains(key)) {
                    return partition;
                }
            }
            throw new AssertionError("no partition of " + key);
        }

        /** All items in the order of their placement. */
        List<Item> items() {
            List<Item> items = new ArrayList<>();
            for (LonePartition partition : partitions) {
                KeyRange rest = partition.range;
                Optional<Item> last;
                do {
                    PartitionRequest.Range all =
                            new PartitionRequest.Range(
                                    rest,
                                    true,
                                    true,
                                    Optional.empty(),
                                    Optional.empty(),
                                    new PartitionRequest.PageBounds(1_000, 1 << 20),
                                    false,
                                    descriptor.key().names());
                    PartitionResponse.Page page = (PartitionResponse.Page) partition.call(all);
                    items.addAll(page.items());
                    last = page.lastKey();
                    if (last.isPresent()) {
                        PlacementKey next = descriptor.key().placementKey(last.get()).next();
                        rest = new KeyRange(next, rest.to());
                    }
                } while (last.isPresent());
            }
            return items;
        }
    }

    /** What an operation ended with. */
    sealed interface Ending {
        record Answer(ApiResponse response) implements Ending {}

        record Failure(ApiError error) implements Ending {}
    }

    /** Runs a request that must be answered. */
    <R extends ApiResponse> R run(ApiRequest request, Class<R> type) {
        return switch (end(request)) {
            case Ending.Answer(ApiResponse response) -> type.cast(response);
            case Ending.Failure(ApiError error) -> throw new AssertionError(error);
        };
    }

    /** Runs a request that must be refused. */
    ApiError refuse(ApiRequest request) {
        return switch (end(request)) {
            case Ending.Answer(ApiResponse response) -> throw new AssertionError(response);
            case Ending.Failure(ApiError error) -> error;
        };
    }

    Ending end(ApiRequest request) {
        Running running = new Running(request.operationName());
        running.step(() -> Operations.start(request, running));
        while (running.ending == null) {
            if (running.questions.isEmpty()) {
                throw new AssertionError("neither ended nor waiting: " + request);
            }
            running.step(
                    reversed ? running.questions.removeLast() : running.questions.removeFirst());
        }
        return running.ending;
    }

    Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new AssertionError("no table " + name);
        }
        return table;
    }

    /** The item with a key, read around the operations. */
    Optional<Item> item(String tableName, Item key) {
        Table table = table(tableName);
        PlacementKey placed = table.descriptor.key().placementKey(key);
        PartitionRequest.Get get = new PartitionRequest.Get(placed, true, Optional.empty());
        return ((PartitionResponse.Got) table.partitionOf(placed).call(get)).item();
    }

    /** Puts an item without any check. */
    void put(String tableName, Item item) {
        Table table = table(tableName);
        PlacementKey key = table.descriptor.key().placementKey(item);
        table.partitionOf(key)
                .call(
                        new PartitionRequest.Write(
                                key,
                                new PartitionRequest.Change.Put(item),
                                Optional.empty(),
                                false,
                                false,
                                false));
    }

    /** What is known of a table. */
    TableDescriptor descriptor(String tableName) {
        return table(tableName).descriptor;
    }

    /** Cuts a table into partitions anew; it must be empty. */
    void partition(String tableName, List<PlacementKey> bounds) {
        Table table = table(tableName);
        if (!table.items().isEmpty()) {
            throw new AssertionError(tableName + " is not empty");
        }
        List<KeyRange> ranges = new ArrayList<>();
        PlacementKey from = PlacementKey.FIRST;
        for (PlacementKey bound : bounds) {
            ranges.add(new KeyRange(from, bound));
            from = bound;
        }
        ranges.add(new KeyRange(from, null));
        tables.put(tableName, new Table(table.descriptor, ranges));
    }

    private final class Running implements OperationContext {
        final String operationName;
        final Deque<Runnable> questions = new ArrayDeque<>();
        @Nullable Ending ending;

        Running(String operationName) {
            this.operationName = operationName;
        }

        void step(Runnable step) {
            try {
                step.run();
            } catch (ApiException refused) {
                end(new Ending.Failure(refused.error()));
            }
        }

        private void end(Ending found) {
            if (ending != null) {
                throw new AssertionError("ended twice: " + ending + ", " + found);
            }
            ending = found;
        }

        @Override
        public String accountId() {
            return ACCOUNT;
        }

        @Override
        public String operationName() {
            return operationName;
        }

        @Override
        public String region() {
            return REGION;
        }

        @Override
        public String endpoint() {
            return "localhost:8000";
        }

        @Override
        public long arrivedAtMillis() {
            return NOW_MILLIS;
        }

        @Override
        public void findTable(String tableName, Consumer<Optional<TableDescriptor>> then) {
            questions.add(() -> {
                Table table = tables.get(tableName);
                then.accept(Optional.ofNullable(table).map(found -> found.descriptor));
            });
        }

        @Override
        public void lookAgain(TableDescriptor table, Runnable otherwise) {
            otherwise.run();
        }

        @Override
        public void call(
                TableDescriptor table,
                PlacementKey key,
                PartitionRequest request,
                Consumer<Outcome> then) {
            begin();
            questions.add(() -> {
                callsUnderWay--;
                then.accept(served(table(table.name()), key, request));
            });
        }

        @Override
        public void write(WriteTransaction transaction, Consumer<WriteOutcome> then) {
            questions.add(
                    () -> then.accept(transactions.write(transaction, FakeCluster.this::call)));
        }

        @Override
        public void read(ReadTransaction transaction, Consumer<ReadOutcome> then) {
            questions.add(
                    () -> then.accept(transactions.read(transaction, FakeCluster.this::call)));
        }

        @Override
        public void callRange(
                TableDescriptor table,
                TableId read,
                PartitionRequest.Range request,
                Consumer<RangeOutcome> then) {
            begin();
            questions.add(() -> {
                callsUnderWay--;
                then.accept(FakeCluster.this.range(readOf(table(table.name()), read), request));
            });
        }

        private void begin() {
            calls++;
            callsUnderWay++;
            mostCallsUnderWay = Math.max(mostCallsUnderWay, callsUnderWay);
        }

        @Override
        public void callAdmin(AdminRequest request, Consumer<AdminResponse> then) {
            questions.add(() -> then.accept(administer(request)));
        }

        @Override
        public void answer(ApiResponse response) {
            end(new Ending.Answer(response));
        }

        @Override
        public void fail(ApiError error) {
            end(new Ending.Failure(error));
        }
    }

    private PartitionResponse call(String table, PlacementKey key, PartitionRequest request) {
        return table(table).partitionOf(key).call(request);
    }

    private OperationContext.Outcome served(
            Table table, PlacementKey key, PartitionRequest request) {
        if (unreachable.contains(key)) {
            return new OperationContext.Outcome.Failed(UNREACHABLE, true);
        }
        if (undecided.contains(key)) {
            return new OperationContext.Outcome.Failed(UNKNOWN, false);
        }
        if (refused.contains(key)) {
            return new OperationContext.Outcome.Served(new PartitionResponse.Refused(REFUSED, 0));
        }
        return new OperationContext.Outcome.Served(
                (PartitionResponse.Served) table.partitionOf(key).call(request));
    }

    private OperationContext.RangeOutcome range(Table table, PartitionRequest.Range request) {
        LonePartition partition = partitionWhereItBegins(table, request);
        for (PlacementKey key : unreachable) {
            if (partition.range.contains(key)) {
                return new OperationContext.RangeOutcome.Failed(UNREACHABLE);
            }
        }
        return new OperationContext.RangeOutcome.Served(
                (PartitionResponse.Page) partition.call(request),
                continueAt(request.range(), partition.range, request.forward()));
    }

    /** The table itself, or an index of it as it must be: made of the items there are now. */
    private Table readOf(Table table, TableId read) {
        for (SecondaryIndex.Global index : table.descriptor.schema().globalIndexes()) {
            if (index.placement().id().equals(read)) {
                return copyOf(table, index);
            }
        }
        assertThat(read).isEqualTo(table.descriptor.id());
        return table;
    }

    private Table copyOf(Table table, SecondaryIndex.Global index) {
        Table copy = new Table(table.descriptor, KeyRange.splitEvenly(partitionsPerTable));
        IndexEntries entries = new IndexEntries(table.descriptor.key(), index);
        for (Item item : table.items()) {
            entries.of(item)
                    .ifPresent(entry ->
                            copy.partitionOf(entry.key())
                                    .call(
                                            new PartitionRequest.Write(
                                                    entry.key(),
                                                    new PartitionRequest.Change.Put(
                                                            entry.projected()),
                                                    Optional.empty(),
                                                    false,
                                                    false,
                                                    false)));
        }
        return copy;
    }

    private static LonePartition partitionWhereItBegins(
            Table table, PartitionRequest.Range request) {
        if (request.range().isEmpty()) {
            return table.partitions.getFirst();
        }
        List<LonePartition> touched = new ArrayList<>();
        for (LonePartition partition : table.partitions) {
            if (request.range().intersect(partition.range).isPresent()) {
                touched.add(partition);
            }
        }
        return request.forward() ? touched.getFirst() : touched.getLast();
    }

    private static Optional<PlacementKey> continueAt(
            KeyRange asked, KeyRange partition, boolean forward) {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (!forward) {
            return asked.from().compareTo(partition.from()) < 0
                    ? Optional.of(partition.from())
                    : Optional.empty();
        }
        PlacementKey end = partition.to();
        if (end == null) {
            return Optional.empty();
        }
        boolean more = asked.to() == null || end.compareTo(asked.to()) < 0;
        return more ? Optional.of(end) : Optional.empty();
    }

    private AdminResponse administer(AdminRequest request) {
        try {
            return switch (request) {
                case AdminRequest.CreateTable(TableDescriptor wanted) -> create(wanted);
                case AdminRequest.DescribeTable(String account, String name) ->
                        new AdminResponse.Table(existing(name).descriptor, TableContents.NONE);
                case AdminRequest.DeleteTable(String account, String name) -> delete(name);
                case AdminRequest.UpdateTable(String account, String name, var change) -> {
                    Table table = existing(name);
                    TableDescriptor changing =
                            TableChanges.apply(table.descriptor, change, NOW_MILLIS);
                    table.descriptor = placed(TableChanges.settled(changing));
                    yield new AdminResponse.Table(changing, TableContents.NONE);
                }
                case AdminRequest.ListTables(
                                String account,
                                Optional<String> startAfter,
                                int limit) ->
                        list(startAfter, limit);
            };
        } catch (ApiException refused) {
            return new AdminResponse.Failed(refused.error());
        }
    }

    private Table existing(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new ApiException(new ApiError.ResourceNotFound(Messages.tableNotFound(name)));
        }
        return table;
    }

    private AdminResponse create(TableDescriptor wanted) {
        if (tables.containsKey(wanted.name())) {
            throw new ApiException(new ApiError.ResourceInUse(Messages.tableExists(wanted.name())));
        }
        TableDescriptor made =
                wanted.withIdentity(
                        new TableIdentity(
                                wanted.accountId(),
                                wanted.name(),
                                new TableId(nextTableId++),
                                NOW_MILLIS));
        tables.put(
                made.name(),
                new Table(
                        placed(made.withStatus(TableStatus.ACTIVE)),
                        KeyRange.splitEvenly(partitionsPerTable)));
        return new AdminResponse.Table(made, TableContents.NONE);
    }

    private TableDescriptor placed(TableDescriptor table) {
        List<SecondaryIndex.Global> placed = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            placed.add(
                    index.withPlacement(
                            new SecondaryIndex.Placement(new TableId(nextTableId++), List.of())));
        }
        return table.withSchema(table.schema().withGlobalIndexes(placed));
    }

    private AdminResponse delete(String name) {
        TableDescriptor deleted = existing(name).descriptor;
        if (deleted.settings().deletionProtection()) {
            throw ApiException.validation(Messages.DELETION_PROTECTED);
        }
        tables.remove(name);
        return new AdminResponse.Table(
                deleted.withStatus(TableStatus.DELETING), TableContents.NONE);
    }

    private AdminResponse list(Optional<String> startAfter, int limit) {
        List<String> names =
                new ArrayList<>(
                        startAfter
                                .map(after -> tables.tailMap(after, false))
                                .orElse(tables)
                                .keySet());
        boolean more = names.size() > limit;
        return new AdminResponse.TableNames(
                more ? List.copyOf(names.subList(0, limit)) : names, more);
    }
}
