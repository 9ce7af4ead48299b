package dev.stator.core.partition;

import dev.stator.core.partition.ScriptedHost.TestCaller;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.key.KeyRange;
import dev.stator.replication.Ballot;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * Three replicas of one partition on one log, which behaves as a replication group may: entries are
 * committed late or, after a change of leader, never; replicas take, store and report them each in
 * its own time; reads come back in any order; leases run out; a leader that has been replaced is
 * told so late; nodes restart. Everything is drawn from one source of randomness.
 */
final class ScriptedCluster {
    private static final int NODES = 3;

    /** Nothing; about one of the items; all of them. */
    private static final List<Long> ITEM_CACHES = List.of(0L, 300L, 1L << 20);

    /** What may happen, and how often: each run draws one of the weights. */
    private enum Event {
        READ_COMPLETES(20, 100, 300),
        SCAN_STEPS(20, 100, 100),
        COMMIT(50, 150, 150),
        TAKE(50, 150, 150),
        STORE(50, 150, 150),
        REPORT(50, 150, 150),
        CIRCUMSTANCES_CHANGE(20, 20, 20),
        LEASE_CHANGES(5, 20, 50),
        REPLACED_LEADER_LEARNS(5, 20, 50),
        ELECTION(5, 20, 50),
        RESTART(0, 1, 3);

        private final int low;
        private final int middle;
        private final int high;

        Event(int low, int middle, int high) {
            this.low = low;
            this.middle = middle;
            this.high = high;
        }

        int draw(Random random) {
            return switch (random.nextInt(3)) {
                case 0 -> low;
                case 1 -> middle;
                default -> high;
            };
        }
    }

    private final Random random;
    private final ReplicaDescriptor descriptor;
    private final long collectionBytesMax;
    private final long itemCacheBytes;
    private final EnumMap<Event, Integer> weights = new EnumMap<>(Event.class);
    private final int totalWeight;
    private final History history;
    private final List<Node> nodes = new ArrayList<>();
    private final List<LogEntry> log = new ArrayList<>();
    private long committedLsn;
    private Ballot ballot = Ballot.NONE;
    private Node leader;

    /** Whom each request went to. */
    private final List<ScriptedHost> asked = new ArrayList<>();

    private final Set<ScriptedHost> gone = new HashSet<>();

    private final class Node {
        private final NodeId id;
        private ScriptedHost host;
        private Partition partition;

        /** Whether the partition has been told that it leads. */
        private boolean toldToLead;

        /** The end of the log as a replaced leader sees it. */
        private long ownLastLsn;

        /** Taken by the partition, not yet in the store. */
        private final ArrayDeque<StoreBatch> batches = new ArrayDeque<>();

        Node(int number) {
            id = new NodeId(0, number);
            host = new ScriptedHost();
            partition = start();
        }

        private Partition start() {
            ScriptedHost current = host;
            current.log = this::propose;
            current.collectionBytesMax = collectionBytesMax;
            current.answered =
                    caller ->
                            history.answered(
                                    caller.id(), current.answers.get(caller), committedLsn);
            return new Partition(
                    descriptor,
                    current,
                    new ItemCache(itemCacheBytes),
                    current.storedLsn,
                    current.state);
        }

        private OptionalLong propose(byte[] command) {
            if (random.nextInt(25) == 0) {
                return OptionalLong.empty();
            }
            if (this != leader) {
                return OptionalLong.of(++ownLastLsn);
            }
            append(LogEntry.Kind.COMMAND, command);
            return OptionalLong.of(log.size());
        }

        /** What waits is never answered; what is stored stays. */
        void restart() {
            ScriptedHost before = host;
            gone.add(before);
            host = new ScriptedHost();
            host.store.putAll(before.store);
            host.state = before.state;
            host.storedLsn = before.storedLsn;
            host.wallClockMillis = before.wallClockMillis;
            host.leader = before.leader;
            batches.clear();
            toldToLead = false;
            partition = start();
        }

        boolean replaced() {
            return toldToLead && this != leader;
        }

        long takenLsn() {
            return host.storedLsn + batches.size();
        }

        void take() {
            // A leader that has not heard of its successor hears of no commits either.
            if (!replaced() && takenLsn() < committedLsn) {
                batches.add(partition.apply(log.get((int) takenLsn())));
            }
        }

        void store() {
            StoreBatch batch = batches.poll();
            if (batch != null) {
                host.store(batch);
            }
        }

        void report() {
            if (partition.appliedLsn() < host.storedLsn) {
                partition.applied(host.storedLsn);
            }
        }

        void changeCircumstances() {
            host.wallClockMillis += random.nextInt(200) - 80;
            host.viewsAtCall = random.nextBoolean();
            host.servesEventually = random.nextInt(4) != 0;
        }

        void stopLeading() {
            if (toldToLead) {
                toldToLead = false;
                partition.stopLeading();
            }
        }

        void completeSomeRead() {
            if (!host.reads.isEmpty()) {
                host.completeRead(random.nextInt(host.reads.size()));
            }
        }

