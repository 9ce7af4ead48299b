package dev.stator.core.autoadmin;

import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.Comparator;

/** The replica of a group on a node. */
record GroupReplica(GroupId group, NodeId node) implements Comparable<GroupReplica> {
    private static final Comparator<GroupReplica> ORDER =
            Comparator.comparing(GroupReplica::group).thenComparing(GroupReplica::node);

    @Override
    public int compareTo(GroupReplica other) {
        return ORDER.compare(this, other);
    }
}
