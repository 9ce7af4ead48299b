package dev.stator.core.routing;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a router runs, and among whom.
 *
 * @param address of this router
 * @param nodes all nodes of the cluster
 * @param region the region that the cluster stands for
 * @param endpoint the address that clients should use: host, and port if it is not the default
 */
public record RouterPlace(
        Address address, List<ClusterNode> nodes, String region, String endpoint) {
    public RouterPlace {
        nodes = nodesFrom(address, nodes);
    }

    /** Its own node first, then those of its zone, then the others. */
    private static List<ClusterNode> nodesFrom(Address address, List<ClusterNode> nodes) {
        ClusterNode own = find(address, nodes);
        List<ClusterNode> ordered = new ArrayList<>();
        ordered.add(own);
        for (ClusterNode node : nodes) {
            if (!node.equals(own) && node.zone().equals(own.zone())) {
                ordered.add(node);
            }
        }
        for (ClusterNode node : nodes) {
            if (!node.zone().equals(own.zone())) {
                ordered.add(node);
            }
        }
        return List.copyOf(ordered);
    }

    private static ClusterNode find(Address address, List<ClusterNode> nodes) {
        for (ClusterNode node : nodes) {
            if (node.node().equals(address.node())) {
                return node;
            }
        }
        throw new IllegalArgumentException("not of the cluster: " + address);
    }
}
