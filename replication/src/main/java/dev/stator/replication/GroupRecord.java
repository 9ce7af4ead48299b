package dev.stator.replication;

import java.util.List;

/**
 * What a replica writes to its node's WAL. Read back in order, the records make up a {@link
 * RecoveredReplica}.
 */
public sealed interface GroupRecord {

    /** The replica has promised the ballot. */
    record Promised(Ballot ballot) implements GroupRecord {}

    /**
     * The replica's log continues with these entries; whatever stood at or above the first one's
     * LSN is void.
     */
    record Appended(List<LogEntry> entries) implements GroupRecord {}

    /** All that the replica knows; earlier records are void. */
    record Checkpoint(Ballot promised, long baseLsn, Ballot baseBallot, List<LogEntry> entries)
            implements GroupRecord {}
}
