package dev.stator.simulator.cluster;

import dev.stator.core.metadata.MemDs;
import dev.stator.core.node.StorageShard;
import dev.stator.core.node.StorePosition;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.IndexMessage;
import dev.stator.core.wire.Message;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.plant.PlantedBug;
import dev.stator.storage.identity.RunHistory;
import dev.stator.storage.store.MemoryPartitionStore;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalVisitor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One run of a node, from its start to its crash: shards, WAL, store, MemDS, auto-admin and a
 * router, put together as the server does it. What it has planned is not done any more once it has
 * ended, and waits while it is paused.
 */
final class NodeProcess {
    /** What comes within this time goes into the same batch as what waited. */
    private static final long PLANTED_BATCH_NANOS = 20_000_000;

    private final SimulatedNode node;
    private final NodeFiles files;

    /** Runs of other nodes that this one has let in, each as by a connection of its own. */
    private final Set<RunHistory> admitted = new LinkedHashSet<>();

    private final MemoryPartitionStore store;
    private final List<ShardProcess> shards = new ArrayList<>();
    private final WalProcess wal;
    private final StoreProcess storeProcess;
    private final MemDs memDs;
    private final AdminProcess admin;
    private final RouterProcess router;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean alive = true;
    private boolean started;
    private boolean paused;
    private long pausedAtNanos;

    /** In the place of the clock, while a planted bug has it so. */
    private OptionalLong batchClockNanos = OptionalLong.empty();

    /** Opens what is on the disk and recovers from it; nothing is sent before {@link #start}. */
    NodeProcess(SimulatedNode node, NodeFiles files, MemoryPartitionStore store)
            throws IOException {
        this.node = node;
        this.files = files;
        this.store = store;
        for (int i = 0; i < node.cluster().setup().shards(); i++) {
            StorageShard.Setup setup =
                    new StorageShard.Setup(
                            node.id(),
                            node.cluster().nodeIds(),
                            i,
                            files.runs().incarnation(),
                            node.timing(),
                            node.cluster().setup().usual().limits(),
                            node.bug().readsTheStore() ? 0 : node.conditions().itemCacheBytes(),
                            StorageShard.COLLECTION_BYTES_MAX);
            shards.add(new ShardProcess(this, setup));
        }
        SharedWal opened = files.openWal(new Recovery());
        this.wal = new WalProcess(this, opened, shards.size(), new WalEvents());
        this.storeProcess = new StoreProcess(this, store, new StoreEvents());
        this.memDs = new MemDs(Address.memDs(node.id()), node.cluster().network()::send);
        this.admin = new AdminProcess(this);
        this.router = new RouterProcess(this);
    }

    private final class Recovery implements WalVisitor {
        @Override
        public void record(long groupId, boolean reset, byte[] payload) {
            GroupId group = new GroupId(groupId);
            shardOf(group).recover(group, payload);
        }

        @Override
        public void forgotten(long groupId) {
            throw new IllegalStateException("this version never forgets a group: " + groupId);
        }
    }

    private final class WalEvents implements WalProcess.Listener {
        @Override
        public void synced(int shard, long records) {
            shards.get(shard).onLogSynced(records);
        }

        @Override
        public void durable(int shard, long records) {
            shards.get(shard).onDurable(records);
        }

        @Override
        public void wantsCheckpoint(GroupId group) {
            shardOf(group).checkpoint(group);
        }
    }

    private final class StoreEvents implements StoreProcess.Listener {
        @Override
        public void applied(int shard, GroupId group, long lsn) {
            shards.get(shard).onApplied(group, lsn);
        }

        @Override
        public void flushed(Map<Long, Long> lsns) {
            shards.forEach(shard -> shard.onFlushed(lsns));
        }
    }

    /** Starts to take part in the cluster. */
    void start() {
        started = true;
        Map<Long, StorePosition> positions = new TreeMap<>();
        store.appliedPositions()
                .forEach((group, position) -> {
                    positions.put(group, new StorePosition(position.lsn(), position.state()));
                    if (position.lsn() == 0) {
                        node.simulation().happened(RareEvent.SNAPSHOT_INTERRUPTED);
                    }
                });
        for (ShardProcess shard : shards) {
            shard.start(positions, shard == shardOf(GroupId.SYSTEM));
        }
        admin.start();
        router.start();
    }

    boolean started() {
        return started;
    }

    SimulatedNode node() {
        return node;
    }

    MemoryPartitionStore store() {
        return store;
    }

    WalProcess wal() {
        return wal;
    }

