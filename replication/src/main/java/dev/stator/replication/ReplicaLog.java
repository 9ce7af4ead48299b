package dev.stator.replication;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a group's log that a replica holds, in memory; what it says is on disk as well, or on
 * its way there. It begins above a base, below which everything is committed and in the stores, and
 * has no holes.
 */
final class ReplicaLog {
    private long baseLsn;
    private Ballot baseBallot;
    private final ArrayList<LogEntry> entries = new ArrayList<>();
    private long sizeBytes;

    ReplicaLog(long baseLsn, Ballot baseBallot, List<LogEntry> entries) {
        this.baseLsn = baseLsn;
        this.baseBallot = baseBallot;
        entries.forEach(this::append);
    }

    /** The last LSN that has been cut off; entries are held above it. */
    long baseLsn() {
        return baseLsn;
    }

    Ballot baseBallot() {
        return baseBallot;
    }

    long lastLsn() {
        return baseLsn + entries.size();
    }

    Ballot lastBallot() {
        return entries.isEmpty() ? baseBallot : entries.getLast().ballot();
    }

    long sizeBytes() {
        return sizeBytes;
    }

    boolean holds(long lsn) {
        return lsn > baseLsn && lsn <= lastLsn();
    }

    LogEntry entry(long lsn) {
        Invariants.check(holds(lsn), "no such entry in the log", lsn, baseLsn);
        return entries.get((int) (lsn - baseLsn - 1));
    }

    /** The ballot of an entry that is held, or of the base. */
    Ballot ballotAt(long lsn) {
        return lsn == baseLsn ? baseBallot : entry(lsn).ballot();
    }

    void append(LogEntry entry) {
        Invariants.check(
                entry.lsn() == lastLsn() + 1, "a log has no holes", entry.lsn(), lastLsn());
        Invariants.check(
                !lastBallot().isAbove(entry.ballot()),
                "ballots never fall along a log",
                entry,
                lastBallot());
        entries.add(entry);
        sizeBytes += entry.sizeBytes();
    }

    /** Removes the entries from {@code lsn} on. */
    void truncateFrom(long lsn) {
        while (lastLsn() >= lsn) {
            sizeBytes -= entries.removeLast().sizeBytes();
        }
    }

    /** Removes the entries up to and including {@code lsn}. */
    void trimTo(long lsn) {
        if (lsn <= baseLsn) {
            return;
        }
        Ballot ballot = ballotAt(lsn);
        List<LogEntry> cut = entries.subList(0, (int) (lsn - baseLsn));
        for (LogEntry entry : cut) {
            sizeBytes -= entry.sizeBytes();
        }
        cut.clear();
        baseLsn = lsn;
        baseBallot = ballot;
    }

    /**
     * Forgets all entries: the log now begins above the given entry, whose effects came otherwise.
     */
    void restartAt(long lsn, Ballot ballot) {
        entries.clear();
        sizeBytes = 0;
        baseLsn = lsn;
        baseBallot = ballot;
    }

    /**
     * A copy of entries from {@code fromLsn} on: at least one if there is one, and not much more
     * than the bound.
     */
    List<LogEntry> from(long fromLsn, long toLsn, int maxBytes) {
        int first = (int) (fromLsn - baseLsn - 1);
        int end = (int) (Math.min(toLsn, lastLsn()) - baseLsn);
        int last = first;
        long bytes = 0;
        while (last < end && (last == first || bytes < maxBytes)) {
            bytes += entries.get(last).sizeBytes();
            last++;
        }
        return List.copyOf(entries.subList(first, last));
    }

    List<LogEntry> all() {
        return List.copyOf(entries);
    }
}
