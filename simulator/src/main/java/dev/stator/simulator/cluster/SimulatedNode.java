package dev.stator.simulator.cluster;

import dev.stator.core.format.StoreKey;
import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.node.StorageShard;
import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.model.table.TableDescriptor;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import dev.stator.replication.Timing;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.NodeClock;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.plant.PlantedBug;
import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.identity.RunHistory;
import dev.stator.storage.store.AppliedPosition;
import dev.stator.storage.store.MemoryPartitionStore;
import dev.stator.storage.wal.CorruptWalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One machine: its disk, store and clock outlast the node's process, which crashes and is started
 * again.
 */
public final class SimulatedNode {
    /** How a process ends. */
    public enum Crash {
        /** What the page cache held may be lost, in part and torn. */
        POWER,
        /** Only what was in the process is lost. */
        PROCESS
    }

    private static final Latency START = Latency.micros(1_000, 60_000);
    private static final long WALL_START_MILLIS = 1_700_000_000_000L;

    /** Of a stored item; no item is shorter. */
    private static final int BITS_FLIPPED_AMONG = 160;

    private static final long LAST_TABLE = Long.MAX_VALUE;
    private static final KeyRange WHOLE_STORE =
            new KeyRange(
                    new byte[0],
                    StoreKey.toExclusive(LAST_TABLE, dev.stator.model.key.KeyRange.ALL));

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SimulatedCluster cluster;
    private final ClusterNode place;
    private final UUID uuid;
    private final SplittableRandom random;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final NodeClock clock;
    private MemoryPartitionStore store = new MemoryPartitionStore();
    private NodeConditions conditions;
    private long wallSkewMillis;
    private long downSinceNanos;
    private @Nullable NodeProcess process;
    private long starts;
    private long startedAtNanos;
    private SimulatedDisk.Fault armed = SimulatedDisk.Fault.WRITE;
    private @Nullable RunHistory runs;
    private @Nullable Copy copy;

    /** The latest runs of others that this one has heard of; it keeps them on its disk. */
    private final Map<NodeId, Long> heardOf = new TreeMap<>();

    private boolean damaged;
    private boolean lost;

    /** What the disk durably held at one moment. */
    private record Copy(SimulatedDisk.Image image, MemoryPartitionStore store, long incarnation) {}

    SimulatedNode(SimulatedCluster cluster, ClusterNode place, UUID uuid) {
        this.cluster = cluster;
        this.place = place;
        this.uuid = uuid;
        this.random = cluster.simulation().split();
        this.conditions = cluster.setup().usual().machines();
        this.clock = new NodeClock(cluster.simulation(), random.nextLong() >> 8);
    }

    public NodeId id() {
        return place.node();
    }

    /** The name of its zone, which is its own as well. */
    public String name() {
        return place.zone();
    }

    public NodeClock clock() {
        return clock;
    }

    public SimulatedCluster cluster() {
        return cluster;
    }

    Simulation simulation() {
        return cluster.simulation();
    }

    PlantedBug bug() {
        return cluster.setup().bug();
    }

    Timing timing() {
        boolean first = id().equals(cluster.nodeIds().getFirst());
        return bug().timing(cluster.setup().timing(), first);
    }

    NodeConditions conditions() {
        return conditions;
    }

    public void setConditions(NodeConditions changed) {
        conditions = changed;
    }

    public void setWallSkewMillis(long skew) {
        wallSkewMillis = skew;
    }

    long wallClockMillis() {
        return WALL_START_MILLIS + simulation().nowNanos() / NANOS_PER_MILLI + wallSkewMillis;
    }

    /** Whether no process has run here for so long. */
    boolean isDownFor(long nanos) {
        return process == null && simulation().nowNanos() - downSinceNanos >= nanos;
    }

    public boolean isUp() {
        return process != null;
    }

    /** Whether clients can be served: up, started, and not paused. */
    public boolean isRunning() {
        return process != null && process.runs();
    }

    public long starts() {
        return starts;
    }

    /** The store as it is now, to compare. */
    public MemoryPartitionStore store() {
        return store;
    }

    /** Whether the store has given up a replica's content, for a snapshot that is not whole yet. */
    public boolean isVoid(GroupId group) {
        AppliedPosition position = store.appliedPositions().get(group.value());
        return position != null && position.lsn() == 0;
    }

