package dev.stator.core.autoadmin;

import dev.stator.core.agenda.Agenda;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.expression.Condition;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.replication.GroupId;
import dev.stator.replication.Invariants;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tables as the system group holds them, read when an auto-admin comes to lead, and changed by
 * one task after the other: a task sees what the one before it committed.
 *
 * <p>Every write is conditional on what was read, so that another auto-admin's write is never
 * overwritten. A write whose outcome is not known is sent again, which does no harm since its
 * condition holds once at most; only one that creates is not, because its condition holds again
 * once the table was deleted.
 */
final class Ledger {
    /** Between attempts at what the system group did not do. */
    static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long a creation of unknown outcome is looked for. */
    static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final PartitionRequest.PageBounds PAGE =
            new PartitionRequest.PageBounds(100, 1 << 20);

    /** A change, or anything else that must not overlap with changes. Ends by finished(). */
    interface Task {
        void start();

        /** This auto-admin leads no more; nothing will be heard of what is under way. */
        void abandon();
    }

    /** What came of a write. */
    enum Commit {
        DONE,
        /** What is stored is not what was read. Nothing was changed. */
        CONFLICT,
        /** Of a creation only: not there, but it may still come. */
        UNKNOWN
    }

    private final long term;
    private final SystemPartition partition;
    private final Agenda agenda;
    private final Deque<Task> waiting = new ArrayDeque<>();
    private @Nullable Task current;
    private long writes;

    private TreeMap<String, TableRecord> tables = new TreeMap<>();
    private TreeMap<TableId, TableRecord> byId = new TreeMap<>();
    private TreeMap<GroupId, TableId> groups = new TreeMap<>();
    private Counters counters = Counters.FIRST;

    Ledger(long term, SystemPartition partition, Agenda agenda) {
        this.term = term;
        this.partition = partition;
        this.agenda = agenda;
    }

    Optional<TableRecord> find(String accountId, String tableName) {
        return Optional.ofNullable(tables.get(SystemItems.sortKey(accountId, tableName)));
    }

    Optional<TableRecord> find(TableId table) {
        return Optional.ofNullable(byId.get(table));
    }

    Optional<TableId> tableOf(GroupId group) {
        return Optional.ofNullable(groups.get(group));
    }

    Collection<TableRecord> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** All tables of an account, at little cost. */
    int countOf(String accountId) {
        String from = SystemItems.sortKey(accountId, "");
        return tables.subMap(from, from + Character.MAX_VALUE).size();
    }

    Counters counters() {
        return counters;
    }

    // ---- Tasks

    int queued() {
        return waiting.size();
    }

    void submit(Task task) {
        waiting.add(task);
        if (current == null) {
            startNext();
        }
    }

    /** The current task has ended. */
    void finished() {
        current = null;
        startNext();
    }

    private void startNext() {
        Task next = waiting.poll();
        if (next != null) {
            current = next;
            agenda.next(next::start);
        }
    }

    /** Ends everything; nothing more is done. */
    void abandon() {
        if (current != null) {
            current.abandon();
        }
        waiting.forEach(Task::abandon);
        waiting.clear();
    }

    // ---- Reading

    /** Reads everything anew. Of the current task, or before the first one. */
    void load(Runnable then) {
        loadFrom(SystemItems.allTables(), new TreeMap<>(), then);
    }

    private void loadFrom(KeyRange range, SortedMap<String, TableRecord> read, Runnable then) {
        PartitionRequest.Range page =
                new PartitionRequest.Range(
                        range,
                        true,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        PAGE,
                        false,
                        SystemItems.KEY_NAMES);
        read(
                page,
                response -> {
                    if (!(response instanceof PartitionResponse.Page loaded)) {
                        throw new IllegalStateException("to a range read: " + response);
                    }
                    for (Item item : loaded.items()) {
                        read.put(SystemItems.sortKey(item), SystemItems.decodeTable(item));
                    }
                    Optional<Item> last = loaded.lastKey();
                    if (last.isPresent()) {
                        PlacementKey key = SystemItems.tableKey(SystemItems.sortKey(last.get()));
                        loadFrom(new KeyRange(key.next(), range.to()), read, then);
                    } else {
                        loadCounters(read, then);
                    }
                });
    }

    private void loadCounters(SortedMap<String, TableRecord> read, Runnable then) {
        get(
                SystemItems.COUNTERS_KEY,
                item -> {
                    counters = item.map(SystemItems::decodeCounters).orElse(Counters.FIRST);
                    tables = new TreeMap<>();
                    byId = new TreeMap<>();
                    groups = new TreeMap<>();
                    read.values().forEach(this::remember);
                    then.run();
                });
    }

    private void get(PlacementKey key, Consumer<Optional<Item>> then) {
        read(
                new PartitionRequest.Get(key, true, Optional.empty()),
                response -> {
                    if (!(response instanceof PartitionResponse.Got(Optional<Item> item, int _))) {
                        throw new IllegalStateException("to a get: " + response);
                    }
                    then.accept(item);
                });
    }

    /** Until it is served. */
    private void read(PartitionRequest request, Consumer<PartitionResponse.Served> then) {
        partition.call(
                request,
                response -> {
                    if (response instanceof PartitionResponse.Served served) {
                        then.accept(served);
                    } else {
                        agenda.after(RETRY_NANOS, () -> read(request, then));
                    }
                });
    }

