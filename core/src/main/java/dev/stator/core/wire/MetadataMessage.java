package dev.stator.core.wire;

import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What MemDS is told and asked, and what storage nodes report of their groups. */
public sealed interface MetadataMessage extends Message {

    /**
     * What a storage node that leads a group says of it; storage nodes are the authority on
     * membership (ATC'22, section 6.6).
     *
     * @param ballotRound rises with each leader; an older report does not replace a newer one
     */
    record GroupRoute(GroupId group, NodeId leader, List<Member> members, long ballotRound) {
        public GroupRoute {
            members = List.copyOf(members);
        }
    }

    /**
     * A storage node tells every MemDS and every auto-admin what it leads: what changed, and a
     * slice of the rest in turn.
     */
    record PushRoutes(List<GroupRoute> routes) implements MetadataMessage {
        public PushRoutes {
            routes = List.copyOf(routes);
        }
    }

    /**
     * What the leader of a group has counted in it.
     *
     * @param ballotRound of that leader
     * @param localIndexes of each local secondary index, by name
     */
    record GroupContents(
            GroupId group,
            long ballotRound,
            Contents items,
            SequencedMap<String, Contents> localIndexes) {
        public GroupContents {
            localIndexes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(localIndexes));
        }
    }

    /** A storage node tells every auto-admin what it has counted, a slice in turn. */
    record ContentsCounted(List<GroupContents> groups) implements MetadataMessage {
        public ContentsCounted {
            groups = List.copyOf(groups);
        }
    }

    /** A storage node tells every auto-admin of replicas that it has, a slice in turn. */
    record ReplicasHeld(List<GroupId> groups) implements MetadataMessage {
        public ReplicasHeld {
            groups = List.copyOf(groups);
        }
    }

    /**
     * A table as MemDS holds it.
     *
     * @param table takes requests, and has all its partitions
     * @param version rises with every change of the table
     * @param routes what is known of its groups, where anything is
     */
    record TableEntry(TableDescriptor table, long version, List<GroupRoute> routes) {
        public TableEntry {
            routes = List.copyOf(routes);
        }
    }

    /**
     * All tables whose identifiers are in a range.
     *
     * @param after the slice is of the tables above this one
     * @param upTo and not above this one
     */
    record TableSlice(TableId after, TableId upTo, List<TableEntry> tables) {
        /** Below every table. */
        public static final TableId START = new TableId(0);

        /** Above every table. */
        public static final TableId END = new TableId(-1);

        public TableSlice {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Auto-admin tells a MemDS node of tables: what changed, and a slice of all in turn.
     *
     * @param callId rises with every push to this MemDS node in a term: what arrives after a later
     *     one is dropped
     * @param term of the auto-admin that speaks: the ballot round in which its node leads the
     *     system group
     * @param removed tables that take no more requests
     */
    record PushTables(
            long callId,
            long term,
            List<TableEntry> changed,
            List<TableId> removed,
            TableSlice slice)
            implements MetadataMessage {
        public PushTables {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }
    }

    /**
     * The push was taken in.
     *
     * @param ready whether the sender has been told of everything since it started
     */
    record TablesTaken(long callId, long term, boolean ready) implements MetadataMessage {}

    /** A router asks for a table by account and name. */
    record FindTable(long callId, String accountId, String tableName) implements MetadataMessage {}

    /**
     * The answer to {@link FindTable}.
     *
     * @param ready whether this MemDS node has been told of everything since it started; where not,
     *     an absent table says nothing
     */
    record TableFound(long callId, Optional<TableDescriptor> table, boolean ready)
            implements MetadataMessage {}

    /** Which of a table's partitions is meant. */
    sealed interface Spot {
        /** The one that holds the key: the floor of the key among the partitions' first keys. */
        record At(PlacementKey key) implements Spot {}

        /** The one that holds the keys right below the key; the last one where there is no key. */
        record Below(Optional<PlacementKey> key) implements Spot {}
    }

    /** A router asks for a partition of a table. */
    record FindPartition(long callId, TableId table, Spot spot) implements MetadataMessage {}

    /**
     * The answer to {@link FindPartition}.
     *
     * @param ready as in {@link TableFound}
     */
    record PartitionFound(long callId, Optional<PartitionRoute> route, boolean ready)
            implements MetadataMessage {}

    /**
     * Where a partition is.
     *
     * @param members the first members as long as no leader has reported
     * @param leader the last known one
     * @param ballotRound of the leader's report; zero as long as there is none
     */
    record PartitionRoute(
            GroupId group,
            KeyRange range,
            List<Member> members,
            Optional<NodeId> leader,
            long ballotRound) {
        public PartitionRoute {
            members = List.copyOf(members);
        }
    }
}
