package dev.stator.simulator.fault;

import dev.stator.simulator.cluster.NetworkConditions;
import dev.stator.simulator.cluster.NodeConditions;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.Simulation;
import dev.stator.storage.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes things go wrong, one after the other and several at a time: which, where and how badly
 * follows from the seed, and so does how often each kind comes.
 */
public final class Nemesis {
    private static final long MILLIS = 1_000_000;
    private static final int WEIGHT_MAX = 4;

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SplittableRandom random;
    private final double driftMax;

    /** The kinds that come, each as often as it stands here. */
    private final List<Fault> lots = new ArrayList<>();

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final long everyNanosMax;
    private final Set<SimulatedNode> restarting = new HashSet<>();
    private boolean active;

    /** Rises when the network's state is changed, so that an earlier change is not undone twice. */
    private long networkChange;

    /**
     * @param kinds that may come; how often is drawn for each, and it may be never
     */
    public Nemesis(SimulatedCluster cluster, List<Fault> kinds) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.random = simulation.split();
        this.driftMax = cluster.setup().timing().driftPpm() / 1e6;
        this.everyNanosMax = (400 + random.nextLong(3_000)) * MILLIS;
        for (Fault kind : kinds) {
            int weight = random.nextInt(WEIGHT_MAX);
            for (int i = 0; i < weight; i++) {
                lots.add(kind);
            }
        }
        if (lots.isEmpty()) {
            lots.addAll(kinds);
        }
    }

    public void start() {
        if (lots.isEmpty()) {
            return;
        }
        active = true;
        if (lots.contains(Fault.CLOCK)) {
            cluster.nodes().forEach(this::changeRate);
        }
        planNext();
    }

    /** Undoes everything: from now on all machines run, and all reach each other. */
    public void stop() {
        active = false;
        networkChange++;
        cluster.network().heal();
        cluster.network().setConditions(NetworkConditions.CALM);
        for (SimulatedNode node : cluster.nodes()) {
            node.setConditions(NodeConditions.CALM);
            node.disarm();
            node.start();
        }
    }

    public Map<Fault, Long> counts() {
        return counts;
    }

    private void planNext() {
        simulation.after(
                random.nextLong(everyNanosMax),
                () -> {
                    if (active) {
                        restartThoseDown();
                        strike(lots.get(random.nextInt(lots.size())));
                        planNext();
                    }
                });
    }

    private void strike(Fault kind) {
        counts.merge(kind, 1L, Long::sum);
        switch (kind) {
            case CRASH -> crash();
            case PARTITION -> partition();
            case STORM -> storm();
            case PAUSE -> pause();
            case CLOCK -> clock();
            case SLOW -> slow();
            case DISK -> disk();
        }
    }

    private SimulatedNode anyNode() {
        return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    }

    // ---- Crashes

    private void crash() {
        int dice = random.nextInt(10);
        int count = dice < 6 ? 1 : dice < 8 ? 2 : cluster.nodes().size();
        SimulatedNode.Crash kind =
                random.nextInt(3) == 0 ? SimulatedNode.Crash.PROCESS : SimulatedNode.Crash.POWER;
        List<SimulatedNode> others = new ArrayList<>(cluster.nodes());
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            SimulatedNode victim = others.remove(random.nextInt(others.size()));
            names.append(names.isEmpty() ? "" : ", ").append(victim.name());
            victim.crash(kind);
            restartLater(victim);
        }
        simulation.note(
                "crash of " + names + (kind == SimulatedNode.Crash.POWER ? " (power)" : ""));
    }

    /** A node that stopped because of its disk is started again, too. */
    private void restartThoseDown() {
        for (SimulatedNode node : cluster.nodes()) {
            if (!node.isUp()) {
                restartLater(node);
            }
        }
    }

    private void restartLater(SimulatedNode node) {
        if (!restarting.add(node)) {
            return;
        }
        long delay = random.nextInt(3) == 0 ? random.nextLong(100) : random.nextLong(5_000);
        simulation.after(
                (1 + delay) * MILLIS,
                () -> {
                    restarting.remove(node);
                    if (!node.isUp()) {
                        simulation.note("start of " + node.name());
                        node.start();
                    }
                });
    }

    /**
     * A disk that fails at one of its next writes or syncs; the node stops and is started again.
     */
    private void disk() {
        SimulatedNode node = anyNode();
        if (!node.isUp()) {
            return;
        }
        SimulatedDisk.Fault fault =
                random.nextBoolean() ? SimulatedDisk.Fault.SYNC : SimulatedDisk.Fault.WRITE;
        simulation.note("the disk of " + node.name() + " will fail at a " + fault);
        node.arm(fault, random.nextInt(20));
    }

    // ---- The network

    private void partition() {
        SimulatedNode node = anyNode();
        int shape = random.nextInt(4);
        for (SimulatedNode other : cluster.nodes()) {
            if (other == node) {
                continue;
            }
            if (shape != 0) {
                cluster.network().cut(node.id(), other.id());
            }
            if (shape != 1) {
                cluster.network().cut(other.id(), node.id());
            }
            if (shape == 3) {
                break; // One other machine only.
            }
        }
        String[] shapes = {
            "hears nobody", "is heard by nobody", "is cut off", "is cut off from one"
        };
        simulation.note(node.name() + " " + shapes[shape]);
        calmNetworkLater(100 + random.nextLong(5_000));
    }

    private void calmNetworkLater(long millis) {
        long change = ++networkChange;
        simulation.after(
                millis * MILLIS,
                () -> {
                    if (active && change == networkChange) {
                        simulation.note("the network is well");
                        cluster.network().heal();
                        cluster.network().setConditions(NetworkConditions.CALM);
                    }
                });
    }

    private void storm() {
        double loss = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4;
        double repeats = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.3;
        long slowest = 1_000 + random.nextLong(random.nextInt(3) == 0 ? 400_000 : 20_000);
        double tail = random.nextInt(2) == 0 ? 0 : 0.02;
        NetworkConditions storm =
                new NetworkConditions(
                        Latency.micros(100, slowest).withTail(tail, 2_000_000), loss, repeats);
        simulation.note(
                "storm: %.0f %% lost, %.0f %% repeated, up to %d ms late%s"
                        .formatted(
                                loss * 100,
                                repeats * 100,
                                slowest / 1_000,
                                tail > 0 ? ", some two seconds" : ""));
        cluster.network().setConditions(storm);
        calmNetworkLater(300 + random.nextLong(5_000));
    }

    // ---- Machines

    private void pause() {
        SimulatedNode node = anyNode();
        long millis = 20 + random.nextLong(random.nextInt(3) == 0 ? 3_000 : 600);
        simulation.note("node " + node.name() + " stands still for " + millis + " ms");
        node.pause(millis * MILLIS);
    }

    private void clock() {
        SimulatedNode node = anyNode();
        changeRate(node);
        if (random.nextInt(3) == 0) {
            long skew = random.nextLong(-5_000, 5_000);
            simulation.note("the wall clock of " + node.name() + " is off by " + skew + " ms");
            node.setWallSkewMillis(skew);
        }
    }

    private void changeRate(SimulatedNode node) {
        double extreme = random.nextInt(3) - 1;
        double drift = random.nextBoolean() ? extreme : random.nextDouble() * 2 - 1;
        node.clock().setRate(1 + drift * driftMax);
    }

    private void slow() {
        SimulatedNode node = anyNode();
        NodeConditions calm = NodeConditions.CALM;
        Latency slow = Latency.micros(5_000, 20_000 + random.nextLong(400_000));
        int part = random.nextInt(3);
        NodeConditions conditions =
                switch (part) {
                    case 0 ->
                            new NodeConditions(slow, calm.apply(), calm.read(), calm.flushEvery());
                    case 1 -> new NodeConditions(calm.sync(), slow, calm.read(), calm.flushEvery());
                    default ->
                            new NodeConditions(calm.sync(), calm.apply(), slow, calm.flushEvery());
                };
        String[] parts = {"sync", "apply", "read"};
        simulation.note(
                "node %s is slow: up to %d ms to %s"
                        .formatted(node.name(), slow.maxNanos() / MILLIS, parts[part]));
        node.setConditions(conditions);
        simulation.after((200 + random.nextLong(5_000)) * MILLIS, () -> node.setConditions(calm));
    }
}
