package dev.stator.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.replication.NodeMessage.GroupBallot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;

/** The limits of a lease, to the nanosecond and to the group: what histories seldom come to. */
class LeasesTest {
    private static final NodeId LEADER = new NodeId(0, 1);
    private static final NodeId FOLLOWER = new NodeId(0, 2);
    private static final Timing TIMING = Timing.DEFAULT;
    private static final long LEASE = TIMING.leaseNanos();
    private static final long RELIED_ON = TIMING.leaderLeaseNanos();
    private static final long STARTED = 50_000_000_000L;
    private static final int NAMED_MAX = PeerLink.GROUPS_PER_MESSAGE_MAX;

    private static final Leases.GroupNews NO_NEWS =
            new Leases.GroupNews() {
                @Override
                public void ceded(GroupBallot group) {}

                @Override
                public void withdrawn(NodeId follower, GroupBallot group) {}
            };

    private long now = STARTED;

    private static Leases leases(NodeId self, long incarnation) {
        return new Leases(self, incarnation, List.of(LEADER, FOLLOWER), TIMING, STARTED);
    }

    /** The leader's next heartbeat to the follower, sent now. */
    private NodeMessage.Heartbeat heartbeat(Leases leader) {
        List<NodeMessage> sent = new ArrayList<>();
        leader.onTick(now, (_, message) -> sent.add(message));
        return (NodeMessage.Heartbeat) sent.getLast();
    }

    /** What the follower answers to a heartbeat that arrives now. */
    private NodeMessage.HeartbeatAnswer answer(Leases follower, NodeMessage.Heartbeat heartbeat) {
        List<NodeMessage> sent = new ArrayList<>();
        follower.onMessage(LEADER, heartbeat, now, (_, message) -> sent.add(message), NO_NEWS);
        return (NodeMessage.HeartbeatAnswer) sent.getLast();
    }

    private void take(Leases leader, NodeMessage.HeartbeatAnswer answer) {
        leader.onMessage(FOLLOWER, answer, now, (_, _) -> {}, NO_NEWS);
    }

    @Test
    void aNodeIsSilentForOneWholeLease() {
        Leases restarted = leases(FOLLOWER, 2);
        assertThat(restarted.silent(STARTED)).isTrue();
        assertThat(restarted.silent(STARTED + LEASE - 1)).isTrue();
        assertThat(restarted.silent(STARTED + LEASE)).isFalse();
    }

    @Test
    void aLeaderReliesOnALeaseFromWhenItAskedForIt() {
        Leases leader = leases(LEADER, 1);
        Leases follower = leases(FOLLOWER, 1);
        NodeMessage.Heartbeat heartbeat = heartbeat(leader);
        long asked = now;
        now += 300_000_000;
        NodeMessage.HeartbeatAnswer answer = answer(follower, heartbeat);
        now += 300_000_000;
        take(leader, answer);
        assertThat(leader.holdsGrantOf(FOLLOWER, 1, asked + RELIED_ON - 1)).isTrue();
        assertThat(leader.holdsGrantOf(FOLLOWER, 1, asked + RELIED_ON)).isFalse();
    }

    @Test
    void aGrantBindsForALeaseFromWhenItIsGiven() {
        Leases leader = leases(LEADER, 1);
        Leases follower = leases(FOLLOWER, 1);
        NodeMessage.Heartbeat heartbeat = heartbeat(leader);
        now += 300_000_000;
        answer(follower, heartbeat);
        assertThat(follower.grants(LEADER, 1, now + LEASE - 1)).isTrue();
        assertThat(follower.grants(LEADER, 1, now + LEASE)).isFalse();
    }

    @Test
    void aLeaderReliesOnLessThanWhatBindsItsFollowerWhateverTheRatesOfTheirClocks() {
        double drift = TIMING.driftPpm() / 1e6;
        assertThat(RELIED_ON / (1 - drift)).isLessThanOrEqualTo(LEASE / (1 + drift));
        assertThat(RELIED_ON / (1 - drift)).isGreaterThan(LEASE / (1 + drift) * 0.999);
    }

    @Test
    void anAnswerToAnEarlierRunRenewsNothing() {
        Leases follower = leases(FOLLOWER, 1);
        NodeMessage.HeartbeatAnswer late = answer(follower, heartbeat(leases(LEADER, 1)));
        Leases leader = leases(LEADER, 2);
        heartbeat(leader);
        take(leader, late);
        assertThat(leader.holdsGrantOf(FOLLOWER, 1, now)).isFalse();
    }

