package dev.stator.simulator.check;

import dev.stator.core.node.StorageShard.ReplicaStatus;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks that at any moment at most one member of a group serves: leads, has applied all, and holds
 * a lease by its own clock. Also notes who comes to serve.
 */
public final class ServingLeaderChecker {
    private static final String NAME = "one serving leader";

    private final Simulation simulation;
    private final Guarantees guarantees;
    private final Violations violations;
    private final Map<NodeId, Set<GroupId>> serving = new HashMap<>();
    private final Map<GroupId, Ballot> lastServed = new HashMap<>();
    private long leaders;

    public ServingLeaderChecker(
            Simulation simulation, Guarantees guarantees, Violations violations) {
        this.simulation = simulation;
        this.guarantees = guarantees;
        this.violations = violations;
    }

    /** The node's replicas have done something; only then can one of them have come to serve. */
    public void check(SimulatedNode node) {
        Set<GroupId> served = serving.computeIfAbsent(node.id(), _ -> new HashSet<>());
        for (ReplicaStatus replica : node.replicas()) {
            if (!replica.serves()) {
                if (served.remove(replica.group()) && replica.leads()) {
                    simulation.happened(RareEvent.LEASE_RAN_OUT);
                }
            } else if (served.add(replica.group())) {
                note(node, replica);
                checkOthers(node, replica);
            }
        }
    }

    private void note(SimulatedNode node, ReplicaStatus replica) {
        Ballot before = lastServed.put(replica.group(), replica.leaderBallot());
        if (!replica.leaderBallot().equals(before)) {
            leaders++;
            if (before != null) {
                simulation.happened(RareEvent.LEADER_CHANGED);
            }
            simulation.note(
                    "group %s: %s serves in ballot %s from LSN %d"
                            .formatted(
                                    replica.group(),
                                    node.name(),
                                    replica.leaderBallot(),
                                    replica.committedLsn()));
        }
    }

    private void checkOthers(SimulatedNode node, ReplicaStatus replica) {
        for (SimulatedNode other : node.cluster().nodes()) {
            if (other == node) {
                continue;
            }
            for (ReplicaStatus theirs : other.replicas()) {
                if (!theirs.group().equals(replica.group()) || !theirs.serves()) {
                    continue;
                }
                if (!guarantees.leasesHold(simulation.nowNanos())) {
                    simulation.happened(RareEvent.TWO_SERVE);
                } else {
                    violations.add(
                            NAME,
                            "group %s is served by %s in ballot %s and by %s in ballot %s"
                                    .formatted(
                                            replica.group(),
                                            node.name(),
                                            replica.leaderBallot(),
                                            other.name(),
                                            theirs.leaderBallot()));
                }
            }
        }
    }

    /** How often a group came to be served by a new leader. */
    public long leaders() {
        return leaders;
    }
}
