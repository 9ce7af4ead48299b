package dev.stator.simulator.check;

import dev.stator.core.format.StoreKey;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.Member;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Checks that no transaction holds an item any more once all is quiet: whoever began it, whatever
 * became of them, it was ended.
 */
public final class PreparedItemsChecker {
    private PreparedItemsChecker() {}

    /** What is still held; empty where nothing is. */
    public static Optional<String> held(SimulatedCluster cluster, List<ReplicaDescriptor> groups) {
        for (ReplicaDescriptor group : groups) {
            for (Member member : group.members()) {
                SimulatedNode node = cluster.node(member.node());
                if (!node.lost() && !node.damaged() && held(node, group)) {
                    return Optional.of(
                            "group %s on %s holds an item that a transaction has prepared"
                                    .formatted(group.group(), node.name()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean held(SimulatedNode node, ReplicaDescriptor group) {
        boolean[] found = new boolean[1];
        try {
            node.store()
                    .scan(
                            StoreKey.rowsOf(group.group()),
                            (key, value) -> {
                                found[0] |= StoreKey.isPrepared(key);
                                return !found[0];
                            });
        } catch (IOException e) {
            throw new IllegalStateException("the store of " + node.name() + " is not damaged", e);
        }
        return found[0];
    }
}
