package dev.stator.simulator.cluster;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.node.StorageShard;
import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.model.table.TableDescriptor;
import dev.stator.replication.NodeId;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.NodeClock;
import dev.stator.simulator.engine.Simulation;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.store.MemoryPartitionStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SimulatedCluster cluster;
    private final ClusterNode place;
    private final UUID uuid;
    private final SplittableRandom random;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final NodeClock clock;
    private MemoryPartitionStore store = new MemoryPartitionStore();
    private NodeConditions conditions = NodeConditions.CALM;
    private long wallSkewMillis;
    private @Nullable NodeProcess process;
    private long starts;

    SimulatedNode(SimulatedCluster cluster, ClusterNode place, UUID uuid) {
        this.cluster = cluster;
        this.place = place;
        this.uuid = uuid;
        this.random = cluster.simulation().split();
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

    /** Makes a fault of the disk come. */
    public void arm(SimulatedDisk.Fault fault, int passing) {
        disk.armAfter(fault, passing);
    }

    /** No fault of the disk comes any more. */
    public void disarm() {
        disk.disarm();
    }

    /** Starts the process; it takes part after a while. */
    public void start() {
        if (process != null) {
            return;
        }
        starts++;
        try {
            NodeProcess opened = new NodeProcess(this, new NodeFiles(disk, uuid), store);
            process = opened;
            opened.after(START.draw(random), opened::start);
        } catch (IOException | RuntimeException e) {
            disk.killProcess();
            cluster.observer().cannotStart(this, e);
        }
    }

    public void crash(Crash kind) {
        NodeProcess ended = process;
        if (ended == null) {
            return;
        }
        process = null;
        ended.end();
        switch (kind) {
            case POWER -> disk.crash(random);
            case PROCESS -> disk.killProcess();
        }
        store = store.crash(random.nextInt(store.unflushedWrites() + 1));
        if (bug() == PlantedBug.WIPED_DISK_VOTES) {
            disk.wipe();
            store = new MemoryPartitionStore();
        }
        cluster.observer().crashed(this);
        cluster.connectionsLost(id());
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

    boolean deliver(Envelope envelope) {
        if (process == null) {
            return false;
        }
        process.deliver(envelope);
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