    private void remember(TableRecord record) {
        TableId id = record.id();
        Invariants.check(
                id.value() < counters.nextTable(),
                "a table's identifier was never given",
                id.value(),
                counters.nextTable());
        tables.put(SystemItems.sortKey(record.table().accountId(), record.table().name()), record);
        byId.put(id, record);
        for (PartitionDescriptor part : record.table().allPartitions()) {
            groups.put(new GroupId(part.groupId()), id);
        }
    }

    private void forget(TableRecord record) {
        tables.remove(SystemItems.sortKey(record.table().accountId(), record.table().name()));
        byId.remove(record.id());
        for (PartitionDescriptor part : record.table().allPartitions()) {
            groups.remove(new GroupId(part.groupId()));
        }
    }

    // ---- Writing, by the current task

    void write(Counters changed, Consumer<Commit> then) {
        String writeId = newWriteId();
        new Write(
                        SystemItems.COUNTERS_KEY,
                        new Change.Put(SystemItems.encode(changed, writeId)),
                        SystemItems.unchanged(counters),
                        writeId,
                        commit -> {
                            if (commit == Commit.DONE) {
                                counters = changed;
                            }
                            then.accept(commit);
                        })
                .send();
    }

    void create(TableRecord record, Consumer<Commit> then) {
        String writeId = newWriteId();
        new Write(
                        keyOf(record),
                        new Change.Put(SystemItems.encode(record, writeId)),
                        SystemItems.ABSENT,
                        writeId,
                        commit -> {
                            if (commit == Commit.DONE) {
                                remember(record);
                            }
                            then.accept(commit);
                        })
                .once()
                .send();
    }

    void replace(TableRecord before, TableRecord after, Consumer<Commit> then) {
        String writeId = newWriteId();
        new Write(
                        keyOf(before),
                        new Change.Put(SystemItems.encode(after, writeId)),
                        SystemItems.unchanged(before),
                        writeId,
                        commit -> {
                            if (commit == Commit.DONE) {
                                forget(before);
                                remember(after);
                            }
                            then.accept(commit);
                        })
                .send();
    }

    void remove(TableRecord record, Consumer<Commit> then) {
        new Write(
                        keyOf(record),
                        new Change.Delete(),
                        SystemItems.unchanged(record),
                        "",
                        commit -> {
                            if (commit == Commit.DONE) {
                                forget(record);
                            }
                            then.accept(commit);
                        })
                .send();
    }

    private static PlacementKey keyOf(TableRecord record) {
        return SystemItems.tableKey(
                SystemItems.sortKey(record.table().accountId(), record.table().name()));
    }

    /** Terms differ between auto-admins, and numbers within a term. */
    private String newWriteId() {
        return term + "." + ++writes;
    }

    /** One conditional write until its outcome is known. */
    private final class Write {
        private final PlacementKey key;
        private final PartitionRequest.Write request;
        private final String writeId;
        private final Consumer<Commit> then;
        private boolean once;
        private boolean doubtful;
        private long settledAtNanos;

        Write(
                PlacementKey key,
                Change change,
                Condition condition,
                String writeId,
                Consumer<Commit> then) {
            this.key = key;
            this.request =
                    new PartitionRequest.Write(
                            key, change, Optional.of(condition), false, false, false);
            this.writeId = writeId;
            this.then = then;
        }

        /** Not to be sent again unless nothing was done. */
        Write once() {
            once = true;
            return this;
        }

        void send() {
            partition.call(request, this::answered);
        }

        private void answered(PartitionResponse response) {
            switch (response) {
                case PartitionResponse.Written _ -> then.accept(Commit.DONE);
                case PartitionResponse.ConditionFailed _ -> {
                    if (doubtful) {
                        get(key, item -> then.accept(isMine(item) ? Commit.DONE : Commit.CONFLICT));
                    } else {
                        then.accept(Commit.CONFLICT);
                    }
                }
                case PartitionResponse.Indeterminate _ -> {
                    doubtful = true;
                    if (once) {
                        settledAtNanos = agenda.nowNanos() + SETTLE_NANOS;
                        settle();
                    } else {
                        agenda.after(RETRY_NANOS, this::send);
                    }
                }
                case PartitionResponse.NotLeader _,
                        PartitionResponse.NotHere _,
                        PartitionResponse.Unavailable _ ->
                        agenda.after(RETRY_NANOS, this::send);
                case PartitionResponse.Refused _,
                        PartitionResponse.Conflict _,
                        PartitionResponse.Finished _,
                        PartitionResponse.Untimely _,
                        PartitionResponse.Got _,
                        PartitionResponse.GotVersion _,
                        PartitionResponse.Page _ ->
                        throw new IllegalStateException("to a write: " + response);
            }
        }

        /** The item as the write leaves it: a delete leaves none. */
        private boolean isMine(Optional<Item> item) {
            return item.isPresent()
                    ? SystemItems.writeId(item.get()).equals(writeId)
                    : request.change() instanceof Change.Delete;
        }

        private void settle() {
            get(
                    key,
                    item -> {
                        if (item.isPresent()) {
                            then.accept(isMine(item) ? Commit.DONE : Commit.CONFLICT);
                        } else if (settledAtNanos - agenda.nowNanos() <= 0) {
                            then.accept(Commit.UNKNOWN);
                        } else {
                            agenda.after(RETRY_NANOS, this::settle);
                        }
                    });
        }
    }
}
