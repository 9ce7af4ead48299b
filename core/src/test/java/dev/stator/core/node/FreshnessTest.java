package dev.stator.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.replication.Ballot;
import dev.stator.replication.NodeId;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Ballot FIRST = new Ballot(1, new NodeId(1, 1));
    private static final Ballot SECOND = new Ballot(2, new NodeId(2, 2));
    private static final long BOUND = 100;

    private final Freshness freshness = new Freshness();

    @Test
    void aReplicaThatHasHeardNothingIsNotFresh() {
        assertThat(freshness.within(BOUND, 0)).isFalse();
        assertThat(freshness.hasAllOf(FIRST)).isFalse();
        assertThat(freshness.hasAllOf(Ballot.NONE)).isFalse();
    }

    /** The replica holds all up to this entry. */
    private void holds(long lsn, Ballot ballot) {
        freshness.committed(lsn, ballot);
        freshness.applied(lsn);
    }

    @Test
    void aReplicaThatCameBackIsNotFreshBeforeItHasCaughtUp() {
        holds(10, FIRST);
        freshness.leaderSaid(FIRST, 50, 1_000);
        freshness.applied(49);
        assertThat(freshness.within(BOUND, 1_010)).isFalse();
        assertThat(freshness.hasAllOf(FIRST)).isFalse();
        freshness.applied(50);
        assertThat(freshness.within(BOUND, 1_010)).isTrue();
        assertThat(freshness.hasAllOf(FIRST)).isTrue();
    }

    /** It restarted and knows no more to be committed than its own store holds. */
    @Test
    void aNewLeadersWordCountsOnceTheEntryThatItsBallotBeginsWithIsApplied() {
        holds(10, FIRST);
        freshness.leaderSaid(SECOND, 10, 1_000);
        assertThat(freshness.within(BOUND, 1_000)).isFalse();
        assertThat(freshness.hasAllOf(SECOND)).isFalse();
        holds(50, FIRST);
        assertThat(freshness.within(BOUND, 1_000)).isFalse();
        holds(51, SECOND);
        assertThat(freshness.within(BOUND, 1_000)).isTrue();
        assertThat(freshness.hasAllOf(SECOND)).isTrue();
    }

    @Test
    void aWordCountsFromWhenItCame() {
        holds(10, FIRST);
        freshness.leaderSaid(FIRST, 50, 1_000);
        freshness.applied(60);
        assertThat(freshness.within(BOUND, 1_099)).isTrue();
        assertThat(freshness.within(BOUND, 1_100)).isFalse();
    }

    @Test
    void underLoadOneWordAfterTheOtherIsAwaited() {
        holds(49, FIRST);
        freshness.leaderSaid(FIRST, 50, 1_000);
        freshness.leaderSaid(FIRST, 80, 1_020);
        freshness.applied(50);
        assertThat(freshness.hasAllOf(FIRST)).as("the second word is not applied").isFalse();
        freshness.leaderSaid(FIRST, 110, 1_040);
        assertThat(freshness.within(BOUND, 1_099)).isTrue();
        freshness.applied(110);
        assertThat(freshness.within(BOUND, 1_139)).isTrue();
        assertThat(freshness.within(BOUND, 1_140)).isFalse();
    }

    @Test
    void theWordOfAnEarlierLeaderSaysNothingOfThePresentOne() {
        holds(50, FIRST);
        freshness.leaderSaid(FIRST, 50, 1_000);
        assertThat(freshness.hasAllOf(SECOND)).isFalse();
        freshness.leaderSaid(SECOND, 50, 1_001);
        holds(51, SECOND);
        freshness.leaderSaid(SECOND, 51, 1_002);
        assertThat(freshness.hasAllOf(SECOND)).isTrue();
    }

    @Test
    void whatWasOnceFreshDoesNotBecomeOlder() {
        freshness.renew(1_000);
        freshness.renew(900);
        assertThat(freshness.within(BOUND, 1_099)).isTrue();
    }
}
