package dev.stator.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One replication group on simulated nodes: one seed, one history. Messages are delayed, lost,
 * repeated and reordered, clocks drift within the bound, disks take time, and a crash loses what
 * was not synced. What must always hold is checked at every step: agreement, evaluation on the
 * exact prefix, and at most one member that serves.
 */
final class GroupCluster {
    static final long MILLIS = 1_000_000L;
    static final GroupId GROUP = new GroupId(7);

    /** Every entry goes alone, and no log is kept for those that lag. */
    private static final Limits SMALL =
            new Limits(
                    Limits.DEFAULT.messagesInFlight(),
                    1,
                    Limits.DEFAULT.uncommittedEntries(),
                    Limits.DEFAULT.uncommittedBytes(),
                    Limits.DEFAULT.retainedBytes(),
                    1);

    final SplittableRandom random;
    final List<SimulatedNode> nodes = new ArrayList<>();
    final List<Member> members = new ArrayList<>();
    final Timing timing;
    final Limits limits;
    long nowNanos = 1_000 * MILLIS;
    double lossRate;
    double repeatRate;
    long delayMaxNanos = 2 * MILLIS;

    /** Node pairs that cannot talk, from the first to the second. */
    final Map<Long, Boolean> cut = new HashMap<>();

    /** What any member has seen committed. */
    final TreeMap<Long, LogEntry> chosen = new TreeMap<>();

    final Map<Long, Long> chainAt = new HashMap<>();
    int leadersSeen;
    int applied;

