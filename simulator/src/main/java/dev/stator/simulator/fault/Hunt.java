package dev.stator.simulator.fault;

import dev.stator.core.node.StorageShard.ReplicaStatus;
import dev.stator.replication.GroupId;
import dev.stator.simulator.cluster.NodeConditions;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNetwork;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Faults at the moments that matter to the protocol. What is drawn blindly seldom meets the few
 * milliseconds between two steps of an election; these look at who leads, and strike then. Nothing
 * is done that blind faults could not do.
 */
final class Hunt {
    private static final long MILLIS = 1_000_000;
    private static final long POLL_NANOS = 2 * MILLIS;

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SplittableRandom random;
    private final Partitions partitions;
    private final Machines machines;
    private final Swarm swarm;
    private final BooleanSupplier active;

    /** Groups whose items are large. */
    private List<GroupId> bulkGroups = List.of();

    /** A member of a group that leads it. */
    private record Office(SimulatedNode leader, GroupId group) {}

    Hunt(
            SimulatedCluster cluster,
            Swarm swarm,
            Machines machines,
            Partitions partitions,
            BooleanSupplier active) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.random = simulation.split();
        this.swarm = swarm;
        this.machines = machines;
        this.partitions = partitions;
        this.active = active;
    }

    void bulkGroups(List<GroupId> groups) {
        bulkGroups = List.copyOf(groups);
    }

    void strike() {
        List<Office> offices = new ArrayList<>();
        for (SimulatedNode node : cluster.nodes()) {
            for (ReplicaStatus replica : node.replicas()) {
                if (replica.serves()) {
                    offices.add(new Office(node, replica.group()));
                }
            }
        }
        if (offices.isEmpty()) {
            return;
        }
        Office office = offices.get(random.nextInt(offices.size()));
        Optional<Office> bulk =
                offices.stream()
                        .filter(held -> bulkGroups.contains(held.group()))
                        .max(Comparator.comparingLong(held -> lastLsn(held.leader(), held)));
        int choice = random.nextInt(10);
        if (bulk.isPresent() && choice < 5) {
            straggle(bulk.get(), choice < 2);
        } else if (choice < 7) {
            huntLeaders(office, 2 + random.nextInt(4));
        } else if (choice < 9 || !swarm.brings(Fault.CLOCK)) {
            restartSupporter(office);
        } else {
            raceAtTheBound(office);
        }
    }

    // ---- Watching

    private Optional<ReplicaStatus> replica(SimulatedNode node, GroupId group) {
        return node.replicas().stream()
                .filter(replica -> replica.group().equals(group))
                .findFirst();
    }

    private boolean is(SimulatedNode node, GroupId group, Predicate<ReplicaStatus> so) {
        return replica(node, group).filter(so).isPresent();
    }

    /** Does something as soon as a condition holds; something else where it did not in time. */
    private void await(long nanosMax, BooleanSupplier condition, Runnable then, Runnable orElse) {
        if (!active.getAsBoolean()) {
            return;
        }
        if (condition.getAsBoolean()) {
            then.run();
        } else if (nanosMax <= 0) {
            orElse.run();
        } else {
            simulation.after(
                    POLL_NANOS, () -> await(nanosMax - POLL_NANOS, condition, then, orElse));
        }
    }

    private void later(long millisMax, Runnable then) {
        simulation.after(
                random.nextLong(millisMax * MILLIS),
                () -> {
                    if (active.getAsBoolean()) {
                        then.run();
                    }
                });
    }

    private SimulatedNode after(SimulatedNode node) {
        List<SimulatedNode> nodes = cluster.nodes();
        return nodes.get((nodes.indexOf(node) + 1) % nodes.size());
    }

    // ---- Leader after leader

    /**
     * Takes the leader away while writes are under way, its successor as soon as it leads, and so
     * on, while the one before comes back: so that logs end in what only one has, each in a ballot
     * of its own, and the next leader has to choose.
     */
    private void huntLeaders(Office office, int turns) {
        simulation.note("the leaders of " + office.group() + " are hunted");
        await(
                500 * MILLIS,
                () -> is(office.leader(), office.group(), Hunt::hasWritesUnderWay),
                () -> takeAway(office, turns),
                () -> takeAway(office, turns));
    }

    private static boolean hasWritesUnderWay(ReplicaStatus replica) {
        return replica.lastLsn() - replica.committedLsn() >= 3;
    }

    private void takeAway(Office office, int turnsLeft) {
        simulation.happened(RareEvent.LEADER_HUNTED);
        SimulatedNetwork.Cut cut = partitions.cutOff(office.leader());
        if (random.nextInt(4) == 0) {
            machines.kill(office.leader(), 300);
        }
        List<SimulatedNode> others = new ArrayList<>(cluster.nodes());
        others.remove(office.leader());
        SimulatedNode[] successor = new SimulatedNode[1];
        await(
                4_000 * MILLIS,
                () -> {
                    for (SimulatedNode other : others) {
                        if (is(other, office.group(), ReplicaStatus::leads)) {
                            successor[0] = other;
                        }
                    }
                    return successor[0] != null;
                },
                () ->
                        later(
                                random.nextBoolean() ? 10 : 200,
                                () -> {
                                    cut.mend();
                                    if (turnsLeft > 1) {
                                        takeAway(
                                                new Office(successor[0], office.group()),
                                                turnsLeft - 1);
                                    }
                                }),
                cut::mend);
    }

    // ---- Leases

    /**
     * A leader is first cut off from one follower, for longer than a lease, so that its own lease
     * rests on the other one alone; then from that one, too, which restarts at that moment and has
     * forgotten what it granted.
     */
    private void restartSupporter(Office office) {
        List<SimulatedNode> followers = new ArrayList<>(cluster.nodes());
        followers.remove(office.leader());
        SimulatedNode doubter = followers.remove(random.nextInt(followers.size()));
        SimulatedNode supporter = followers.getFirst();
        SimulatedNetwork.Cut cut = cluster.network().cut();
        cut.link(office.leader().id(), doubter.id()).link(doubter.id(), office.leader().id());
        simulation.note(
                "%s is cut off from %s, and then from %s, which restarts"
                        .formatted(office.leader().name(), doubter.name(), supporter.name()));
        long leaseMillis = cluster.setup().timing().leaseNanos() / MILLIS;
        simulation.after(
                (leaseMillis * 11 / 10 + random.nextLong(600)) * MILLIS,
                () -> {
                    if (active.getAsBoolean()) {
                        simulation.happened(RareEvent.SUPPORTER_RESTARTED);
                        cut.link(office.leader().id(), supporter.id())
                                .link(supporter.id(), office.leader().id());
                        machines.kill(supporter, random.nextInt(3) == 0 ? 600 : 60);
                        later(3_000, cut::mend);
                    } else {
                        cut.mend();
                    }
                });
    }

    /**
     * The leader's clock is as slow as leases tolerate, those of the others as fast, all machines
     * are as fast as can be, and the leader is cut off: its lease and those that were granted end
     * as close together as they ever do.
     */
    private void raceAtTheBound(Office office) {
        double bound = cluster.setup().timing().driftPpm() / 1e6;
        NodeConditions fast =
                swarm.usual()
                        .machines()
                        .withSync(Latency.micros(1, 20))
                        .withApply(Latency.micros(5, 50));
        for (SimulatedNode node : cluster.nodes()) {
            node.clock().setRate(node == office.leader() ? 1 - bound : 1 + bound);
            node.setConditions(fast);
        }
        simulation.happened(RareEvent.CLOCK_AT_THE_BOUND);
        simulation.note(office.leader().name() + " is slow by the bound, and will be cut off");
        later(
                700,
                () -> {
                    SimulatedNetwork.Cut cut = partitions.cutOff(office.leader());
                    simulation.after(
                            2_000 * MILLIS,
                            () -> {
                                cut.mend();
                                cluster.nodes()
                                        .forEach(node ->
                                                node.setConditions(swarm.usual().machines()));
                            });
                });
    }

    /** The clock of a leader that is cut off runs so slowly that it trusts its lease for long. */
    void slowLeader() {
        for (SimulatedNode node : cluster.nodes()) {
            if (node.replicas().stream().anyMatch(ReplicaStatus::serves)) {
                double rate = 0.2 + random.nextDouble() * 0.3;
                simulation.note("the clock of %s runs at %.2f".formatted(node.name(), rate));
                simulation.happened(RareEvent.CLOCK_BEYOND_THE_BOUND);
                node.clock().setRate(rate);
                SimulatedNetwork.Cut cut = partitions.cutOff(node);
                simulation.after(
                        (2_000 + random.nextLong(2_000)) * MILLIS,
                        () -> {
                            cut.mend();
                            if (active.getAsBoolean()) {
                                node.clock().setRate(1);
                            }
                        });
                return;
            }
        }
    }

    // ---- Members that lag

    /**
     * A follower of a group with large items is cut off until it lags by more than fits into one
     * message, or by more than the log keeps for it. In the first case the leader goes when it
     * comes back; in the second it needs a snapshot, and crashes in the midst of it.
     */
    private void straggle(Office office, boolean beyondLog) {
        SimulatedNode straggler = after(office.leader());
        SimulatedNetwork.Cut cut = partitions.cutOff(straggler);
        simulation.note(straggler.name() + " is cut off until it lags in " + office.group());
        int behind = beyondLog ? 100 : 8;
        await(
                (beyondLog ? 12_000 : 5_000) * MILLIS,
                () -> lag(office, straggler) >= behind,
                () -> {
                    if (beyondLog) {
                        cut.mend();
                        crashInSnapshot(office, straggler);
                    } else {
                        simulation.happened(RareEvent.LEADER_HUNTED);
                        SimulatedNetwork.Cut next = partitions.cutOff(office.leader());
                        cut.mend();
                        later(4_000, next::mend);
                    }
                },
                cut::mend);
    }

    private long lag(Office office, SimulatedNode straggler) {
        return lastLsn(office.leader(), office) - lastLsn(straggler, office);
    }

    private long lastLsn(SimulatedNode node, Office office) {
        return replica(node, office.group()).map(ReplicaStatus::lastLsn).orElse(0L);
    }

    private void crashInSnapshot(Office office, SimulatedNode straggler) {
        await(
                4_000 * MILLIS,
                () -> straggler.isVoid(office.group()),
                () -> later(20, () -> machines.kill(straggler, 500)),
                () -> {});
    }
}