    StoreProcess storeProcess() {
        return storeProcess;
    }

    RouterProcess router() {
        return router;
    }

    AdminProcess admin() {
        return admin;
    }

    MemDs memDs() {
        return memDs;
    }

    List<StorageShard.ReplicaStatus> status() {
        List<StorageShard.ReplicaStatus> all = new ArrayList<>();
        shards.forEach(shard -> all.addAll(shard.status()));
        return all;
    }

    private ShardProcess shardOf(GroupId group) {
        return shards.get((int) Long.remainderUnsigned(group.value(), shards.size()));
    }

    // ---- Messages

    /** The runs of the node, this one included. */
    RunHistory history() {
        return files.runs();
    }

    /**
     * Whether messages of that run are taken. The latest run of each peer is noted, durably, before
     * any is; one that knows nothing of it is refused.
     */
    private boolean admits(NodeId peer, RunHistory runs) {
        if (peer.equals(node.id()) || admitted.contains(runs)) {
            return true;
        }
        try {
            UUID uuid = new UUID(peer.high(), peer.low());
            boolean known = files.peerRuns().admit(Map.of(uuid, runs)) || node.bug().admitsAnyRun();
            if (known) {
                admitted.add(runs);
                node.heardOf(peer, runs);
            } else {
                node.refuses(peer, runs);
            }
            return known;
        } catch (IOException e) {
            ioFailed(e);
            return false;
        }
    }

    void deliver(Envelope envelope, RunHistory sender) {
        run(() -> {
            if (!admits(envelope.from().node(), sender)) {
                return;
            }
            // A shard knows itself what to do with what comes before its start.
            if (started || envelope.to().role() == Address.Role.STORAGE) {
                dispatch(envelope);
            }
        });
    }

    private void dispatch(Envelope envelope) {
        switch (envelope.to().role()) {
            case STORAGE -> shardFor(envelope).deliver(envelope);
            case MEMDS -> memDs.receive(envelope);
            case ROUTER -> router.receive(envelope);
            case ADMIN -> admin.receive(envelope);
        }
    }

    private ShardProcess shardFor(Envelope envelope) {
        return switch (envelope.message()) {
            case Message.Replication(GroupId group, var _) -> shardOf(group);
            case Message.PartitionCall call -> shardOf(call.group());
            case Message.HostReplica host -> shardOf(host.descriptor().group());
            case Message.DropReplica drop -> shardOf(drop.group());
            case Message.SnapshotChunk chunk -> shardOf(chunk.group());
            case Message.SnapshotTaken taken -> shardOf(taken.group());
            case IndexMessage.DefineIndexes define -> shardOf(define.group());
            case IndexMessage.TakeChanges take -> shardOf(take.group());
            case IndexMessage.ChangesTaken taken -> shardOf(taken.source());
            case IndexMessage.ChangesNotTaken notTaken -> shardOf(notTaken.source());
            default -> shards.get(Math.floorMod(envelope.to().instance(), shards.size()));
        };
    }

    // ---- Time, pauses, the end

    /** The machine's clock, as this process reads it. */
    long clockNanos() {
        return batchClockNanos.orElseGet(node.clock()::nanos);
    }

    void after(long realNanos, Runnable action) {
        node.simulation().after(realNanos, () -> run(action));
    }

    /** Runs the action now, or once this process goes on; not at all if it has ended. */
    void run(Runnable action) {
        if (!alive) {
            return;
        }
        if (paused) {
            waiting.add(action);
            return;
        }
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** All threads stand still, as under a long garbage collection or in a stopped machine. */
    void pause() {
        paused = true;
        pausedAtNanos = node.clock().nanos();
    }

    void resume() {
        paused = false;
        if (node.bug() == PlantedBug.READ_CLOCK_ONCE_PER_BATCH) {
            batchClockNanos = OptionalLong.of(pausedAtNanos);
            node.simulation()
                    .after(PLANTED_BATCH_NANOS, () -> batchClockNanos = OptionalLong.empty());
        }
        while (alive && !paused && !waiting.isEmpty()) {
            run(waiting.remove());
        }
    }

    /** The disk has failed: that node stops, as it should. */
    void ioFailed(IOException cause) {
        node.ioFailed(this, cause);
    }

    private void fail(Throwable cause) {
        node.cluster().observer().failed(node, cause);
        node.stopped(this, cause);
    }

    void end() {
        alive = false;
        waiting.clear();
        router.end();
    }

    boolean runs() {
        return alive && !paused && started;
    }
}