    private final PriorityQueue<Timed> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Timed::atNanos).thenComparingLong(Timed::order));
    private long order;

    private record Timed(long atNanos, long order, Runnable action) {}

    GroupCluster(long seed, int storageMembers, int logMembers, Timing timing) {
        this.random = new SplittableRandom(seed);
        this.timing = timing;
        this.limits = seed % 2 == 0 ? Limits.DEFAULT : SMALL;
        for (int i = 0; i < storageMembers + logMembers; i++) {
            NodeId id = new NodeId((i + 1L) << 48, i + 1);
            members.add(new Member(id, i < storageMembers ? Member.Role.STORAGE : Member.Role.LOG));
        }
        for (Member member : members) {
            nodes.add(new SimulatedNode(member.node()));
        }
        nodes.forEach(SimulatedNode::start);
    }

    void after(long nanos, Runnable action) {
        events.add(new Timed(nowNanos + nanos, order++, action));
    }

    void runFor(long nanos) {
        long until = nowNanos + nanos;
        while (!events.isEmpty() && events.peek().atNanos() <= until) {
            Timed next = events.remove();
            nowNanos = next.atNanos();
            next.action().run();
            checkOneServes();
        }
        nowNanos = until;
    }

    private void checkOneServes() {
        int serving = 0;
        for (SimulatedNode node : nodes) {
            if (node.up && node.group().serves(node.clock())) {
                serving++;
            }
        }
        assertThat(serving).as("members that serve at " + nowNanos).isLessThanOrEqualTo(1);
    }

    @Nullable SimulatedNode serving() {
        for (SimulatedNode node : nodes) {
            if (node.up && node.group().serves(node.clock())) {
                return node;
            }
        }
        return null;
    }

    SimulatedNode node(NodeId id) {
        return nodes.stream().filter(node -> node.id.equals(id)).findFirst().orElseThrow();
    }

    boolean isCut(NodeId from, NodeId to) {
        return cut.getOrDefault(from.low() * 100 + to.low(), false);
    }

    void cut(SimulatedNode from, SimulatedNode to, boolean isCut) {
        cut.put(from.id.low() * 100 + to.id.low(), isCut);
    }

    void transmit(Runnable delivery, NodeId from, NodeId to) {
        int copies = random.nextDouble() < lossRate ? 0 : random.nextDouble() < repeatRate ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delay =
                    random.nextLong(delayMaxNanos)
                            + (random.nextInt(50) == 0 ? delayMaxNanos * 20 : 0);
            after(
                    delay,
                    () -> {
                        if (!isCut(from, to)) {
                            delivery.run();
                        }
                    });
        }
    }

    /** A node with its disk and store. */
    final class SimulatedNode implements GroupPort {
        final NodeId id;
        boolean up;
        private double rate = 1;
        private long incarnation;
        private @Nullable Leases leases;
        private @Nullable ReplicationGroup group;
        private final List<GroupRecord> disk = new ArrayList<>();
        private final List<GroupRecord> unsynced = new ArrayList<>();
        private long issuedBefore;
        private boolean syncing;
        private long chain;
        private long appliedLsn;
        private Ballot appliedBallot = Ballot.NONE;
        private long flushedLsn;
        private long flushedChain;
        private Ballot flushedBallot = Ballot.NONE;
        private long proposeChain;

        SimulatedNode(NodeId id) {
            this.id = id;
        }

        long clock() {
            return (long) (nowNanos * rate);
        }

        ReplicationGroup group() {
            ReplicationGroup current = group;
            if (current == null) {
                throw new IllegalStateException("node is down");
            }
            return current;
        }

        void start() {
            up = true;
            incarnation++;
            double drift = timing.driftPpm() / 1e6;
            rate = 1 + (random.nextDouble() * 2 - 1) * drift;
            RecoveredReplica durable = new RecoveredReplica();
            disk.forEach(durable::replay);
            unsynced.clear();
            issuedBefore = 0;
            syncing = false;
            appliedLsn = flushedLsn;
            appliedBallot = flushedBallot;
            chain = flushedChain;
            leases =
                    new Leases(
                            id,
                            incarnation,
                            members.stream().map(Member::node).toList(),
                            timing,
                            clock());
            group =
                    new ReplicationGroup(
                            new ReplicationGroup.Origin(GROUP, members, durable, incarnation > 1),
                            limits,
                            leases,
                            this);
            group.startFrom(appliedLsn, appliedBallot);
            tick(incarnation);
            flushLater(incarnation);
        }

        private boolean runs(long run) {
            return up && incarnation == run;
        }

        private void tick(long run) {
            if (runs(run) && leases != null) {
                leases.onTick(clock(), this::sendToNode);
                group().onTick(clock());
                after(20 * MILLIS, () -> tick(run));
            }
        }

        private void flushLater(long run) {
            after(
                    (200 + random.nextInt(800)) * MILLIS,
                    () -> {
                        if (runs(run)) {
                            flushedLsn = appliedLsn;
                            flushedBallot = appliedBallot;
                            flushedChain = chain;
                            group().onFlushed(flushedLsn);
                            if (random.nextInt(3) == 0) {
                                group().checkpoint();
                            }
                            flushLater(run);
                        }
                    });
        }

        /** Loses what was not synced, or all of it but a prefix. */
        void crash() {
            up = false;
            int kept = unsynced.isEmpty() ? 0 : random.nextInt(unsynced.size() + 1);
            disk.addAll(unsynced.subList(0, kept));
            unsynced.clear();
        }

        private void sendToNode(NodeId to, NodeMessage message) {
            SimulatedNode target = node(to);
            transmit(
                    () -> {
                        if (target.up && target.leases != null) {
                            target.leases.onMessage(
                                    id, message, target.clock(), target::sendToNode, target.news());
                        }
                    },
                    id,
                    to);
        }

        private Leases.GroupNews news() {
            return new Leases.GroupNews() {
                @Override
                public void ceded(NodeMessage.GroupBallot ceded) {
                    group().onCeded(ceded.ballot(), clock());
                }

                @Override
                public void withdrawn(NodeId follower, NodeMessage.GroupBallot withdrawn) {
                    group().onWithdrawn(follower, withdrawn.ballot());
                }
            };
        }

        @Override
        public void send(NodeId to, GroupMessage message) {
            SimulatedNode target = node(to);
            transmit(
                    () -> {
                        if (target.up) {
                            target.group().onMessage(id, message, target.clock());
                        }
                    },
                    id,
                    to);
        }

        @Override
        public void persist(GroupRecord record) {
            unsynced.add(record);
            if (!syncing) {
                syncing = true;
                long run = incarnation;
                after(random.nextLong(3 * MILLIS), () -> sync(run));
            }
        }

        private void sync(long run) {
            if (!runs(run)) {
                return;
            }
            // What is written while the sync is under way waits for the next one.
            int count = unsynced.size();
            after(
                    100_000 + random.nextLong(2 * MILLIS),
                    () -> {
                        if (!runs(run)) {
                            return;
                        }
                        disk.addAll(unsynced.subList(0, count));
                        unsynced.subList(0, count).clear();
                        issuedBefore += count;
                        syncing = false;
                        if (!unsynced.isEmpty()) {
                            syncing = true;
                            after(0, () -> sync(run));
                        }
                        group().onPersisted(issuedBefore, clock());
                    });
        }

        @Override
        public void committed(LogEntry entry) {
            LogEntry before = chosen.putIfAbsent(entry.lsn(), entry);
            if (before != null) {
                assertThat(entry.ballot())
                        .as("agreement at " + entry.lsn())
                        .isEqualTo(before.ballot());
            }
            if (entry.kind() == LogEntry.Kind.COMMAND) {
                long evaluatedOn = ByteBuffer.wrap(entry.payload()).getLong();
                assertThat(evaluatedOn).as("prefix of " + entry.lsn()).isEqualTo(chain);
            }
            assertThat(entry.lsn()).isEqualTo(appliedLsn + 1);
            appliedLsn = entry.lsn();
            appliedBallot = entry.ballot();
            chain = link(chain, entry);
            Long known = chainAt.putIfAbsent(entry.lsn(), chain);
            assertThat(known == null || known == chain).isTrue();
            applied++;
            long run = incarnation;
            long lsn = entry.lsn();
            after(
                    random.nextLong(MILLIS),
                    () -> {
                        if (runs(run)) {
                            group().onApplied(lsn, clock());
                        }
                    });
        }

        @Override
        public void leadershipGained(Ballot ballot, long ballotStartLsn) {
            leadersSeen++;
            proposeChain = 0;
        }

        @Override
        public void leadershipLost(Ballot ballot) {}

        @Override
        public void snapshotNeeded(NodeId follower) {
            // Copies the store as it is, at once: its transport is not what is tested here.
            SimulatedNode target = node(follower);
            if (target.up && !isCut(id, follower) && target.appliedLsn < appliedLsn) {
                long lsn = appliedLsn;
                Ballot ballot = appliedBallot;
                long copied = chain;
                long run = target.incarnation;
                after(
                        MILLIS,
                        () -> {
                            if (target.runs(run)
                                    && target.appliedLsn < lsn
                                    && !target.group().leads()) {
                                target.appliedLsn = lsn;
                                target.appliedBallot = ballot;
                                target.chain = copied;
                                target.flushedLsn = lsn;
                                target.flushedBallot = ballot;
                                target.flushedChain = copied;
                                target.group().onSnapshotInstalled(lsn, ballot);
                            }
                        });
            }
        }

        boolean propose() {
            boolean proposed = proposeOnly();
            group().flush(clock());
            return proposed;
        }

        /** Proposes a command that names the prefix it was evaluated on; it is not written yet. */
        boolean proposeOnly() {
            if (proposeChain == 0) {
                // The first command of a term: all that was is applied, so the prefix is the
                // applied one and what is
                // in the log above it, which is nothing.
                if (group().lastLsn() != appliedLsn) {
                    return false;
                }
                proposeChain = chain;
            }
            byte[] payload =
                    ByteBuffer.allocate(16)
                            .putLong(proposeChain)
                            .putLong(random.nextLong())
                            .array();
            OptionalLong lsn = group().propose(payload);
            if (lsn.isEmpty()) {
                return false;
            }
            proposeChain = link(proposeChain, group().entry(lsn.getAsLong()));
            return true;
        }
    }

    static long link(long chain, LogEntry entry) {
        long hash = chain * 31 + entry.lsn();
        hash = hash * 31 + entry.ballot().hashCode();
        hash = hash * 31 + java.util.Arrays.hashCode(entry.payload());
        return hash == 0 ? 1 : hash;
    }
}
