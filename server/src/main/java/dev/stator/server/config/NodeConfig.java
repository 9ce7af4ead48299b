package dev.stator.server.config;

import java.util.List;

/**
 * One node of a cluster of processes.
 *
 * @param name the node that this process is
 * @param nodes all nodes, in the order of the file, which is the same on all hosts
 */
public record NodeConfig(String name, List<ClusterNode> nodes, ClientAccess access) {
    public NodeConfig {
        nodes = List.copyOf(nodes);
        if (nodes.stream().noneMatch(node -> node.name().equals(name))) {
            List<String> known = nodes.stream().map(ClusterNode::name).toList();
            throw new ConfigException(
                    "no node is called '" + name + "'; the file lists " + String.join(", ", known));
        }
    }

    /** The node that this process is. */
    public ClusterNode self() {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }
}
