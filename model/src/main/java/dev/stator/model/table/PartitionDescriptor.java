package dev.stator.model.table;

import dev.stator.model.key.KeyRange;
import java.util.List;

/**
 * A partition of a table: a range of its keys, and the replication group that holds it.
 *
 * @param partitionId unique in the cluster
 * @param members the members that the group was created with, in the order all replicas share; who
 *     is a member later, the storage nodes know best
 */
public record PartitionDescriptor(
        long partitionId, KeyRange range, long groupId, List<MemberDescriptor> members) {
    public PartitionDescriptor {
        members = List.copyOf(members);
    }
}
