package dev.stator.replication;

/**
 * Where a replication group's effects go. Calls are made by the group's owner thread from within
 * the call that caused them; none may call back into the group.
 */
public interface GroupPort {

    void send(NodeId to, GroupMessage message);

    /**
     * Appends a record to the WAL. Records of one group become durable in the order of these calls;
     * the owner reports it by {@link ReplicationGroup#onPersisted}, counting the records of this
     * group from 1 on.
     */
    void persist(GroupRecord record);

    /** The entry is committed; called once for each LSN since the start, in order. */
    void committed(LogEntry entry);

    /**
     * This replica leads. It serves once the entry at {@code ballotStartLsn} is applied and while
     * it holds a lease.
     */
    void leadershipGained(Ballot ballot, long ballotStartLsn);

    /**
     * This replica leads no more; of what it proposed and has not seen committed, the outcome is
     * unknown.
     */
    void leadershipLost(Ballot ballot);

    /**
     * A follower needs entries that the log no longer holds. Repeated until it has caught up
     * otherwise.
     */
    void snapshotNeeded(NodeId follower);
}
