package dev.stator.replication;

import java.util.List;

/** The durable state of a replica: replays its records. Single owner. */
public final class RecoveredReplica {
    private Ballot promised = Ballot.NONE;
    private ReplicaLog log = new ReplicaLog(0, Ballot.NONE, List.of());

    /** A replica that has never promised or accepted anything. */
    public RecoveredReplica() {}

    public void replay(GroupRecord record) {
        switch (record) {
            case GroupRecord.Promised(Ballot ballot) -> promised = higher(promised, ballot);
            case GroupRecord.Appended(List<LogEntry> entries) -> {
                if (!entries.isEmpty()) {
                    log.truncateFrom(entries.getFirst().lsn());
                    entries.forEach(log::append);
                }
            }
            case GroupRecord.Checkpoint(
                            Ballot ballot,
                            long baseLsn,
                            Ballot baseBallot,
                            List<LogEntry> entries) -> {
                promised = ballot;
                log = new ReplicaLog(baseLsn, baseBallot, entries);
            }
        }
    }

    private static Ballot higher(Ballot a, Ballot b) {
        return a.isAbove(b) ? a : b;
    }

    /** Up to where the log is cut; the store must have applied this much. */
    public long baseLsn() {
        return log.baseLsn();
    }

    public long lastLsn() {
        return log.lastLsn();
    }

    public Ballot promised() {
        return promised;
    }

    ReplicaLog log() {
        return log;
    }
}
