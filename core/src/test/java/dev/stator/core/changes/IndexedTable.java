package dev.stator.core.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.IndexCatalog;
import dev.stator.core.format.PartitionState.Records;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.metadata.SampleTables;
import dev.stator.core.partition.ItemCache;
import dev.stator.core.partition.Partition;
import dev.stator.core.partition.PartitionHost;
import dev.stator.core.store.RangeDelete;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.IndexMessage;
import dev.stator.core.wire.IndexMessage.ChangesNotTaken;
import dev.stator.core.wire.IndexMessage.ChangesTaken;
import dev.stator.core.wire.IndexMessage.TakeChanges;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.IndexProjection;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A partition of a table and the partitions of an index of it: the real ones, with the real
 * propagator, each on a log that commits when it is told to, and a wire whose messages arrive when
 * they are told to, twice or never.
 *
 * <p>Items are {@code {pk, color, note}}, and the index is by color. A leader that was deposed goes
 * on as if it led: it reads its own store and sends, and nothing that it proposes is taken.
 */
final class IndexedTable {
    static final long TABLE_ID = 1;
    static final String COLOR = "color";
    static final String NOTE = "note";

    /** The groups of the table and of the index, which has two partitions. */
    final Group table;

    private final TableSchema plain;
    final SequencedMap<GroupId, Group> groups = new LinkedHashMap<>();

    /** Messages under way, in the order in which they were sent. */
    final List<Envelope> wire = new ArrayList<>();

    private SecondaryIndex.Global index;
    private long version;
    private long lastGroup = 1;
    private long lastTable = TABLE_ID;
    private long lastCall;
    long nowNanos;

    /** A message for the leader of a group; or an answer, for the replica that asked. */
    record Envelope(IndexMessage message, Replica from, @Nullable Replica to) {}

    /** A table without an index. */
    IndexedTable() {
        this(false);
    }

    /**
     * A table without a global index.
     *
     * @param local whether it has a local one
     */
    IndexedTable(boolean local) {
        plain = schema(local);
        table = new Group(1, TABLE_ID, KeyRange.ALL, plain.local());
        groups.put(table.id, table);
        index = newIndex(COLOR);
        table.elect();
    }

    private static TableSchema schema(boolean local) {
        TableSchema sample = SampleTables.wanted("t").schema();
        SequencedMap<String, ScalarType> types = new LinkedHashMap<>(sample.attributeDefinitions());
        types.put(COLOR, ScalarType.S);
        types.put(NOTE, ScalarType.S);
        SecondaryIndex.Local byNote =
                new SecondaryIndex.Local(
                        "local",
                        new IndexKeySchema(
                                List.of(sample.key().partitionKey()),
                                List.of(new KeyAttribute(NOTE, ScalarType.S))),
                        new IndexProjection(ProjectionType.ALL, List.of()));
        return new TableSchema(sample.key(), types, local ? List.of(byNote) : List.of(), List.of());
    }

    private SecondaryIndex.Global newIndex(String attribute) {
        long id = ++lastTable;
        List<PartitionDescriptor> partitions = new ArrayList<>();
        for (var range : KeyRange.splitEvenly(2)) {
            Group group = new Group(++lastGroup, id, range, Optional.empty());
            groups.put(group.id, group);
            group.elect();
            List<PartitionDescriptor> sample = SampleTables.active("t", 1, 1).partitions();
            partitions.add(
                    new PartitionDescriptor(
                            lastGroup, range, lastGroup, sample.getFirst().members()));
        }
        return SampleTables.wantedIndex(attribute)
                .withPlacement(new SecondaryIndex.Placement(new TableId(id), partitions));
    }

    // ---- Indexes

    /** The table's partition is told of the index; ACTIVE: it was there before any item. */
    void define(IndexStatus status) {
        define(Optional.of(index.withState(new SecondaryIndex.State(status, false))));
    }

    void drop() {
        define(Optional.empty());
    }

    /** The next index to be defined is another one, of the name of the attribute that it is by. */
    void anotherIndex(String attribute) {
        index = newIndex(attribute);
    }

    private void define(Optional<SecondaryIndex.Global> wanted) {
        version++;
        boolean[] known = {false};
        TableSchema schema = plain.withGlobalIndexes(wanted.stream().toList());
        table.leader().partition.defineIndexes(version, schema, () -> known[0] = true);
        table.commitAll();
        assertThat(known[0]).as("the catalog is taken").isTrue();
        table.leader().propagator.advance();
    }

