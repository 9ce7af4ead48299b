package dev.stator.core.wire;

import dev.stator.model.key.KeyRange;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import java.util.List;

/**
 * What a node must know to host a replica of a partition.
 *
 * @param tableId the table, as the prefix of its items in a store
 * @param members in an order that all replicas share; the first one is the preferred first leader
 */
public record ReplicaDescriptor(GroupId group, long tableId, KeyRange range, List<Member> members) {
    public ReplicaDescriptor {
        members = List.copyOf(members);
    }
}
