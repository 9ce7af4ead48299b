package dev.stator.simulator.fault;

import dev.stator.simulator.cluster.NodeConditions;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import dev.stator.storage.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What goes wrong with machines: crashes, pauses, clocks, disks. */
final class Machines {
    private static final long MILLIS = 1_000_000;
    private static final double PPM = 1e6;

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SplittableRandom random;
    private final Set<SimulatedNode> restarting = new HashSet<>();

    /** The one whose disk is damaged, so that a quorum stays whole whatever becomes of it. */
    private final SimulatedNode victim;

    Machines(SimulatedCluster cluster, SplittableRandom random) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.random = random;
        this.victim = anyNode();
    }

    private SimulatedNode anyNode() {
        return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    }

    /** Everything runs as usual. */
    void mend(NodeConditions usual, boolean clocksToo) {
        for (SimulatedNode node : cluster.nodes()) {
            node.setConditions(usual);
            node.disarm();
            if (clocksToo) {
                node.clock().setRate(1);
            }
            node.start();
        }
    }

    // ---- Crashes

    void crash() {
        int dice = random.nextInt(10);
        int count = dice < 6 ? 1 : dice < 8 ? 2 : cluster.nodes().size();
        SimulatedNode.Crash kind =
                random.nextInt(3) == 0 ? SimulatedNode.Crash.PROCESS : SimulatedNode.Crash.POWER;
        List<SimulatedNode> others = new ArrayList<>(cluster.nodes());
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            SimulatedNode struck = others.remove(random.nextInt(others.size()));
            names.append(names.isEmpty() ? "" : ", ").append(struck.name());
            struck.crash(kind);
            restartLater(struck);
        }
        simulation.happened(
                count == 1
                        ? RareEvent.CRASH_OF_ONE
                        : count == 2 ? RareEvent.CRASH_OF_TWO : RareEvent.CRASH_OF_ALL);
        simulation.note(
                "crash of " + names + (kind == SimulatedNode.Crash.POWER ? " (power)" : ""));
    }

    /** One node loses power or is killed, and is started again before so many milliseconds. */
    void kill(SimulatedNode node, long millisMax) {
        if (!node.isUp() || !restarting.add(node)) {
            return;
        }
        simulation.note(node.name() + " is killed");
        node.crash(random.nextBoolean() ? SimulatedNode.Crash.PROCESS : SimulatedNode.Crash.POWER);
        startAfter(node, random.nextLong(millisMax));
    }

    /** A node that stopped because of its disk is started again, too. */
    void restartThoseDown() {
        for (SimulatedNode node : cluster.nodes()) {
            if (!node.isUp()) {
                restartLater(node);
            }
        }
    }

    private void restartLater(SimulatedNode node) {
        if (node.lost() || !restarting.add(node)) {
            return;
        }
        long delay =
                switch (random.nextInt(6)) {
                    case 0, 1 -> random.nextLong(100);
                    case 2, 3, 4 -> random.nextLong(5_000);
                    default -> random.nextLong(15_000);
                };
        startAfter(node, delay);
    }

    private void startAfter(SimulatedNode node, long millis) {
        simulation.after(
                (1 + millis) * MILLIS,
                () -> {
                    restarting.remove(node);
                    if (!node.isUp() && !node.lost()) {
                        simulation.note("start of " + node.name());
                        node.start();
                    }
                });
    }

    // ---- Disks

    /**
     * A disk that fails at one of its next writes or syncs; the node stops, and is started again.
     */
    void failDisk() {
        SimulatedNode node = anyNode();
        if (!node.isUp()) {
            return;
        }
        SimulatedDisk.Fault[] faults = SimulatedDisk.Fault.values();
        SimulatedDisk.Fault fault = faults[random.nextInt(faults.length)];
        simulation.note("the disk of " + node.name() + " will fail at a " + fault);
        // Directories are synced for a new segment only.
        boolean seldom = fault == SimulatedDisk.Fault.DIRECTORY_SYNC;
        node.arm(fault, seldom ? 0 : random.nextInt(20));
    }

    void damage() {
        victim.copyDisk();
        switch (random.nextInt(7)) {
            case 0, 1 -> damageLog();
            case 2, 3 -> damageStore();
            case 4 -> {
                simulation.note("the directory of " + victim.name() + " is emptied");
                victim.crash(SimulatedNode.Crash.POWER);
                victim.wipe();
                restartLater(victim);
            }
            default -> putCopyBack();
        }
    }

    /** Often the node is started anew right after it, so that the log is read. */
    private void damageLog() {
        if (!victim.flipBitOfLog()) {
            damageStore();
            return;
        }
        simulation.note("a bit of the log of " + victim.name() + " flips");
        if (random.nextBoolean()) {
            kill(victim, 1_000);
        }
    }

    private void damageStore() {
        simulation.note("a bit of the store of " + victim.name() + " flips");
        victim.flipBitOfStore();
    }

    /** Or, while nobody could tell, a restart that its peers hear of. */
    private void putCopyBack() {
        boolean possible = victim.mayPutCopyBack();
        if (possible) {
            simulation.note("the disk of " + victim.name() + " is put back to an older copy");
            victim.crash(SimulatedNode.Crash.POWER);
            victim.putCopyBack();
            restartLater(victim);
        } else {
            kill(victim, 200);
        }
    }

    void slow(NodeConditions usual) {
        SimulatedNode node = anyNode();
        Latency slow = Latency.micros(5_000, 20_000 + random.nextLong(400_000));
        int part = random.nextInt(3);
        NodeConditions conditions =
                switch (part) {
                    case 0 -> usual.withSync(slow);
                    case 1 -> usual.withApply(slow);
                    default -> usual.withRead(slow);
                };
        RareEvent[] events = {RareEvent.SYNC_SLOW, RareEvent.APPLY_SLOW, RareEvent.READ_SLOW};
        simulation.happened(events[part]);
        String[] parts = {"sync", "apply", "read"};
        simulation.note(
                "node %s is slow: up to %d ms to %s"
                        .formatted(node.name(), slow.maxNanos() / MILLIS, parts[part]));
        node.setConditions(conditions);
        simulation.after((200 + random.nextLong(5_000)) * MILLIS, () -> node.setConditions(usual));
    }

    // ---- Time

    void pause() {
        SimulatedNode node = anyNode();
        long millis = 20 + random.nextLong(random.nextInt(3) == 0 ? 3_000 : 600);
        simulation.note("node " + node.name() + " stands still for " + millis + " ms");
        boolean beyond = millis * MILLIS > cluster.setup().timing().leaseNanos();
        simulation.happened(beyond ? RareEvent.PAUSED_BEYOND_LEASE : RareEvent.PAUSED);
        node.pause(millis * MILLIS);
    }

    void changeClock() {
        SimulatedNode node = anyNode();
        changeRateWithinBound(node);
        if (random.nextInt(3) == 0) {
            long skew = random.nextLong(-5_000, 5_000);
            simulation.note("the wall clock of " + node.name() + " is off by " + skew + " ms");
            simulation.happened(RareEvent.WALL_CLOCK_JUMPED);
            node.setWallSkewMillis(skew);
        }
    }

    void changeRateWithinBound(SimulatedNode node) {
        double extreme = random.nextInt(3) - 1;
        double drift = random.nextBoolean() ? extreme : random.nextDouble() * 2 - 1;
        if (Math.abs(drift) == 1) {
            simulation.happened(RareEvent.CLOCK_AT_THE_BOUND);
        }
        node.clock().setRate(1 + drift * cluster.setup().timing().driftPpm() / PPM);
    }

    /**
     * A clock that no lease tolerates: it runs at a fifth to five times its rate, or jumps ahead.
     */
    void drift() {
        SimulatedNode node = anyNode();
        if (random.nextInt(3) == 0) {
            long millis = 1 + random.nextLong(5_000);
            simulation.note("the clock of " + node.name() + " jumps by " + millis + " ms");
            simulation.happened(RareEvent.CLOCK_JUMPED);
            node.clock().jump(millis * MILLIS);
            return;
        }
        double rate = Math.pow(5, random.nextDouble() * 2 - 1);
        simulation.note("the clock of %s runs at %.2f".formatted(node.name(), rate));
        simulation.happened(RareEvent.CLOCK_BEYOND_THE_BOUND);
        node.clock().setRate(rate);
    }
}
