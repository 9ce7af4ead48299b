package dev.stator.core.node;

import dev.stator.replication.Ballot;

/**
 * When a replica last held everything that its group had committed, as far as it can know: what
 * decides whether it may answer eventually consistent reads.
 *
 * <p>To hear the leader is not enough. A replica that was away for an hour hears it again before it
 * has caught up, and all the while it does. So a word of the leader, which says up to where the log
 * is committed, counts from the moment when it came, but only once all that is applied here. It
 * counts not before the entry that its ballot begins with is applied, too: until that one is
 * committed, a new leader does not know itself up to where its log is. While nothing more is known
 * to be committed, messages that go both ways are as good as a word: the leader would send what is
 * missing.
 *
 * <p>Times are those of the node's clock, in nanoseconds.
 */
final class Freshness {
    private boolean known;
    private long freshNanos;

    private Ballot lastWord = Ballot.NONE;
    private long saidLsn;

    /** A word that is not applied yet; the oldest one, so that under load one of them ever is. */
    private boolean awaits;

    private long awaitedLsn;
    private long awaitedSinceNanos;

    /** The ballot of the last entry that is known here, and the first LSN known in it. */
    private Ballot committedBallot = Ballot.NONE;

    private long committedBallotLsn;
    private long appliedLsn;

    /** The leader of the ballot says that the log is committed up to there. */
    void leaderSaid(Ballot ballot, long committedLsn, long nowNanos) {
        lastWord = ballot;
        saidLsn = Math.max(saidLsn, committedLsn);
        if (!awaits) {
            awaits = true;
            awaitedLsn = committedLsn;
            awaitedSinceNanos = nowNanos;
        }
        settle();
    }

    /** The next committed entry, or the last one of what the store holds at a start. */
    void committed(long lsn, Ballot ballot) {
        if (!ballot.equals(committedBallot)) {
            committedBallot = ballot;
            committedBallotLsn = lsn;
        }
    }

    void applied(long lsn) {
        appliedLsn = Math.max(appliedLsn, lsn);
        settle();
    }

    private void settle() {
        if (awaits && appliedLsn >= awaitedLsn && hasAppliedEntryOf(lastWord)) {
            awaits = false;
            renew(awaitedSinceNanos);
        }
    }

    private boolean hasAppliedEntryOf(Ballot ballot) {
        return committedBallot.equals(ballot) && appliedLsn >= committedBallotLsn;
    }

    /** The replica holds now whatever is committed. */
    void renew(long nowNanos) {
        if (!known || nowNanos - freshNanos > 0) {
            known = true;
            freshNanos = nowNanos;
        }
    }

    /**
     * Whether all is applied that this leader has said to be committed, and it has said something.
     */
    boolean hasAllOf(Ballot leader) {
        return !leader.equals(Ballot.NONE)
                && leader.equals(lastWord)
                && appliedLsn >= saidLsn
                && hasAppliedEntryOf(leader);
    }

    boolean within(long nanos, long nowNanos) {
        return known && nowNanos - freshNanos < nanos;
    }
}
