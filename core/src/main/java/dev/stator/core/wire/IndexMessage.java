package dev.stator.core.wire;

import dev.stator.model.Bytes;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * What keeps global secondary indexes: auto-admin tells the partitions of a table what indexes it
 * has, and their leaders tell the partitions of the indexes what changed.
 */
public sealed interface IndexMessage extends Message {

    /**
     * Auto-admin tells the leader of a partition of a table what indexes there are. Repeating it
     * changes nothing. Answered only where it was done.
     *
     * @param version of the table's record that says so
     */
    record DefineIndexes(long callId, GroupId group, long version, TableSchema schema)
            implements IndexMessage {}

    /**
     * The partition knows the indexes that are in the record of this version, or of a later one.
     *
     * @param backfilled those of them that hold all that was in the partition before
     */
    record IndexesDefined(long callId, GroupId group, long version, List<TableId> backfilled)
            implements IndexMessage {
        public IndexesDefined {
            backfilled = List.copyOf(backfilled);
        }
    }

    /**
     * The leader of a partition of a table tells the leader of a partition of an index what
     * changed.
     *
     * @param group the partition of the index
     * @param source the partition of the table
     * @param from where the index must be for this to follow
     * @param command to be put in the log as it is; empty to ask where the index is
     */
    record TakeChanges(long callId, GroupId group, GroupId source, FeedPosition from, Bytes command)
            implements IndexMessage {}

    /**
     * Where the partition of the index is with the source, committed: where the sender wanted to
     * have it, or where it must go on from.
     */
    record ChangesTaken(long callId, GroupId group, GroupId source, FeedPosition position)
            implements IndexMessage {}

    /** The partition of the index cannot take anything here and now. */
    record ChangesNotTaken(long callId, GroupId group, GroupId source, Optional<NodeId> leader)
            implements IndexMessage {}
}
