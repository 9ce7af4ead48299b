package dev.stator.simulator.check;

import dev.stator.core.node.StorageShard.ReplicaStatus;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.Simulation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that the cluster does its work again once faults have stopped: after a while every group
 * has a leader that serves, no request fails any more, and every replica catches up.
 */
public final class ProgressChecker {
    private static final String NAME = "progress";
    private static final double NANOS_PER_SECOND = 1e9;

    /** How long the cluster may take to recover. */
    public static final long RECOVERY_NANOS = 10_000_000_000L;

    private final Simulation simulation;
    private final Violations violations;
    private long calmSinceNanos = Long.MAX_VALUE;

    public ProgressChecker(Simulation simulation, Violations violations) {
        this.simulation = simulation;
        this.violations = violations;
    }

    /** Faults have stopped, and everything runs. */
    public void calm() {
        calmSinceNanos = simulation.nowNanos();
    }

    /** A request that was sent at this time has failed. */
    public void requestFailed(String request, long calledNanos, String error) {
        if (calmSinceNanos != Long.MAX_VALUE && calledNanos - calmSinceNanos >= RECOVERY_NANOS) {
            violations.add(
                    NAME,
                    "%.1f s after the last fault %s fails: %s"
                            .formatted(
                                    (calledNanos - calmSinceNanos) / NANOS_PER_SECOND,
                                    request,
                                    error));
        }
    }

    /** The time for recovery is over. */
    public void checkServed(SimulatedCluster cluster, List<ReplicaDescriptor> groups) {
        Set<GroupId> served = new HashSet<>();
        for (SimulatedNode node : cluster.nodes()) {
            node.replicas().stream()
                    .filter(replica -> replica.serves())
                    .forEach(replica -> served.add(replica.group()));
        }
        for (ReplicaDescriptor group : groups) {
            if (!served.contains(group.group())) {
                violations.add(
                        NAME, "nobody serves group " + group.group() + members(cluster, group));
            }
        }
    }

    private static String members(SimulatedCluster cluster, ReplicaDescriptor group) {
        StringBuilder text = new StringBuilder();
        for (Member member : group.members()) {
            SimulatedNode node = cluster.node(member.node());
            for (ReplicaStatus replica : node.replicas()) {
                if (replica.group().equals(group.group())) {
                    text.append("\n      ").append(node.name()).append(": ").append(replica);
                }
            }
        }
        return text.toString();
    }

    /** The time for catching up is over. */
    public void checkCaughtUp(SimulatedCluster cluster, List<ReplicaDescriptor> groups) {
        Optional<String> lagging = ReplicasEqualChecker.lagging(cluster, groups);
        lagging.ifPresent(who -> violations.add(NAME, who));
    }
}
