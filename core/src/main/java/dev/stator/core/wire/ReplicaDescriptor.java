package dev.stator.core.wire;

import dev.stator.model.key.KeyRange;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import java.util.List;
import java.util.Optional;

/**
 * What a node must know to host a replica of a partition.
 *
 * @param tableId the table, as the prefix of its items in a store
 * @param members in an order that all replicas share; the first one is the preferred first leader
 * @param localSchema of a table with local secondary indexes, which never change: the partition
 *     keeps their entries, see {@link TableSchema#local}. The range of such a partition begins and
 *     ends between item collections, never inside of one: an entry is where its item is, and a
 *     collection has one size.
 */
public record ReplicaDescriptor(
        GroupId group,
        long tableId,
        KeyRange range,
        List<Member> members,
        Optional<TableSchema> localSchema) {

    public ReplicaDescriptor {
        members = List.copyOf(members);
    }

    /** Of a partition that has no local secondary indexes to keep. */
    public ReplicaDescriptor(GroupId group, long tableId, KeyRange range, List<Member> members) {
        this(group, tableId, range, members, Optional.empty());
    }
}
