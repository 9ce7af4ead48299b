package dev.stator.server.runtime;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.node.StorageShard;
import dev.stator.core.node.StorePosition;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.IndexMessage;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.key.KeyRange;
import dev.stator.replication.GroupId;
import dev.stator.replication.Limits;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import dev.stator.replication.Timing;
import dev.stator.server.transport.Transport;
import dev.stator.storage.identity.RunHistory;
import dev.stator.storage.store.PartitionStore;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalRecovery;
import dev.stator.storage.wal.WalVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: its shards, WAL and store, MemDS and auto-admin, wired together and to the other nodes
 * by a transport.
 *
 * <p>Threads: one for each shard, one for the WAL, one that writes to the store, one that flushes
 * it, {@link #READERS} that read from it, and one for MemDS and auto-admin, whatever the number of
 * groups; those of shards and of MemDS may be shared with other nodes of the process. A failed
 * fsync, a failed write, or a violated invariant stops this node and no other: it falls silent, and
 * the others carry on.
 */
public final class NodeRuntime implements AutoCloseable, ShardRunner.Node {
    /** Threads that read from the store. */
    private static final int READERS = 2;

    /** Of heap, for the items of a node that were lately written or read. */
    private static final long ITEM_CACHE_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(NodeRuntime.class);

    /** How long a stop in good order waits for each part. */
    private static final long STOP_MILLIS_MAX = 2_000;

    /** How long a close waits for a node that stops by itself: its store is flushed meanwhile. */
    private static final long FAILED_STOP_MILLIS_MAX = 30_000;

    /**
     * What a node is started with.
     *
     * @param name for people
     * @param cluster all nodes, in an order that all nodes share
     * @param shards the same number on all nodes
     */
    public record Plan(
            String name, NodeId self, List<ClusterNode> cluster, int shards, Timing timing) {
        public Plan {
            cluster = List.copyOf(cluster);
        }

        List<NodeId> nodeIds() {
            return cluster.stream().map(ClusterNode::node).toList();
        }
    }

    private final Plan plan;
    private final NodeFiles files;
    private final Transport transport;
    private final Consumer<Throwable> onFailure;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Counted down when the parts have stopped, whoever stopped them. */
    private final CountDownLatch partsStopped = new CountDownLatch(1);

    private final List<ShardRunner> shards = new ArrayList<>();
    private final ControlRunner control;
    private final PartitionStore store;
    private final WalLoop wal;
    private final StoreLoop storeLoop;
    private final ExecutorService readers;

    /**
     * Opens the node's files, recovers what they hold, and starts its threads. Nothing is sent
     * before.
     *
     * @param files closed with the node
     * @param threads which thread runs a loop of that name; loops of several nodes may share one
     * @param onFailure called once if the node stops by itself
     */
    public NodeRuntime(
            Plan plan,
            NodeFiles files,
            Transport transport,
            Function<String, LoopThread> threads,
            Consumer<Throwable> onFailure)
            throws IOException {
        this.plan = plan;
        this.files = files;
        this.transport = transport;
        this.onFailure = onFailure;
        long incarnation = files.runs().incarnation();
        for (int i = 0; i < plan.shards(); i++) {
            EventLoop loop = new EventLoop(threads.apply("shard-" + i), this::fail);
            shards.add(
                    new ShardRunner(
                            this,
                            new StorageShard.Setup(
                                    plan.self(),
                                    plan.nodeIds(),
                                    i,
                                    incarnation,
                                    plan.timing(),
                                    Limits.DEFAULT,
                                    ITEM_CACHE_BYTES / plan.shards(),
                                    StorageShard.COLLECTION_BYTES_MAX),
                            loop));
        }
        SharedWal opened = files.openWal(new Recovery());
        this.store = files.openStore();
        files.markInitialized();
        reportRecovery(opened.recovery());
        this.wal =
                new WalLoop(
                        plan.name() + "-wal", opened, plan.shards(), new WalEvents(), this::fail);
        this.storeLoop =
                new StoreLoop(plan.name() + "-store", store, new StoreEvents(), this::fail);
        this.readers =
                Executors.newFixedThreadPool(
                        READERS,
                        Thread.ofPlatform().daemon().name(plan.name() + "-read-", 0).factory());
        this.control =
                new ControlRunner(
                        plan, transport, new EventLoop(threads.apply("control"), this::fail));
    }

    private void reportRecovery(WalRecovery recovery) {
        recovery.tornTail()
                .ifPresent(tail ->
                        LOG.info(
                                "{}: cut {} bytes of an unfinished write off {}",
                                plan.name(),
                                tail.sizeBytes(),
                                tail.file()));
    }

    /** Starts to take part in the cluster. */
    public void start() {
        wal.start();
        storeLoop.start();
        control.start();
        Map<Long, StorePosition> positions = StorePositions.of(store);
        for (int i = 0; i < shards.size(); i++) {
            Optional<ReplicaDescriptor> system =
                    i == shardOf(GroupId.SYSTEM) ? Optional.of(systemReplica()) : Optional.empty();
            shards.get(i).start(positions, system);
        }
    }

    /** The group of the cluster's own metadata: on the first three nodes, for ever. */
    private ReplicaDescriptor systemReplica() {
        List<Member> members = new ArrayList<>();
        for (NodeId node : plan.nodeIds()) {
            if (members.size() < SYSTEM_MEMBERS) {
                members.add(new Member(node, Member.Role.STORAGE));
            }
        }
        return new ReplicaDescriptor(GroupId.SYSTEM, SYSTEM_TABLE, KeyRange.ALL, members);
    }

    private static final int SYSTEM_MEMBERS = 3;
    private static final long SYSTEM_TABLE = 0;

    private int shardOf(GroupId group) {
        return (int) Long.remainderUnsigned(group.value(), shards.size());
    }

    private final class Recovery implements WalVisitor {
        @Override
        public void record(long groupId, boolean reset, byte[] payload) {
            GroupId group = new GroupId(groupId);
            shards.get(shardOf(group)).recover(group, payload);
        }

        @Override
        public void forgotten(long groupId) {
            throw new IllegalStateException("this version never forgets a group: " + groupId);
        }
    }

    private final class WalEvents implements WalLoop.Listener {
        @Override
        public void synced(int shard, long records) {
            shards.get(shard).onLogSynced(records);
        }

        @Override
        public void wantsCheckpoint(GroupId group) {
            shards.get(shardOf(group)).checkpoint(group);
        }
    }

    private final class StoreEvents implements StoreLoop.Listener {
        @Override
        public void applied(int shard, Map<GroupId, Long> lsns) {
            shards.get(shard).onApplied(lsns);
        }

        @Override
        public void flushed(Map<Long, Long> lsns) {
            shards.forEach(shard -> shard.onFlushed(lsns));
        }
    }

    public NodeId nodeId() {
        return plan.self();
    }

    /**
     * A message for a role of this node. From any thread. One of a kind that the role does not take
     * is dropped: it may come from anybody who reaches the port, or from a later version.
     */
    public void deliver(Envelope envelope) {
        Address to = envelope.to();
        if (!envelope.message().isFor(to.role())) {
            LOG.warn(
                    "{} drops a message from {} that {} does not take: {}",
                    plan.name(),
                    envelope.from(),
                    to,
                    envelope.message().getClass().getSimpleName());
            return;
        }
        switch (to.role()) {
            case STORAGE -> shards.get(shardFor(envelope)).deliver(envelope);
            case MEMDS -> control.deliverToMemDs(envelope);
            case ADMIN -> control.deliverToAdmin(envelope);
            case ROUTER ->
                    throw new IllegalArgumentException("routers are not part of a node: " + to);
        }
    }

    /**
     * Senders need not know how groups are spread over shards; only what is between shards names
     * one.
     */
    private int shardFor(Envelope envelope) {
        return switch (envelope.message()) {
            case Message.Replication(GroupId group, var ignored) -> shardOf(group);
            case Message.PartitionCall call -> shardOf(call.group());
            case Message.HostReplica host -> shardOf(host.descriptor().group());
            case Message.DropReplica drop -> shardOf(drop.group());
            case Message.SnapshotChunk chunk -> shardOf(chunk.group());
            case Message.SnapshotTaken taken -> shardOf(taken.group());
            case IndexMessage.DefineIndexes define -> shardOf(define.group());
            case IndexMessage.TakeChanges take -> shardOf(take.group());
            case IndexMessage.ChangesTaken taken -> shardOf(taken.source());
            case IndexMessage.ChangesNotTaken notTaken -> shardOf(notTaken.source());
            default -> Math.floorMod(envelope.to().instance(), shards.size());
        };
    }

    /**
     * Another node connects, which must not have forgotten what it voted for. May wait for a disk.
     */
    boolean admit(NodeId peer, RunHistory runs) {
        try {
            return files.peerRuns().admit(Map.of(new UUID(peer.high(), peer.low()), runs));
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    /** This node has forgotten what it voted for: it stops, and does not start again. */
    void forgetful(String reason) {
        try {
            files.markForgetful(reason);
        } catch (IOException e) {
            LOG.error("{}: {}", plan.name(), e.toString());
        }
        fail(new IllegalStateException(reason));
    }

    // ---- ShardRunner.Node

    @Override
    public void send(Envelope envelope) {
        if (!ended.get()) {
            transport.send(envelope);
        }
    }

    @Override
    public WalLoop wal() {
        return wal;
    }

    @Override
    public StoreLoop storeLoop() {
        return storeLoop;
    }

    @Override
    public PartitionStore store() {
        return store;
    }

    @Override
    public ExecutorService readers() {
        return readers;
    }

    @Override
    public void systemLeadership(boolean leads, long ballotRound) {
        control.systemLeadership(leads, ballotRound);
    }

    @Override
    public void fail(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            LOG.error("node {} stops: {}", plan.name(), cause, cause);
            onFailure.accept(cause);
            Thread.ofPlatform().name(plan.name() + "-stop").start(this::stopParts);
        }
    }

    /** Gives up the offices it holds, then stops. Returns when its files are closed. */
    @Override
    public void close() {
        CountDownLatch resigned = new CountDownLatch(shards.size());
        shards.forEach(shard -> shard.resignAll(resigned::countDown));
        if (!ended.get() && !isDone(resigned, STOP_MILLIS_MAX)) {
            LOG.warn("node {} stops without having given up its offices", plan.name());
        }
        if (ended.compareAndSet(false, true)) {
            stopParts();
        } else if (!isDone(partsStopped, FAILED_STOP_MILLIS_MAX)) {
            LOG.warn("node {} has failed and not stopped in time", plan.name());
        }
    }

    private static boolean isTerminated(ExecutorService executor) {
        try {
            return executor.awaitTermination(STOP_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isDone(CountDownLatch latch, long millisMax) {
        try {
            return latch.await(millisMax, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stopParts() {
        try {
            closeParts();
        } finally {
            partsStopped.countDown();
        }
    }

    private void closeParts() {
        shards.forEach(ShardRunner::close);
        control.close();
        readers.shutdown();
        if (isTerminated(readers)) {
            shards.forEach(ShardRunner::closeViews);
        } else {
            LOG.warn("node {} still reads its store", plan.name());
        }
        wal.close();
        storeLoop.close();
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
