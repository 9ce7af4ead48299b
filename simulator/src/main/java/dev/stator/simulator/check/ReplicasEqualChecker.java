package dev.stator.simulator.check;

import dev.stator.core.format.StoreKey;
import dev.stator.core.node.StorageShard.ReplicaStatus;
import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.storage.store.AppliedPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks that all replicas of a group hold the same once nothing is written any more and every one
 * of them has caught up: the same position of the log, and the same items to the byte.
 */
public final class ReplicasEqualChecker {
    private static final String NAME = "replicas equal";

    private final Violations violations;

    public ReplicasEqualChecker(Violations violations) {
        this.violations = violations;
    }

    /** What a replica holds, as a digest. */
    private record Content(long appliedLsn, int stateHash, long items, long digest) {}

    /**
     * The first replica that has not caught up yet.
     *
     * @return empty where all have
     */
    public static Optional<String> lagging(
            SimulatedCluster cluster, List<ReplicaDescriptor> groups) {
        for (ReplicaDescriptor group : groups) {
            long highest = 0;
            List<SimulatedNode> holders = holders(cluster, group);
            for (SimulatedNode node : holders) {
                highest = Math.max(highest, committedLsn(node, group.group()));
            }
            for (SimulatedNode node : holders) {
                if (committedLsn(node, group.group()) < highest
                        || appliedLsn(node, group) < highest) {
                    return Optional.of(
                            "the replica of group %s on %s is at LSN %d, and another one at %d"
                                    .formatted(
                                            group.group(),
                                            node.name(),
                                            appliedLsn(node, group),
                                            highest));
                }
            }
        }
        return Optional.empty();
    }

    /** The members' nodes, without those whose replica is gone with its disk. */
    static List<SimulatedNode> holders(SimulatedCluster cluster, ReplicaDescriptor group) {
        List<SimulatedNode> holders = new ArrayList<>();
        for (Member member : group.members()) {
            SimulatedNode node = cluster.node(member.node());
            boolean gone =
                    node.lost()
                            || (node.damaged()
                                    && node.replicas().stream()
                                            .anyMatch(replica ->
                                                    replica.group().equals(group.group())
                                                            && replica.stopped()));
            if (!gone) {
                holders.add(node);
            }
        }
        return holders;
    }

    private static long committedLsn(SimulatedNode node, GroupId group) {
        for (ReplicaStatus replica : node.replicas()) {
            if (replica.group().equals(group)) {
                return replica.committedLsn();
            }
        }
        return -1;
    }

    private static long appliedLsn(SimulatedNode node, ReplicaDescriptor group) {
        AppliedPosition position = node.store().appliedPositions().get(group.group().value());
        return position == null ? 0 : position.lsn();
    }

    public void check(SimulatedCluster cluster, List<ReplicaDescriptor> groups) {
        for (ReplicaDescriptor group : groups) {
            Content expected = null;
            SimulatedNode first = null;
            for (SimulatedNode node : holders(cluster, group)) {
                Content found = content(node, group);
                if (found == null) {
                    continue;
                }
                if (expected == null) {
                    expected = found;
                    first = node;
                } else if (first != null && !found.equals(expected)) {
                    violations.add(
                            NAME,
                            "the replicas of group %s differ: %s has %s, %s has %s"
                                    .formatted(
                                            group.group(),
                                            first.name(),
                                            expected,
                                            node.name(),
                                            found));
                }
            }
        }
    }

    /** Null where damage is in the way that nobody has met yet. */
    private @Nullable Content content(SimulatedNode node, ReplicaDescriptor group) {
        AppliedPosition position = node.store().appliedPositions().get(group.group().value());
        long[] countAndDigest = new long[2];
        try {
            for (KeyRange range : StoreKey.allOf(group)) {
                node.store()
                        .scan(
                                range,
                                (key, value) -> {
                                    countAndDigest[0]++;
                                    long item = Arrays.hashCode(key) * 31L + Arrays.hashCode(value);
                                    countAndDigest[1] = countAndDigest[1] * 31 + item;
                                    return true;
                                });
            }
        } catch (IOException e) {
            if (node.damaged()) {
                return null;
            }
            violations.add(NAME, "the store of " + node.name() + " cannot be read: " + e);
        }
        return new Content(
                position == null ? 0 : position.lsn(),
                position == null ? 0 : Arrays.hashCode(position.state()),
                countAndDigest[0],
                countAndDigest[1]);
    }
}
