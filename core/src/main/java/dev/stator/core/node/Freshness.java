package dev.stator.core.node;

import dev.stator.replication.Ballot;

/**
 * When a replica last held everything that its group had committed, as far as it can know: what
 * decides whether it may answer eventually consistent reads.
 *
 * <p>To hear the leader is not enough. A replica that was away for an hour hears it again before it
 * has caught up, and all the while it does. So a word of the leader, which says up to where the log
 * is committed, counts from the moment when it came, but only once all that is applied here. While
 * nothing more is known to be committed, messages that go both ways are as good as a word: the
 * leader would send what is missing.
 *
 * <p>Times are those of the node's clock, in nanoseconds.
 */
final class Freshness {
    private boolean known;
    private long freshNanos;
    private Ballot lastWord = Ballot.NONE;

    /** A word that is not applied yet; the oldest one, so that under load one of them ever is. */
    private boolean awaits;

    private long awaitedLsn;
    private long awaitedSinceNanos;

    /** The leader of the ballot says that the log is committed up to there. */
    void leaderSaid(Ballot ballot, long committedLsn, long appliedLsn, long nowNanos) {
        lastWord = ballot;
        if (!awaits) {
            awaits = true;
            awaitedLsn = committedLsn;
            awaitedSinceNanos = nowNanos;
        }
        applied(appliedLsn);
    }

    void applied(long lsn) {
        if (awaits && lsn >= awaitedLsn) {
            awaits = false;
            renew(awaitedSinceNanos);
        }
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
        return !awaits && !leader.equals(Ballot.NONE) && leader.equals(lastWord);
    }

    boolean within(long nanos, long nowNanos) {
        return known && nowNanos - freshNanos < nanos;
    }
}
