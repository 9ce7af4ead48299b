package dev.stator.core.metadata;

import dev.stator.replication.NodeId;

/** A node of the cluster, and the availability zone it stands in. */
public record ClusterNode(NodeId node, String zone) {}
