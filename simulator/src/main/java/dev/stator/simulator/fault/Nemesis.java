package dev.stator.simulator.fault;

import dev.stator.simulator.cluster.NetworkConditions;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes things go wrong, one after the other and several at a time: which, where and how badly
 * follows from the seed and the {@link Swarm} drawn from it.
 */
public final class Nemesis {
    private static final long MILLIS = 1_000_000;

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SplittableRandom random;
    private final Swarm swarm;
    private final Machines machines;
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private long strikesLeft;
    private boolean active;

    /** Rises when the network's state is changed, so that an earlier change is not undone twice. */
    private long networkChange;

    /**
     * @param strikesMax faults at most; the history goes on without more
     */
    public Nemesis(SimulatedCluster cluster, Swarm swarm, long strikesMax) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.random = simulation.split();
        this.swarm = swarm;
        this.strikesLeft = strikesMax;
        this.machines = new Machines(cluster, simulation.split());
    }

    public void start() {
        if (swarm.lots().isEmpty()) {
            return;
        }
        active = true;
        if (swarm.brings(Fault.CLOCK)) {
            cluster.nodes().forEach(machines::changeRateWithinBound);
        }
        planNext();
    }

    /**
     * Undoes everything: from now on all machines run that are not lost for good, and all reach
     * each other.
     */
    public void stop() {
        active = false;
        networkChange++;
        cluster.network().heal();
        machines.mend(swarm.usual().machines(), swarm.brings(Fault.DRIFT));
    }

    public Map<Fault, Long> counts() {
        return counts;
    }

    /** How many faults there were. */
    public long strikes() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void planNext() {
        simulation.after(
                random.nextLong(swarm.everyNanosMax()),
                () -> {
                    if (active && strikesLeft > 0) {
                        strikesLeft--;
                        machines.restartThoseDown();
                        strike(swarm.lots().get(random.nextInt(swarm.lots().size())));
                        planNext();
                    }
                });
    }

    private void strike(Fault kind) {
        counts.merge(kind, 1L, Long::sum);
        switch (kind) {
            case CRASH -> machines.crash();
            case PARTITION -> partition();
            case STORM -> storm();
            case CORRUPT -> corrupt();
            case PAUSE -> machines.pause();
            case CLOCK -> machines.changeClock();
            case SLOW -> machines.slow(swarm.usual().machines());
            case DISK -> machines.failDisk();
            case DAMAGE -> machines.damage();
            case DRIFT -> machines.drift();
        }
    }

    private SimulatedNode anyNode() {
        return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    }

    // ---- The network

    /** The ways in which one machine is cut. */
    private enum Shape {
        HEARS_NOBODY("hears nobody", RareEvent.CUT_HEARS_NOBODY),
        HEARD_BY_NOBODY("is heard by nobody", RareEvent.CUT_HEARD_BY_NOBODY),
        OFF("is cut off", RareEvent.CUT_OFF),
        FROM_ONE("is cut off from one", RareEvent.CUT_FROM_ONE);

        private final String text;
        private final RareEvent event;

        Shape(String text, RareEvent event) {
            this.text = text;
            this.event = event;
        }
    }

    private void partition() {
        if (random.nextInt(4) == 0) {
            rollingPartition();
            return;
        }
        SimulatedNode node = anyNode();
        Shape shape = Shape.values()[random.nextInt(Shape.values().length)];
        for (SimulatedNode other : cluster.nodes()) {
            if (other == node) {
                continue;
            }
            if (shape != Shape.HEARS_NOBODY) {
                cluster.network().cut(node.id(), other.id());
            }
            if (shape != Shape.HEARD_BY_NOBODY) {
                cluster.network().cut(other.id(), node.id());
            }
            if (shape == Shape.FROM_ONE) {
                break;
            }
        }
        simulation.happened(shape.event);
        simulation.note(node.name() + " " + shape.text);
        calmNetworkLater(100 + random.nextLong(random.nextInt(5) == 0 ? 15_000 : 5_000));
    }

    /**
     * Cuts off one machine after the other, each for about as long as it takes the others to elect
     * a leader: so that leaders lose their offices with entries which nobody else has, and their
     * successors soon after them.
     */
    private void rollingPartition() {
        long change = ++networkChange;
        long millis = 900 + random.nextLong(1_600);
        int turns = 2 + random.nextInt(4);
        int first = random.nextInt(cluster.nodes().size());
        simulation.happened(RareEvent.CUT_ROLLING);
        simulation.note("one after the other is cut off, for " + millis + " ms each");
        for (int turn = 0; turn < turns; turn++) {
            SimulatedNode node = cluster.nodes().get((first + turn) % cluster.nodes().size());
            simulation.after(
                    turn * millis * MILLIS,
                    () -> {
                        if (active && change == networkChange) {
                            cluster.network().heal();
                            cutOff(node);
                        }
                    });
        }
        simulation.after(turns * millis * MILLIS, () -> calmNetwork(change));
    }

    private void cutOff(SimulatedNode node) {
        for (SimulatedNode other : cluster.nodes()) {
            if (other != node) {
                cluster.network().cut(node.id(), other.id());
                cluster.network().cut(other.id(), node.id());
            }
        }
    }

    private void calmNetworkLater(long millis) {
        long change = ++networkChange;
        simulation.after(millis * MILLIS, () -> calmNetwork(change));
    }

    private void calmNetwork(long change) {
        if (active && change == networkChange) {
            simulation.note("the network is well");
            cluster.network().heal();
        }
    }

    private void storm() {
        double loss = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4;
        double repeats = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.3;
        long slowest = 1_000 + random.nextLong(random.nextInt(3) == 0 ? 400_000 : 20_000);
        double tail = random.nextInt(2) == 0 ? 0 : 0.02;
        NetworkConditions storm =
                new NetworkConditions(
                        Latency.micros(100, slowest).withTail(tail, 2_000_000), loss, repeats, 0);
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

    private void corrupt() {
        double rate = random.nextDouble() * (random.nextInt(4) == 0 ? 0.2 : 0.01);
        NetworkConditions usual = swarm.usual().network();
        simulation.note("frames are corrupted: %.2f %%".formatted(rate * 100));
        cluster.network().setConditions(new NetworkConditions(usual.latency(), 0, 0, rate));
        calmNetworkLater(300 + random.nextLong(5_000));
    }
}
