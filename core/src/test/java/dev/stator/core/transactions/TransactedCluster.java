package dev.stator.core.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.StoreKey;
import dev.stator.core.metadata.SampleTables;
import dev.stator.core.partition.ItemCache;
import dev.stator.core.partition.Partition;
import dev.stator.core.partition.PartitionHost;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Real partitions of a table and of the ledger, and real coordinators. What happens next is drawn:
 * messages arrive in any order, late, twice or never; entries are committed late, or lost with
 * their leader; leaders change, coordinators die; no two clocks agree.
 */
final class TransactedCluster {
    static final TableDescriptor TABLE = SampleTables.active("accounts", 7, 3);
    private static final TableDescriptor LEDGER = SampleTables.active("transactions", 9, 2);
    private static final long WALL_MILLIS = 1_700_000_000_000L;
    private static final int SKEW_MILLIS = 2_000;
    private static final int COORDINATORS = 3;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final ApiError NO_ANSWER = new ApiError.InternalServerError("no answer");

    private final Random random;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Coordinator> coordinators = new ArrayList<>();
    private final List<Runnable> underWay = new ArrayList<>();

    /** Second copies of messages, which may come when everything is over. */
    private final List<Runnable> late = new ArrayList<>();

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long nowNanos;
    private long timerCount;
    private boolean calm = true;

    private record Timer(long atNanos, long number, BooleanSupplier live, Runnable task)
            implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    TransactedCluster(Random random) {
        this.random = random;
        for (TableDescriptor table : List.of(TABLE, LEDGER)) {
            for (PartitionDescriptor partition : table.partitions()) {
                replicas.add(new Replica(table.id(), partition));
            }
        }
        for (int i = 0; i < COORDINATORS; i++) {
            coordinators.add(new Coordinator());
        }
    }

    // ---- Partitions

    /** One partition, as its successive leaders have it. */
    private final class Replica implements PartitionHost {
        private final ReplicaDescriptor descriptor;
        private final NavigableMap<byte[], byte[]> store = new TreeMap<>(Arrays::compareUnsigned);
        private final List<LogEntry> log = new ArrayList<>();
        private final ArrayDeque<StoreBatch> batches = new ArrayDeque<>();
        private long committedLsn;
        private long storedLsn;
        private byte[] state = {};
        private Ballot ballot = Ballot.NONE;
        private Partition partition;
        private int runs;
        private long skewMillis = skew();

        Replica(TableId table, PartitionDescriptor place) {
            descriptor =
                    new ReplicaDescriptor(
                            new GroupId(place.groupId()), table.value(), place.range(), List.of());
            partition = new Partition(descriptor, this, new ItemCache(0));
            lead();
        }

        private void lead() {
            ballot = ballot.next(new NodeId(0, 1));
            append(LogEntry.Kind.BALLOT_START, new byte[0]);
            partition.startLeading(log.size());
            for (long i = committedLsn; i < log.size(); i++) {
                underWay.add(this::commit);
            }
        }

        /** What is not committed may be lost. The next leader is another replica, or the same. */
        void elect() {
            int open = (int) (log.size() - committedLsn);
            log.subList((int) committedLsn + random.nextInt(open + 1), log.size()).clear();
            skewMillis = skew();
            partition.stopLeading();
            if (random.nextBoolean()) {
                batches.forEach(this::store);
                batches.clear();
                runs++;
                partition = new Partition(descriptor, this, new ItemCache(0), storedLsn, state);
            }
            lead();
        }

        private void append(LogEntry.Kind kind, byte[] payload) {
            log.add(new LogEntry(log.size() + 1, ballot, kind, payload));
        }

        private void commit() {
            if (committedLsn < log.size()) {
                batches.add(partition.apply(log.get((int) committedLsn++)));
                underWay.add(this::applyNext);
            }
        }

        private void applyNext() {
            StoreBatch batch = batches.poll();
            if (batch != null) {
                store(batch);
                partition.applied(storedLsn);
            }
        }

        private void store(StoreBatch batch) {
            assertThat(batch.rangeDeletes()).isEmpty();
            for (StoreWrite write : batch.writes()) {
                switch (write) {
                    case StoreWrite.Put(byte[] key, byte[] value) -> store.put(key, value);
                    case StoreWrite.Delete(byte[] key) -> store.remove(key);
                }
            }
            storedLsn = batch.appliedLsn();
            state = batch.state();
        }

        private NavigableMap<byte[], byte[]> items() {
            return store.subMap(
                    StoreKey.from(descriptor.tableId(), descriptor.range()),
                    true,
                    StoreKey.toExclusive(descriptor.tableId(), descriptor.range()),
                    false);
        }