    SecondaryIndex.Global index() {
        return index;
    }

    Group target(int number) {
        return group(new GroupId(index.placement().partitions().get(number).groupId()));
    }

    /** The group that a piece is for. */
    Group groupOf(Envelope piece) {
        return group(((TakeChanges) piece.message()).group());
    }

    private Group group(GroupId id) {
        Group found = groups.get(id);
        if (found == null) {
            throw new AssertionError("no such group: " + id);
        }
        return found;
    }

    // ---- Items

    static Item item(String pk, String color, String note) {
        AttributesBuilder attributes = new AttributesBuilder();
        attributes.put("pk", new AttributeValue.S(pk));
        attributes.put(COLOR, new AttributeValue.S(color));
        attributes.put(NOTE, new AttributeValue.S(note));
        return attributes.toItem();
    }

    /** A write that is proposed; committed with the log. */
    void put(String pk, String color) {
        put(item(pk, color, ""));
    }

    void put(Item item) {
        AttributeValue pk = item.get("pk");
        if (pk == null) {
            throw new AssertionError("no key: " + item);
        }
        write(PlacementKey.of(pk), new PartitionRequest.Change.Put(item));
    }

    void delete(String pk) {
        write(PlacementKey.of(new AttributeValue.S(pk)), new PartitionRequest.Change.Delete());
    }

    private void write(PlacementKey key, PartitionRequest.Change change) {
        Replica leader = table.leader();
        leader.partition.handle(
                new Writer(),
                new PartitionRequest.Write(key, change, Optional.empty(), false, false, false));
        leader.completeReads();
    }

    private record Writer() implements PartitionHost.Caller {}

    /** The entries that the index should have. */
    SequencedMap<PlacementKey, Item> expected() {
        IndexEntries entries = new IndexEntries(plain.key(), index);
        TreeMap<PlacementKey, Item> expected = new TreeMap<>();
        for (Item item : contents(table).values()) {
            entries.of(item).ifPresent(entry -> expected.put(entry.key(), entry.projected()));
        }
        return expected;
    }

    /** The entries that it has. */
    SequencedMap<PlacementKey, Item> indexed() {
        TreeMap<PlacementKey, Item> found = new TreeMap<>();
        for (int i = 0; i < index.placement().partitions().size(); i++) {
            found.putAll(contents(target(i)));
        }
        return found;
    }

    private static SequencedMap<PlacementKey, Item> contents(Group group) {
        TreeMap<PlacementKey, Item> contents = new TreeMap<>();
        group.leader()
                .store
                .forEach((key, value) -> {
                    if (StoreKey.isItem(key)) {
                        contents.put(StoreKey.placementKey(key), StoredItem.parse(value).item());
                    }
                });
        return contents;
    }

    /** The entries that the table's local index has, in any order. */
    List<Item> inLocalIndex() {
        List<Item> entries = new ArrayList<>();
        table.leader()
                .store
                .subMap(
                        StoreKey.from(StoreKey.localIndex(TABLE_ID, 0), KeyRange.ALL),
                        StoreKey.toExclusive(StoreKey.localIndex(TABLE_ID, 0), KeyRange.ALL))
                .values()
                .forEach(value -> entries.add(StoredItem.parse(value).item()));
        return entries;
    }

    /** The items of the table that are to be in its local index, in any order. */
    List<Item> itemsWithNotes() {
        return contents(table).values().stream()
                .filter(item -> !new AttributeValue.S("").equals(item.get(NOTE)))
                .filter(item -> ItemSize.of(item) < KeySchema.MAX_SORT_KEY_BYTES)
                .toList();
    }

    /** The change records that the table's partition still has. */
    long recordsLeft() {
        return table.leader().store.keySet().stream()
                .filter(key -> StoreKey.isRow(key) && key[8] == 4)
                .count();
    }

    // ---- Time and messages

    /** Lets everything happen that follows, until all is quiet. */
    void settle() {
        for (int i = 0; i < 400; i++) {
            step();
        }
        assertThat(wire).isEmpty();
    }

    /** Everything that is under way happens; then some time passes. */
    void step() {
        commit();
        while (!wire.isEmpty()) {
            deliver(wire.getFirst());
            commit();
        }
        pass(FeedTarget.RETRY_NANOS);
    }