    /** What the node's replicas are doing; nothing where it is down. */
    public List<StorageShard.ReplicaStatus> replicas() {
        return process == null || !process.started() ? List.of() : process.status();
    }

    /** A table as this node's MemDS knows it. */
    Optional<TableDescriptor> findTable(String name) {
        return process == null
                ? Optional.empty()
                : process.memDs().find(RouterProcess.ACCOUNT, name).map(TableEntry::table);
    }

    /** How long its process runs already. */
    long upNanos() {
        return simulation().nowNanos() - startedAtNanos;
    }

    /**
     * Whether its disk is or was damaged, so that it may refuse to start, and replicas may stop.
     */
    public boolean damaged() {
        return damaged;
    }

    /** Whether it will never start again: the rest of the cluster goes on without it. */
    public boolean lost() {
        return lost;
    }

    /** Makes a fault of the disk come. */
    public void arm(SimulatedDisk.Fault fault, int passing) {
        armed = fault;
        disk.armAfter(fault, passing);
    }

    /** No fault of the disk comes any more. */
    public void disarm() {
        disk.disarm();
    }

    /** Starts the process; it takes part after a while. */
    public void start() {
        if (process != null || lost) {
            return;
        }
        starts++;
        try {
            NodeProcess opened = new NodeProcess(this, openFiles(), store);
            process = opened;
            runs = opened.history();
            startedAtNanos = simulation().nowNanos();
            opened.after(START.draw(random), opened::start);
        } catch (WrongIdentityException e) {
            disk.killProcess();
            refuse(RareEvent.WIPED_NODE_REFUSED, e);
        } catch (CorruptWalException | DamagedFileException e) {
            disk.killProcess();
            refuse(RareEvent.LOG_REFUSED, e);
        } catch (IOException | RuntimeException e) {
            disk.killProcess();
            cluster.observer().cannotStart(this, e);
        }
    }

    private NodeFiles openFiles() throws IOException {
        boolean takesOldName = starts == 1 || bug() == PlantedBug.WIPED_DISK_VOTES;
        UUID fresh = new UUID(random.nextLong(), random.nextLong());
        return new NodeFiles(disk, uuid, takesOldName ? uuid : fresh, random.nextLong());
    }

    private void refuse(RareEvent event, IOException cause) {
        if (!damaged) {
            cluster.observer().cannotStart(this, cause);
            return;
        }
        lost = true;
        simulation().happened(event);
        simulation().note("node " + name() + " is lost: " + cause.getMessage());
    }

    public void crash(Crash kind) {
        NodeProcess ended = process;
        if (ended == null) {
            return;
        }
        process = null;
        downSinceNanos = simulation().nowNanos();
        ended.end();
        switch (kind) {
            case POWER -> {
                simulation().happened(RareEvent.POWER_LOST);
                disk.crash(random);
            }
            case PROCESS -> {
                simulation().happened(RareEvent.PROCESS_KILLED);
                disk.killProcess();
            }
        }
        int unflushed = store.unflushedWrites();
        int kept = random.nextInt(unflushed + 1);
        if (kept < unflushed) {
            simulation().happened(RareEvent.STORE_TAIL_LOST);
        }
        store = store.crash(kept);
        if (bug() == PlantedBug.WIPED_DISK_VOTES) {
            disk.wipe();
            store = new MemoryPartitionStore();
        }
        cluster.observer().crashed(this);
        cluster.connectionsLost(id());
    }

    // ---- Damage

    /** Empties the directory of a node that is down. */
    public void wipe() {
        if (process == null) {
            damaged = true;
            disk.wipe();
            store = new MemoryPartitionStore();
            simulation().happened(RareEvent.DIRECTORY_WIPED);
        }
    }

    /** Keeps a copy of what is durable on the disk now, to be put back later. */
    public void copyDisk() {
        RunHistory present = runs;
        if (copy == null && process != null && present != null) {
            copy = new Copy(disk.image(), store.copyOfDurable(), present.incarnation());
        }
    }

    /**
     * Whether a copy was made, and all others have heard of a later run than that: only then does
     * anything tell them that the disk is not what it was (ADR 10).
     */
    public boolean mayPutCopyBack() {
        Copy kept = copy;
        if (kept == null) {
            return false;
        }
        for (SimulatedNode other : cluster.nodes()) {
            if (other != this && other.heardOf.getOrDefault(id(), 0L) <= kept.incarnation()) {
                return false;
            }
        }
        return true;
    }