        void stepSomeScan() {
            if (!host.scans.isEmpty()) {
                host.scans.get(random.nextInt(host.scans.size())).step();
            }
        }

        boolean finish() {
            boolean busy =
                    !host.reads.isEmpty() || !host.scans.isEmpty() || takenLsn() < committedLsn;
            host.completeReads();
            host.completeScans();
            while (takenLsn() < committedLsn) {
                take();
            }
            while (!batches.isEmpty()) {
                store();
            }
            report();
            return busy;
        }
    }

    ScriptedCluster(Random random, History history) {
        this(random, history, LeaderFixture.descriptor(KeyRange.ALL), Long.MAX_VALUE);
    }

    ScriptedCluster(
            Random random, History history, ReplicaDescriptor descriptor, long collectionBytesMax) {
        this.random = random;
        this.descriptor = descriptor;
        this.collectionBytesMax = collectionBytesMax;
        this.itemCacheBytes = ITEM_CACHES.get(random.nextInt(ITEM_CACHES.size()));
        this.history = history;
        int total = 0;
        for (Event event : Event.values()) {
            int weight = event.draw(random);
            weights.put(event, weight);
            total += weight;
        }
        totalWeight = total;
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node(i));
        }
        leader = nodes.getFirst();
        elect();
    }

    private void append(LogEntry.Kind kind, byte[] payload) {
        log.add(new LogEntry(log.size() + 1, ballot, kind, payload));
    }

    List<LogEntry> committedLog() {
        return List.copyOf(log.subList(0, (int) committedLsn));
    }

    ScriptedHost host(int index) {
        return nodes.get(index).host;
    }

    /**
     * Sends a request, mostly to the leader.
     *
     * @return up to where the partition that got it had taken the log
     */
    long send(PartitionRequest request) {
        Node node = random.nextInt(6) == 0 ? someNode() : leader;
        int id = history.invoked(request);
        asked.add(node.host);
        long takenLsn = node.takenLsn();
        node.partition.handle(new TestCaller(id), request);
        return takenLsn;
    }

    /** Whether the request went to a node that restarted. */
    boolean mayBeUnanswered(int id) {
        return gone.contains(asked.get(id));
    }

    /** The next request will be given this number. */
    int nextRequest() {
        return history.size();
    }

    private Node someNode() {
        return nodes.get(random.nextInt(NODES));
    }

    /** Lets one thing happen. */
    void step() {
        Node node = random.nextInt(3) == 0 ? someNode() : leader;
        int draw = random.nextInt(totalWeight);
        for (Map.Entry<Event, Integer> candidate : weights.entrySet()) {
            draw -= candidate.getValue();
            if (draw < 0) {
                happen(candidate.getKey(), node);
                return;
            }
        }
    }

    private void happen(Event event, Node node) {
        switch (event) {
            case READ_COMPLETES -> node.completeSomeRead();
            case SCAN_STEPS -> node.stepSomeScan();
            case COMMIT ->
                    committedLsn +=
                            random.nextInt((int) Math.min(3, log.size() - committedLsn) + 1);
            case TAKE -> node.take();
            case STORE -> node.store();
            case REPORT -> node.report();
            case CIRCUMSTANCES_CHANGE -> node.changeCircumstances();
            case LEASE_CHANGES -> leader.host.serves = !leader.host.serves;
            case REPLACED_LEADER_LEARNS -> {
                if (node.replaced()) {
                    node.stopLeading();
                }
            }
            case ELECTION -> {
                if (!leader.host.serves) {
                    leader = random.nextBoolean() ? leader : someNode();
                    elect();
                }
            }
            case RESTART -> restart(node);
        }
    }

    private void restart(Node node) {
        node.restart();
        if (node == leader) {
            leader = someNode();
            elect();
        }
    }

    /**
     * The leader begins a new ballot on some log that has all that is committed. The one before
     * holds no lease any more; unless it is the same node it does not know yet.
     */
    private void elect() {
        for (Node node : nodes) {
            node.ownLastLsn = Math.max(node.ownLastLsn, log.size());
        }
        int kept = (int) committedLsn + random.nextInt((int) (log.size() - committedLsn) + 1);
        log.subList(kept, log.size()).clear();
        ballot = ballot.next(leader.id);
        append(LogEntry.Kind.BALLOT_START, new byte[0]);
        leader.stopLeading();
        leader.toldToLead = true;
        leader.partition.startLeading(log.size());
        for (Node node : nodes) {
            node.host.serves = node == leader;
            node.host.leader = Optional.of(leader.id);
        }
    }

    /** Lets everything happen that is under way, without further trouble. */
    void finish() {
        leader.host.serves = true;
        for (Node node : nodes) {
            if (node.replaced()) {
                node.stopLeading();
            }
        }
        boolean busy = true;
        while (busy) {
            committedLsn = log.size();
            busy = false;
            for (Node node : nodes) {
                busy |= node.finish();
            }
            busy |= committedLsn < log.size();
        }
    }
}