    /** Everything is committed, applied and read. */
    void commit() {
        groups.values().forEach(Group::commitAll);
        table.leader().completeScans();
    }

    void pass(long nanos) {
        nowNanos += nanos;
        for (Group group : groups.values()) {
            group.leader().propagator.advance();
        }
    }

    void deliver(Envelope envelope) {
        wire.remove(envelope);
        repeat(envelope);
    }

    /** Delivers a message that may come once more. */
    void repeat(Envelope envelope) {
        switch (envelope.message()) {
            case TakeChanges piece -> {
                Group group = groups.get(piece.group());
                if (group != null) {
                    take(group.leader(), piece, envelope.from());
                }
            }
            case ChangesTaken taken -> {
                asker(envelope).propagator.taken(taken);
                asker(envelope).propagator.advance();
            }
            case ChangesNotTaken notTaken -> asker(envelope).propagator.notTaken(notTaken);
            default -> throw new AssertionError("not expected: " + envelope);
        }
    }

    private static Replica asker(Envelope envelope) {
        Replica asker = envelope.to();
        if (asker == null) {
            throw new AssertionError("an answer to nobody: " + envelope);
        }
        return asker;
    }

    private void take(Replica replica, TakeChanges piece, Replica asker) {
        replica.partition.takeChanges(
                piece,
                position -> {
                    IndexMessage answer =
                            position.isPresent()
                                    ? new ChangesTaken(
                                            piece.callId(),
                                            piece.group(),
                                            piece.source(),
                                            position.get())
                                    : new ChangesNotTaken(
                                            piece.callId(),
                                            piece.group(),
                                            piece.source(),
                                            Optional.empty());
                    wire.add(new Envelope(answer, replica, asker));
                });
    }

    /** The pieces under way, questions for a position left out. */
    List<Envelope> pieces() {
        return wire.stream()
                .filter(envelope ->
                        envelope.message() instanceof TakeChanges piece
                                && piece.command().size() > 0)
                .toList();
    }

    /** Where a partition of the index says that it is with the table's partition. */
    FeedPosition position(int target) {
        FeedPosition[] found = {FeedPosition.START};
        target(target)
                .leader()
                .partition
                .takeChanges(
                        new TakeChanges(
                                ++lastCall,
                                target(target).id,
                                table.id,
                                FeedPosition.START,
                                Bytes.EMPTY),
                        position -> found[0] = position.orElseThrow());
        return found[0];
    }

    // ---- Groups

    /** A replication group: one log, and a leader. */
    final class Group {
        final GroupId id;
        private final ReplicaDescriptor descriptor;
        private final List<LogEntry> log = new ArrayList<>();
        private Ballot ballot = new Ballot(1, SampleTables.NODE_A);
        private @Nullable Replica leader;

        Group(long id, long tableId, KeyRange range, Optional<TableSchema> localSchema) {
            this.id = new GroupId(id);
            this.descriptor =
                    new ReplicaDescriptor(this.id, tableId, range, List.of(), localSchema);
        }

        Replica leader() {
            if (leader == null) {
                throw new AssertionError("nobody leads " + id);
            }
            return leader;
        }

        /** Another replica leads. The one that led is returned, and does not know of it. */
        @Nullable Replica elect() {
            Replica before = leader;
            Replica next = new Replica(this);
            while (next.appliedLsn() < log.size()) {
                next.applyNext();
            }
            ballot = ballot.next(SampleTables.NODE_B);
            log.add(new LogEntry(log.size() + 1, ballot, LogEntry.Kind.BALLOT_START, new byte[0]));
            leader = next;
            next.partition.startLeading(log.size());
            next.propagator.reset();
            commitAll();
            return before;
        }

        /** Entries that are not committed are lost, as where no quorum had them. */
        void loseTail() {
            while (log.size() > leader().takenLsn()) {
                log.removeLast();
            }
        }

        private OptionalLong propose(Replica proposer, byte[] command) {
            if (!proposer.equals(leader)) {
                return OptionalLong.empty();
            }
            log.add(new LogEntry(log.size() + 1, ballot, LogEntry.Kind.COMMAND, command));
            return OptionalLong.of(log.size());
        }

        long lastLsn() {
            return log.size();
        }