    /** Puts the copy back, on a node that is down. */
    public void putCopyBack() {
        Copy kept = copy;
        if (process == null && kept != null) {
            damaged = true;
            disk.restore(kept.image());
            store = kept.store().copyOfDurable();
            simulation().happened(RareEvent.DISK_RESTORED);
        }
    }

    void heardOf(NodeId peer, RunHistory theirs) {
        heardOf.merge(peer, theirs.incarnation(), Math::max);
    }

    /** Tells a peer that this node has heard of runs of it that it knows nothing of. */
    void refuses(NodeId peer, RunHistory theirs) {
        SimulatedNode refused = cluster.node(peer);
        Address storage = Address.storage(peer);
        cluster.network().notice(storage, id(), () -> refused.refusedBy(this, theirs));
    }

    /** Notes that it must not start again, and stops. */
    private void refusedBy(SimulatedNode peer, RunHistory refused) {
        if (process != null && refused.equals(runs)) {
            crash(Crash.PROCESS);
            refuse(
                    RareEvent.RESTORED_NODE_REFUSED,
                    new IOException(
                            peer.name() + " has heard of a run that is not in its history"));
        }
    }

    /** The run that it is in, or was in last; null before the first. */
    @Nullable RunHistory runs() {
        return runs;
    }

    /**
     * Flips a bit of a file of the log, where it holds what was synced long ago.
     *
     * @return false where the log is too short for that
     */
    public boolean flipBitOfLog() {
        try {
            boolean flipped = NodeFiles.flipBitOfLog(disk, random);
            if (flipped) {
                damaged = true;
                simulation().happened(RareEvent.LOG_BIT_FLIPPED);
            }
            return flipped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flips a bit of any item of the store. */
    public void flipBitOfStore() {
        List<byte[]> keys = new ArrayList<>();
        try {
            store.scan(
                    WHOLE_STORE,
                    (key, _) -> {
                        keys.add(key);
                        return true;
                    });
        } catch (IOException e) {
            return; // Damaged already.
        }
        if (!keys.isEmpty()) {
            damaged = true;
            byte[] key = keys.get(random.nextInt(keys.size()));
            store.flipBit(key, random.nextInt(BITS_FLIPPED_AMONG));
            simulation().happened(RareEvent.STORE_BIT_FLIPPED);
        }
    }

    /** The disk has failed: the node stops, as it should. */
    void ioFailed(NodeProcess failed, IOException cause) {
        if (failed == process) {
            simulation()
                    .happened(
                            switch (armed) {
                                case SYNC -> RareEvent.SYNC_FAILED;
                                case WRITE -> RareEvent.WRITE_FAILED;
                                case DIRECTORY_SYNC -> RareEvent.DIRECTORY_SYNC_FAILED;
                            });
        }
        stopped(failed, cause);
    }

    /** The process has stopped by itself. */
    void stopped(NodeProcess stopped, Throwable cause) {
        if (stopped == process) {
            simulation().note("node " + name() + " stops: " + cause);
            crash(Crash.PROCESS);
        }
    }

    /** Stops all threads of the process for a while. */
    public void pause(long nanos) {
        NodeProcess current = process;
        if (current == null || !current.runs()) {
            return;
        }
        current.pause();
        simulation()
                .after(
                        nanos,
                        () -> {
                            if (current == process) {
                                simulation().note("node " + name() + " goes on");
                                current.resume();
                            }
                        });
    }

    /**
     * Sends a client's request to the router of this node.
     *
     * @return false where nobody accepts the connection: nothing was done
     */
    public boolean request(ClientCall call, ApiRequest request) {
        if (process == null || !process.started()) {
            return false;
        }
        process.router().request(call, request);
        return true;
    }

    boolean deliver(Envelope envelope, RunHistory sender) {
        if (process == null) {
            return false;
        }
        process.deliver(envelope, sender);
        return true;
    }

    void undelivered(Envelope envelope) {
        if (process != null) {
            NodeProcess current = process;
            current.run(() -> current.router().undelivered(envelope));
        }
    }

    void disconnected(NodeId node) {
        if (process != null) {
            NodeProcess current = process;
            current.run(() -> current.router().disconnected(node));
        }
    }
}