    @Test
    void anAnswerOfAnEarlierRunRenewsNothing() {
        Leases leader = leases(LEADER, 1);
        NodeMessage.Heartbeat heartbeat = heartbeat(leader);
        NodeMessage.HeartbeatAnswer late = answer(leases(FOLLOWER, 1), heartbeat);
        now += LEASE;
        take(leader, answer(leases(FOLLOWER, 2), heartbeat));
        take(leader, late);
        assertThat(leader.holdsGrantOf(FOLLOWER, 1, now)).isFalse();
        assertThat(leader.heardIncarnation(FOLLOWER, now)).isEqualTo(2);
    }

    /** The place where its sending time was kept is that of a later heartbeat by now. */
    @Test
    void anAnswerThatIsOlderThanWhatIsRememberedRenewsNothing() {
        Leases leader = leases(LEADER, 1);
        Leases follower = leases(FOLLOWER, 1);
        NodeMessage.HeartbeatAnswer late = answer(follower, heartbeat(leader));
        now += LEASE;
        for (int i = 0; i < 100; i++) {
            now += TIMING.heartbeatNanos();
            heartbeat(leader);
            take(leader, late);
            assertThat(leader.holdsGrantOf(FOLLOWER, 1, now)).as("heartbeat %d", i).isFalse();
        }
    }

    @Test
    void whatWasWithdrawnIsNamedUntilTheLeaderHasSeenIt() {
        Leases leader = leases(LEADER, 1);
        Leases follower = leases(FOLLOWER, 1);
        answer(follower, heartbeat(leader));
        follower.withdraw(LEADER, new GroupId(5), ballot(5));
        now += TIMING.heartbeatNanos();
        NodeMessage.HeartbeatAnswer lost = answer(follower, heartbeat(leader));
        now += TIMING.heartbeatNanos();
        NodeMessage.HeartbeatAnswer taken = answer(follower, heartbeat(leader));
        take(leader, taken);
        now += TIMING.heartbeatNanos();
        NodeMessage.HeartbeatAnswer after = answer(follower, heartbeat(leader));
        assertThat(lost.withdrawn()).containsExactly(group(5));
        assertThat(taken.withdrawn()).containsExactly(group(5));
        assertThat(after.withdrawn()).isEmpty();
        assertThat(after.renews()).isTrue();
    }

    /** More than one message names; so that no group is believed to be granted that is not. */
    @Test
    void anAnswerThatCannotNameAllThatWasWithdrawnRenewsNothing() {
        Leases leader = leases(LEADER, 1);
        Leases follower = leases(FOLLOWER, 1);
        take(leader, answer(follower, heartbeat(leader)));
        now += LEASE;
        for (int i = 1; i <= 2 * NAMED_MAX + 1; i++) {
            follower.withdraw(LEADER, new GroupId(i), ballot(i));
        }
        SequencedSet<GroupBallot> named = new LinkedHashSet<>();
        for (int round = 0; round < 2; round++) {
            NodeMessage.HeartbeatAnswer answer = answer(follower, heartbeat(leader));
            assertThat(answer.withdrawn()).hasSize(NAMED_MAX);
            assertThat(answer.renews()).isFalse();
            named.addAll(answer.withdrawn());
            take(leader, answer);
            assertThat(leader.holdsGrantOf(FOLLOWER, 1, now)).isFalse();
            assertThat(follower.grants(LEADER, 1, now)).isFalse();
            now += TIMING.heartbeatNanos();
        }
        NodeMessage.HeartbeatAnswer last = answer(follower, heartbeat(leader));
        named.addAll(last.withdrawn());
        take(leader, last);
        assertThat(last.renews()).isTrue();
        assertThat(named).hasSize(2 * NAMED_MAX + 1);
        assertThat(leader.holdsGrantOf(FOLLOWER, 1, now)).isTrue();
    }

    /** A group that no answer has named yet is not taken for seen. */
    @Test
    void whatNoAnswerHasNamedIsNotForgotten() {
        Leases leader = leases(LEADER, 1);
        Leases follower = leases(FOLLOWER, 1);
        take(leader, answer(follower, heartbeat(leader)));
        now += TIMING.heartbeatNanos();
        NodeMessage.Heartbeat seenSoFar = heartbeat(leader);
        follower.withdraw(LEADER, new GroupId(5), ballot(5));
        assertThat(answer(follower, seenSoFar).withdrawn()).containsExactly(group(5));
    }

    private static Ballot ballot(long round) {
        return new Ballot(round, LEADER);
    }

    private static GroupBallot group(long number) {
        return new GroupBallot(new GroupId(number), ballot(number));
    }
}