        boolean commitNext() {
            Replica replica = leader();
            if (replica.appliedLsn() == log.size()) {
                return false;
            }
            replica.applyNext();
            replica.completeOfficeScan();
            replica.propagator.advance();
            return true;
        }

        void commitAll() {
            boolean more = commitNext();
            while (more) {
                more = commitNext();
            }
        }
    }

    /** A replica of a group, which leads or believes to. */
    final class Replica implements PartitionHost, FeedHost {
        private final Group group;
        final Partition partition;
        final Propagator propagator;
        final NavigableMap<byte[], byte[]> store = new TreeMap<>(Arrays::compareUnsigned);
        private final ArrayDeque<Runnable> reads = new ArrayDeque<>();
        final ArrayDeque<Runnable> scans = new ArrayDeque<>();
        private long takenLsn;

        Replica(Group group) {
            this.group = group;
            this.partition = new Partition(group.descriptor, this, new ItemCache(0));
            this.propagator = new Propagator(this);
        }

        private void applyNext() {
            StoreBatch batch = partition.apply(group.log.get((int) takenLsn));
            takenLsn = batch.appliedLsn();
            for (RangeDelete delete : batch.rangeDeletes()) {
                store.subMap(delete.range().from(), delete.range().to()).clear();
            }
            for (StoreWrite write : batch.writes()) {
                switch (write) {
                    case StoreWrite.Put(byte[] key, byte[] value) -> store.put(key, value);
                    case StoreWrite.Delete(byte[] key) -> store.remove(key);
                }
            }
            partition.applied(takenLsn);
        }

        long takenLsn() {
            return takenLsn;
        }

        /** Comes to know that it leads no more. */
        void stopLeading() {
            partition.stopLeading();
            propagator.reset();
        }

        void completeReads() {
            while (!reads.isEmpty()) {
                reads.remove().run();
            }
        }

        /** A new leader reads its rows at once. */
        private void completeOfficeScan() {
            if (!group.equals(table) || partition.indexCatalog().isEmpty()) {
                completeScans();
            }
        }

        void completeScans() {
            while (!scans.isEmpty()) {
                scans.remove().run();
            }
        }

        @Override
        public OptionalLong propose(byte[] command) {
            return group.propose(this, command);
        }

        @Override
        public boolean serves() {
            return equals(group.leader);
        }

        @Override
        public boolean servesEventually() {
            return true;
        }

        @Override
        public Optional<NodeId> leader() {
            return Optional.empty();
        }

        @Override
        public void read(byte[] key, Consumer<byte @Nullable []> then, Runnable damaged) {
            reads.add(() -> then.accept(store.get(key)));
        }

        @Override
        public void scan(
                byte[] from,
                byte @Nullable [] to,
                boolean forward,
                Collector collector,
                ScanEnd end) {
            if (to == null) {
                throw new AssertionError("a scan without an end");
            }
            scan(new dev.stator.core.store.KeyRange(from, to), collector, end);
        }

        @Override
        public void scan(dev.stator.core.store.KeyRange range, Collector collector, ScanEnd end) {
            scans.add(() -> {
                for (var row : store.subMap(range.from(), range.to()).entrySet()) {
                    if (!collector.collect(row.getKey(), row.getValue())) {
                        break;
                    }
                }
                end.done();
            });
        }

        @Override
        public long collectionBytesMax() {
            return Long.MAX_VALUE;
        }

        @Override
        public long wallClockMillis() {
            return TimeUnit.NANOSECONDS.toMillis(nowNanos);
        }

        @Override
        public void answer(Caller caller, PartitionResponse response) {}

        @Override
        public void corrupt(byte[] key, String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void evaluationFailed(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public ReplicaDescriptor partition() {
            return group.descriptor;
        }

        @Override
        public Optional<IndexCatalog> catalog() {
            return partition.indexCatalog();
        }

        @Override
        public long appliedLsn() {
            return partition.appliedLsn();
        }

        @Override
        public Records records() {
            return partition.records();
        }

        @Override
        public void trim(long upToLsn, long upToBytes) {
            partition.trimRecords(upToLsn, upToBytes);
        }

        @Override
        public void send(NodeId to, IndexMessage message) {
            wire.add(new Envelope(message, this, null));
        }

        @Override
        public long newCallId() {
            return ++lastCall;
        }

        @Override
        public long nowNanos() {
            return nowNanos;
        }
    }
}
