package dev.stator.replication;

import java.util.List;

/**
 * What members of one replication group say to each other. Messages may be lost, delayed, repeated
 * and reordered; each carries the ballot it belongs to, and a receiver that has promised a higher
 * one does not act on it.
 *
 * <p>An <em>incarnation</em> is one run of a node's process. Zero stands for none.
 */
public sealed interface GroupMessage {

    /** The ballot that the message belongs to. */
    Ballot ballot();

    /**
     * A member that has not heard from the leader asks the others before it starts an election
     * (ATC'22, section 6.2).
     *
     * @param ballot the highest ballot that the asker has promised
     */
    record Inquiry(Ballot ballot) implements GroupMessage {}

    /**
     * Answers an {@link Inquiry}.
     *
     * @param leaderHealthy whether the sender hears a leader of the group now
     */
    record InquiryAnswer(Ballot ballot, boolean leaderHealthy) implements GroupMessage {}

    /**
     * Phase 1a.
     *
     * @param committedLsn up to where the candidate knows the log to be committed
     */
    record Prepare(Ballot ballot, long committedLsn) implements GroupMessage {}

    /**
     * Phase 1b: the sender accepts nothing below {@code ballot} any more. Its log is described by
     * its last entry; the candidate adopts the whole log of the acceptor whose last entry is the
     * highest.
     *
     * @param trimmedLsn the sender holds entries above this LSN only
     */
    record Promise(Ballot ballot, long lastLsn, Ballot lastBallot, long trimmedLsn)
            implements GroupMessage {}

    /**
     * The answer to a message that the sender cannot act on.
     *
     * @param ballot the ballot of the refused message
     * @param promised what the sender has promised; not above {@code ballot} where a lease is the
     *     reason
     * @param leaseHeld whether the sender has granted a lease, or may have before it restarted,
     *     which is still running
     */
    record Refusal(Ballot ballot, Ballot promised, boolean leaseHeld) implements GroupMessage {}

    /**
     * A candidate that holds a quorum of promises asks the best acceptor for entries from {@code
     * fromLsn} on.
     */
    record Fetch(Ballot ballot, long fromLsn) implements GroupMessage {}

    /**
     * Entries in answer to {@link Fetch}, in order and without holes.
     *
     * @param lastLsn the end of the sender's log; more is to be fetched while the entries end below
     *     it
     */
    record Fetched(Ballot ballot, long fromLsn, List<LogEntry> entries, long lastLsn)
            implements GroupMessage {}

    /**
     * Phase 2a, for any number of entries, none included. The receiver appends them only on top of
     * the entry named by {@code previousLsn} and {@code previousBallot}.
     *
     * @param committedLsn up to where the log is committed
     * @param trimLsn up to where entries are no longer needed by the group
     * @param incarnation the incarnation of the leader
     */
    record Accept(
            Ballot ballot,
            long previousLsn,
            Ballot previousBallot,
            List<LogEntry> entries,
            long committedLsn,
            long trimLsn,
            long incarnation)
            implements GroupMessage {}

    /**
     * Phase 2b: the sender has on disk the leader's log up to {@code lsn}.
     *
     * @param committedLsn up to where the sender knows the log to be committed
     * @param flushedLsn up to where the sender's store holds the effects on disk
     * @param grantIncarnation the incarnation of the sender, which from now on counts this group
     *     into the lease that its heartbeat answers renew; zero where it grants none
     */
    record Accepted(
            Ballot ballot, long lsn, long committedLsn, long flushedLsn, long grantIncarnation)
            implements GroupMessage {}

    /**
     * The sender's log does not hold the previous entry of an {@link Accept}.
     *
     * @param tryFromLsn the leader should go on from here; never above the sender's end of log + 1,
     *     and {@link #NOWHERE} where the sender's store is void and only a snapshot helps
     */
    record Behind(Ballot ballot, long tryFromLsn, long flushedLsn) implements GroupMessage {
        /** In the place of an LSN: the sender needs a snapshot whatever the log holds. */
        public static final long NOWHERE = 0;
    }

    /**
     * The leader has given up its office durably: its lease is void, and the receiver may become
     * leader at once.
     */
    record Resigned(Ballot ballot) implements GroupMessage {}
}
