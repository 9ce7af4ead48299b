package dev.stator.simulator.fault;

import dev.stator.replication.GroupId;
import dev.stator.simulator.cluster.NetworkConditions;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.Simulation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes things go wrong, one after the other and several at a time: which, where and how badly
 * follows from the seed and the {@link Swarm} drawn from it.
 */
public final class Nemesis {
    private static final long MILLIS = 1_000_000;

    /** Longer than a lease and a restart. */
    private static final long HELD_MICROS_MAX = 10_000_000;

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SplittableRandom random;
    private final Swarm swarm;
    private final Machines machines;
    private final Partitions partitions;
    private final Hunt hunt;
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
        this.partitions = new Partitions(cluster, simulation.split(), () -> active);
        this.hunt = new Hunt(cluster, swarm, machines, partitions, () -> active);
    }

    /**
     * @param bulkGroups the groups whose items are large
     */
    public void start(List<GroupId> bulkGroups) {
        hunt.bulkGroups(bulkGroups);
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
            case PARTITION -> partitions.strike();
            case HUNT -> hunt.strike();
            case STORM -> storm();
            case CORRUPT -> corrupt();
            case PAUSE -> machines.pause();
            case CLOCK -> machines.changeClock();
            case SLOW -> machines.slow(swarm.usual().machines());
            case DISK -> machines.failDisk();
            case DAMAGE -> machines.damage();
            case DRIFT -> {
                if (random.nextBoolean()) {
                    hunt.slowLeader();
                } else {
                    machines.drift();
                }
            }
        }
    }

    // ---- The network

    private void calmNetworkLater(long millis) {
        long change = ++networkChange;
        simulation.after(millis * MILLIS, () -> calmNetwork(change));
    }

    private void calmNetwork(long change) {
        if (active && change == networkChange) {
            simulation.note("the network is calm");
            cluster.network().calm();
        }
    }

    private void storm() {
        double loss = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4;
        double repeats = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.3;
        long slowest = 1_000 + random.nextLong(random.nextInt(3) == 0 ? 400_000 : 20_000);
        double tail = random.nextInt(2) == 0 ? 0 : 0.02;
        boolean held = random.nextInt(4) == 0;
        Latency late = Latency.micros(100, slowest);
        NetworkConditions storm =
                new NetworkConditions(
                        held
                                ? late.withTail(0.01, HELD_MICROS_MAX)
                                : late.withTail(tail, 2_000_000),
                        loss,
                        repeats,
                        0);
        simulation.note(
                "storm: %.0f %% lost, %.0f %% repeated, up to %d ms late%s"
                        .formatted(
                                loss * 100,
                                repeats * 100,
                                slowest / 1_000,
                                held
                                        ? ", some ten seconds"
                                        : tail > 0 ? ", some two seconds" : ""));
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