        @Override
        public OptionalLong propose(byte[] command) {
            if (!calm && random.nextInt(50) == 0) {
                return OptionalLong.empty();
            }
            append(LogEntry.Kind.COMMAND, command);
            underWay.add(this::commit);
            return OptionalLong.of(log.size());
        }

        @Override
        public boolean serves() {
            return true;
        }

        @Override
        public boolean servesEventually() {
            return true;
        }

        @Override
        public Optional<NodeId> leader() {
            return Optional.empty();
        }

        private void later(Runnable completion) {
            int ofRun = runs;
            underWay.add(() -> {
                if (ofRun == runs) {
                    completion.run();
                }
            });
        }

        @Override
        public void read(byte[] key, Consumer<byte @Nullable []> then, Runnable damaged) {
            later(() -> then.accept(store.get(key)));
        }

        @Override
        public void scan(
                byte[] from,
                byte @Nullable [] to,
                boolean forward,
                Collector collector,
                ScanEnd end) {
            later(() -> {
                var range =
                        to == null
                                ? store.tailMap(from, true)
                                : store.subMap(from, true, to, false);
                for (var entry : range.entrySet()) {
                    if (!collector.collect(entry.getKey(), entry.getValue())) {
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
            return wall(skewMillis);
        }

        @Override
        public void answer(Caller caller, PartitionResponse response) {
            Asker asker = (Asker) caller;
            if (!lost()) {
                underWay.add(() -> asker.call().answered(asker.attempt(), response));
            }
        }

        @Override
        public void corrupt(byte[] key, String detail) {
            throw new AssertionError("corrupt: " + detail);
        }

        @Override
        public void evaluationFailed(Throwable cause) {
            throw new AssertionError(cause);
        }
    }

    private record Asker(Call call, int attempt) implements PartitionHost.Caller {}

    // ---- Coordinators

    /** A router's coordinator, as long as its process lives. */
    final class Coordinator implements TransactionPort {
        private final long skewMillis = skew();
        private final Transactions transactions = new Transactions(this, random.nextLong());
        private boolean alive = true;

        Transactions transactions() {
            return transactions;
        }

        /** A write outside of transactions. */
        void write(PartitionRequest.Write write, Consumer<Reply> then) {
            call(TABLE.id(), write.key(), write, then);
        }

        @Override
        public void call(
                TableId table, PlacementKey key, PartitionRequest request, Consumer<Reply> then) {
            new Call(this, replicaOf(table, key), request, (reply, _) -> then.accept(reply))
                    .start();
        }

        @Override
        public void callRange(TableId table, PartitionRequest.Range request, RangeReceiver then) {
            new Call(this, replicaOf(table, request.range().from()), request, then::accept).start();
        }

        @Override
        public void findTable(
                String accountId, String tableName, Consumer<Optional<TableDescriptor>> then) {
            after(AGAIN_NANOS, () -> then.accept(Optional.of(LEDGER)));
        }

        @Override
        public void callAdmin(AdminRequest request, Consumer<AdminResponse> then) {
            throw new AssertionError("the ledger is there already");
        }

        @Override
        public void after(long nanos, Runnable task) {
            timer(nanos, () -> alive, task);
        }

        @Override
        public long nowNanos() {
            return nowNanos;
        }

        @Override
        public long wallMillis() {
            return wall(skewMillis);
        }
    }

    /** A call as the router makes it: what certainly was not done is asked again. */
    private final class Call {
        private final Coordinator owner;
        private final Replica replica;
        private final PartitionRequest request;
        private final BiConsumer<TransactionPort.Reply, Optional<PlacementKey>> then;
        private int attempt;
        private boolean asked;
        private boolean ended;

        Call(
                Coordinator owner,
                Replica replica,
                PartitionRequest request,
                BiConsumer<TransactionPort.Reply, Optional<PlacementKey>> then) {
            this.owner = owner;
            this.replica = replica;
            this.request = request;
            this.then = then;
        }

        void start() {
            send();
            timer(
                    DEADLINE_NANOS,
                    () -> !ended && owner.alive,
                    () -> end(failed(!isWrite() || !asked)));
        }

        private boolean isWrite() {
            return request instanceof PartitionRequest.Write
                    || request instanceof PartitionRequest.Prepare;
        }

        private void send() {
            asked = true;
            int number = ++attempt;
            if (!lost()) {
                deliver(() -> replica.partition.handle(new Asker(this, number), request));
            }
            if (!calm && random.nextInt(10) == 0) {
                late.add(() -> replica.partition.handle(new Asker(this, -1), request));
            }
        }

        void answered(int number, PartitionResponse response) {
            if (ended || number != attempt || !owner.alive) {
                return;
            }
            switch (response) {
                case PartitionResponse.Served served ->
                        end(new TransactionPort.Reply.Served(served));
                case PartitionResponse.Indeterminate _ -> {
                    if (isWrite()) {
                        end(failed(false));
                    } else {
                        again();
                    }
                }
                case PartitionResponse.NotLeader _,
                        PartitionResponse.NotHere _,
                        PartitionResponse.Unavailable _ ->
                        again();
            }
        }

        private void again() {
            asked = false;
            timer(AGAIN_NANOS, () -> !ended && owner.alive, this::send);
        }

        private static TransactionPort.Reply failed(boolean nothingDone) {
            return new TransactionPort.Reply.Failed(NO_ANSWER, nothingDone);
        }

        private void end(TransactionPort.Reply reply) {
            ended = true;
            then.accept(reply, Optional.ofNullable(replica.descriptor.range().to()));
        }
    }

    private Replica replicaOf(TableId table, PlacementKey key) {
        return replicas.stream()
                .filter(each ->
                        each.descriptor.tableId() == table.value()
                                && each.descriptor.range().contains(key))
                .findFirst()
                .orElseThrow();
    }

    // ---- What happens

    private int skew() {
        return random.nextInt(2 * SKEW_MILLIS) - SKEW_MILLIS;
    }

    private long wall(long skewMillis) {
        return WALL_MILLIS + TimeUnit.NANOSECONDS.toMillis(nowNanos) + skewMillis;
    }

    private boolean lost() {
        return !calm && random.nextInt(40) == 0;
    }

    /** Some messages take long enough for whole transactions to pass by. */
    private void deliver(Runnable message) {
        if (!calm && random.nextInt(10) == 0) {
            long nanos = random.nextLong(SLOW_NANOS);
            timer(nanos, () -> true, () -> underWay.add(message));
        } else {
            underWay.add(message);
        }
    }

    private void timer(long nanos, BooleanSupplier live, Runnable task) {
        timers.add(new Timer(nowNanos + nanos, timerCount++, live, task));
    }

    Coordinator someCoordinator() {
        return coordinators.get(random.nextInt(coordinators.size()));
    }

    /** From now on there is trouble. */
    void disturb() {
        calm = false;
    }

    /** From now on there is none, and all that was late arrives. */
    void calmDown() {
        calm = true;
        underWay.addAll(late);
        late.clear();
    }

    /** Lets one thing happen. */
    void step() {
        nowNanos += random.nextInt(1_000_000);
        if (!calm) {
            trouble();
        }
        if (random.nextInt(20) == 0) {
            someCoordinator().transactions.tick();
        }
        runDue();
        if (!underWay.isEmpty() && (calm || random.nextInt(100) != 0)) {
            underWay.remove(random.nextInt(underWay.size())).run();
        } else {
            Timer next = timers.peek();
            nowNanos = next == null ? nowNanos : Math.max(nowNanos, next.atNanos());
            runDue();
        }
    }

    private void runDue() {
        while (!timers.isEmpty() && timers.peek().atNanos() <= nowNanos) {
            Timer due = timers.remove();
            if (due.live().getAsBoolean()) {
                due.task().run();
            }
        }
        while (!timers.isEmpty() && !timers.peek().live().getAsBoolean()) {
            timers.remove();
        }
    }

    private void trouble() {
        if (random.nextInt(200) == 0) {
            replicas.get(random.nextInt(replicas.size())).elect();
        }
        if (random.nextInt(400) == 0) {
            int index = random.nextInt(COORDINATORS);
            coordinators.get(index).alive = false;
            coordinators.set(index, new Coordinator());
        }
        if (!late.isEmpty() && random.nextInt(60) == 0) {
            underWay.add(late.remove(random.nextInt(late.size())));
        }
    }

    /** Lets time pass in which all that is under way ends, and the coordinators look around. */
    void pass(long millis) {
        long untilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (nowNanos < untilNanos) {
            step();
            if (underWay.isEmpty()) {
                nowNanos += TimeUnit.MILLISECONDS.toNanos(500);
                coordinators.forEach(each -> each.transactions.tick());
            }
        }
    }

    /** Items that are prepared. */
    long preparedItems() {
        long count = 0;
        for (Replica replica : replicas) {
            var rows = StoreKey.officeRowsOf(replica.descriptor.group());
            count +=
                    replica.store.subMap(rows.from(), rows.to()).keySet().stream()
                            .filter(StoreKey::isPrepared)
                            .count();
        }
        return count;
    }

    /** Rows of the ledger. */
    long ledgerRecords() {
        long count = 0;
        for (Replica replica : replicas) {
            if (replica.descriptor.tableId() == LEDGER.id().value()) {
                count += replica.items().size();
            }
        }
        return count;
    }
}
