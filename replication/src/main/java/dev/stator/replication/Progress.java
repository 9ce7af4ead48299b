package dev.stator.replication;

import java.util.ArrayDeque;

/** What a leader knows of one other member. */
final class Progress {
    final NodeId node;
    final boolean storesItems;

    /** The next LSN to send. */
    long nextLsn;

    /** Up to where the member has the leader's log on disk. */
    long matchLsn;

    /** Up to where the member knows the log to be committed. */
    long committedLsn;

    /** Up to where the member's store is on disk. */
    long flushedLsn;

    /** The run of the member that counts this group into its grant; zero where none does. */
    long grantIncarnation;

    /**
     * The latest run of the member that has withdrawn its grant for this ballot, or zero: that run
     * has promised a higher one and will not come back. A later run may have forgotten the promise,
     * if a crash kept it from the disk.
     */
    long withdrawnIncarnation;

    /**
     * Set until the member confirms where its log and the leader's meet: then one message at a time
     * is sent.
     */
    boolean probing;

    boolean needsSnapshot;

    long sentCommittedLsn;
    long sentTrimLsn;

    /** The last LSNs of the messages on their way. */
    final ArrayDeque<Long> inFlight = new ArrayDeque<>();

    long lastSentNanos;

    Progress(NodeId node, boolean storesItems, long nextLsn) {
        this.node = node;
        this.storesItems = storesItems;
        this.nextLsn = nextLsn;
        this.probing = true;
    }

    void rewindTo(long lsn) {
        nextLsn = lsn;
        probing = true;
        inFlight.clear();
    }

    void confirm(long lsn) {
        matchLsn = Math.max(matchLsn, lsn);
        nextLsn = Math.max(nextLsn, matchLsn + 1);
        probing = false;
        needsSnapshot = false;
        while (!inFlight.isEmpty() && inFlight.peek() <= matchLsn) {
            inFlight.remove();
        }
    }
}
