package dev.stator.core.wire;

import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.List;
import java.util.Optional;

/** What MemDS is told and asked. */
public sealed interface MetadataMessage extends Message {

    /**
     * What a storage node that leads a group says of it; storage nodes are the authority on
     * membership (ATC'22, section 6.6).
     *
     * @param ballotRound rises with each leader; an older report does not replace a newer one
     */
    record GroupRoute(GroupId group, NodeId leader, List<Member> members, long ballotRound) {}

    /**
     * A storage node tells every MemDS node what it leads: what changed, and a slice of the rest in
     * turn.
     */
    record PushRoutes(List<GroupRoute> routes) implements MetadataMessage {}

    /**
     * Auto-admin tells every MemDS node of tables: what changed, and a slice of the rest in turn.
     *
     * @param tables present tables
     * @param removedTableIds tables that are no more
     * @param term of the auto-admin that speaks: the ballot round in which its node leads the
     *     system group
     */
    record PushTables(
            long callId, List<TableDescriptor> tables, List<Long> removedTableIds, long term)
            implements MetadataMessage {}

    record TablesTaken(long callId) implements MetadataMessage {}

    /** A router asks for a table by account and name. */
    record FindTable(long callId, String accountId, String tableName) implements MetadataMessage {}

    /**
     * Answers {@link FindTable}.
     *
     * @param ready whether this MemDS node has been told of everything since it started; where not,
     *     an absent table says nothing
     */
    record TableFound(long callId, Optional<TableDescriptor> table, boolean ready)
            implements MetadataMessage {}

    /**
     * A router asks which partition of a table holds a key: the floor of the key among the
     * partitions' first keys.
     */
    record FindPartition(long callId, long tableId, PlacementKey key) implements MetadataMessage {}

    record PartitionFound(long callId, Optional<PartitionRoute> route) implements MetadataMessage {}

    /**
     * Where a partition is.
     *
     * @param leader the last known one
     */
    record PartitionRoute(
            GroupId group,
            KeyRange range,
            List<Member> members,
            Optional<NodeId> leader,
            long ballotRound) {}
}
