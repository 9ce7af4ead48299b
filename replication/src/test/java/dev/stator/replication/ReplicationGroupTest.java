package dev.stator.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.replication.NodeMessage.GroupBallot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One member and messages made by hand: what is too rare to wait for. */
class ReplicationGroupTest {
    private static final NodeId A = new NodeId(0, 1);
    private static final NodeId B = new NodeId(0, 2);
    private static final NodeId C = new NodeId(0, 3);
    private static final GroupId GROUP = new GroupId(7);
    private static final Timing TIMING = Timing.DEFAULT;
    private static final long MILLIS = 1_000_000;

    private record Sent(NodeId to, GroupMessage message) {}

    /** The member A in its second run; its disk is as fast as thought. */
    private final class MemberA implements GroupPort {
        private final Leases leases;
        private final List<Sent> sent = new ArrayList<>();
        private final List<NodeMessage> toNodes = new ArrayList<>();
        private final RecoveredReplica disk = new RecoveredReplica();
        private long records;
        private int snapshotsNeeded;
        private final ReplicationGroup group;

        /** One that is new on its node, which has run for long. */
        MemberA() {
            this(false, 0);
        }

        MemberA(boolean recovered, long startedAtNanos) {
            leases = new Leases(A, 2, List.of(A, B, C), TIMING, startedAtNanos);
            group =
                    new ReplicationGroup(
                            new ReplicationGroup.Origin(
                                    GROUP,
                                    List.of(storing(A), storing(B), storing(C)),
                                    new RecoveredReplica(),
                                    recovered),
                            Limits.DEFAULT,
                            leases,
                            this);
            group.startFrom(0, Ballot.NONE);
        }

        void receive(NodeId from, GroupMessage message) {
            group.onMessage(from, message, now);
            group.flush(now);
            group.onPersisted(records, now);
        }

        void receive(NodeId from, NodeMessage message) {
            leases.onMessage(
                    from,
                    message,
                    now,
                    (_, answer) -> toNodes.add(answer),
                    new Leases.GroupNews() {
                        @Override
                        public void ceded(GroupBallot ceded) {
                            group.onCeded(ceded.ballot(), now);
                        }

                        @Override
                        public void withdrawn(NodeId follower, GroupBallot withdrawn) {
                            group.onWithdrawn(follower, withdrawn.ballot());
                        }
                    });
        }

        NodeMessage.HeartbeatAnswer lastAnswer() {
            return (NodeMessage.HeartbeatAnswer) toNodes.getLast();
        }

        /** The messages of a kind that were sent to a node, and forgets all. */
        <T extends GroupMessage> List<T> takeSent(NodeId to, Class<T> kind) {
            List<T> taken =
                    sent.stream()
                            .filter(message -> message.to().equals(to))
                            .map(Sent::message)
                            .filter(kind::isInstance)
                            .map(kind::cast)
                            .toList();
            sent.clear();
            return taken;
        }

        @Override
        public void send(NodeId to, GroupMessage message) {
            sent.add(new Sent(to, message));
        }

        @Override
        public void persist(GroupRecord record) {
            records++;
            disk.replay(record);
        }

        @Override
        public void committed(LogEntry entry) {}

        @Override
        public void leadershipGained(Ballot ballot, long ballotStartLsn) {}

        @Override
        public void leadershipLost(Ballot ballot) {}

        @Override
        public void snapshotNeeded(NodeId follower) {
            snapshotsNeeded++;
        }
    }

    private long now = 10_000 * MILLIS;
    private final MemberA member = new MemberA();

    private static Member storing(NodeId node) {
        return new Member(node, Member.Role.STORAGE);
    }

    private static NodeMessage.Heartbeat heartbeat(
            long incarnation, long sequence, long lastAnswerSeen) {
        return new NodeMessage.Heartbeat(incarnation, sequence, lastAnswerSeen, List.of());
    }

    private static GroupMessage.Accept accept(Ballot ballot, long incarnation) {
        return new GroupMessage.Accept(ballot, 0, Ballot.NONE, List.of(), 0, 0, incarnation);
    }

    // ---- As a follower

    @Test
    void aLateHeartbeatThatAcknowledgesAnswersOfAnEarlierRunForgetsNoWithdrawal() {
        Ballot led = new Ballot(1, B);
        member.receive(B, heartbeat(1, 1, 0));
        member.receive(B, accept(led, 1));
        now += 2 * TIMING.leaseNanos();
        member.receive(C, new GroupMessage.Prepare(new Ballot(2, C), 0));
        assertThat(member.takeSent(C, GroupMessage.Promise.class)).hasSize(1);

        member.receive(B, heartbeat(1, 2, 0));
        assertThat(member.lastAnswer().withdrawn()).containsExactly(new GroupBallot(GROUP, led));
        member.receive(B, heartbeat(1, 3, 500)); // Sent before B heard of this run.
        assertThat(member.lastAnswer().withdrawn()).containsExactly(new GroupBallot(GROUP, led));
        member.receive(B, heartbeat(1, 4, member.lastAnswer().number()));
        assertThat(member.lastAnswer().withdrawn()).isEmpty();
    }

    @Test
    void theFirstHeartbeatOfALeaderForgetsNoWithdrawal() {
        Ballot led = new Ballot(1, B);
        member.receive(B, accept(led, 1)); // Its heartbeats are slower.
        member.receive(C, new GroupMessage.Prepare(new Ballot(2, C), 0));
        assertThat(member.takeSent(C, GroupMessage.Promise.class)).hasSize(1);

        member.receive(B, heartbeat(1, 1, 0));
        assertThat(member.lastAnswer().withdrawn()).containsExactly(new GroupBallot(GROUP, led));
    }

    @Test
    void aGrantToARunOfTheLeaderThatHasEndedBindsNoLonger() {
        member.receive(B, heartbeat(1, 1, 0));
        member.receive(B, accept(new Ballot(1, B), 1));
        member.receive(C, new GroupMessage.Prepare(new Ballot(2, C), 0));
        assertThat(member.takeSent(C, GroupMessage.Refusal.class))
                .singleElement()
                .matches(GroupMessage.Refusal::leaseHeld);

        member.receive(B, heartbeat(2, 1, 0));
        member.receive(C, new GroupMessage.Prepare(new Ballot(2, C), 0));
        assertThat(member.takeSent(C, GroupMessage.Promise.class)).hasSize(1);
    }

    /** A late Accept makes it follow a leader that has resigned and whose word for it was lost. */
    @Test
    void aFollowerThatIsAskedForItsLeaderAsksTheLeader() {
        Ballot led = new Ballot(1, B);
        member.receive(B, accept(led, 1));
        member.receive(B, heartbeat(1, 1, 0));
        member.sent.clear();

        member.receive(C, new GroupMessage.Inquiry(Ballot.NONE));
        assertThat(member.takeSent(B, GroupMessage.Accepted.class))
                .singleElement()
                .matches(accepted -> accepted.ballot().equals(led));

        member.receive(B, new GroupMessage.Resigned(led));
        member.receive(C, new GroupMessage.Inquiry(Ballot.NONE));
        assertThat(member.takeSent(C, GroupMessage.InquiryAnswer.class))
                .singleElement()
                .matches(answer -> !answer.leaderHealthy());
    }

    @Test
    void aLeaderThatAsksForALeaderIsNotToldOfItself() {
        member.receive(B, accept(new Ballot(1, B), 1));
        member.receive(B, heartbeat(1, 1, 0));
        member.receive(B, new GroupMessage.Inquiry(new Ballot(1, B)));
        assertThat(member.takeSent(B, GroupMessage.InquiryAnswer.class))
                .singleElement()
                .matches(answer -> !answer.leaderHealthy());
        member.receive(C, new GroupMessage.Inquiry(Ballot.NONE));
        assertThat(member.takeSent(C, GroupMessage.InquiryAnswer.class))
                .singleElement()
                .matches(GroupMessage.InquiryAnswer::leaderHealthy);
    }

    private static GroupMessage.Accept accept(
            Ballot ballot, long previousLsn, Ballot previous, long committed, Ballot... entries) {
        List<LogEntry> list = new ArrayList<>();
        for (Ballot entry : entries) {
            list.add(
                    new LogEntry(
                            previousLsn + list.size() + 1,
                            entry,
                            LogEntry.Kind.COMMAND,
                            new byte[] {1}));
        }
        return new GroupMessage.Accept(ballot, previousLsn, previous, list, committed, 0, 1);
    }

    private List<Long> confirmedTo(NodeId leader) {
        return member.takeSent(leader, GroupMessage.Accepted.class).stream()
                .map(GroupMessage.Accepted::lsn)
                .toList();
    }

    /** What follows in its log may be another leader's, never chosen, and about to be replaced. */
    @Test
    void onlyWhatTheLeaderHasSentIsConfirmed() {
        Ballot before = new Ballot(1, B);
        Ballot led = new Ballot(2, C);
        member.receive(B, accept(before, 0, Ballot.NONE, 0, before, before, before));
        member.sent.clear();
        member.receive(C, accept(led, 0, Ballot.NONE, 0, before));
        assertThat(confirmedTo(C)).containsExactly(1L);
    }

    @Test
    void whatIsCommittedIsAppliedOnlyAsFarAsTheLogIsTheLeaders() {
        Ballot before = new Ballot(1, B);
        Ballot led = new Ballot(2, C);
        member.receive(B, accept(before, 0, Ballot.NONE, 0, before, before, before));
        member.receive(C, accept(led, 0, Ballot.NONE, 3, before));
        assertThat(member.group.committedLsn()).isEqualTo(1);
    }

    @Test
    void entriesOfAnotherBallotMakeWayWithAllThatFollowsThem() {
        Ballot before = new Ballot(1, B);
        Ballot led = new Ballot(2, C);
        member.receive(B, accept(before, 0, Ballot.NONE, 0, before, before, before));
        member.receive(C, accept(led, 1, before, 0, led));
        assertThat(member.group.lastLsn()).isEqualTo(2);
        assertThat(member.group.entry(2).ballot()).isEqualTo(led);
        member.sent.clear();
        member.receive(C, accept(led, 3, before, 0, led));
        assertThat(member.takeSent(C, GroupMessage.Behind.class))
                .as("nothing is taken on top of what is not there")
                .hasSize(1);
    }

    @Test
    void nothingIsTakenInABallotBelowThePromise() {
        Ballot led = new Ballot(1, B);
        member.receive(C, new GroupMessage.Prepare(new Ballot(2, C), 0));
        member.sent.clear();
        member.receive(B, accept(led, 0, Ballot.NONE, 0, led));
        assertThat(member.takeSent(B, GroupMessage.Refusal.class)).hasSize(1);
        assertThat(member.group.lastLsn()).isZero();
    }

    @Test
    void nothingIsConfirmedOrPromisedBeforeItIsOnDisk() {
        Ballot led = new Ballot(1, B);
        member.group.onMessage(B, accept(led, 0, Ballot.NONE, 0, led), now);
        assertThat(confirmedTo(B)).isEmpty();
        member.group.onPersisted(member.records, now);
        assertThat(confirmedTo(B)).containsExactly(1L);
        member.group.onMessage(C, new GroupMessage.Prepare(new Ballot(2, C), 0), now);
        assertThat(member.takeSent(C, GroupMessage.Promise.class)).isEmpty();
        member.group.onPersisted(member.records, now);
        assertThat(member.takeSent(C, GroupMessage.Promise.class)).hasSize(1);
    }

    // ---- As a leader

    /** Raft, section 5.4.2: copies of an old entry prove nothing, a later log may replace it. */
    @Test
    void entriesOfEarlierBallotsAreCommittedOnlyWithOneOfTheLeadersOwn() {
        Ballot before = new Ballot(1, B);
        member.receive(B, accept(before, 0, Ballot.NONE, 0, before));
        member.receive(B, new GroupMessage.Resigned(before));
        Ballot ballot = lead();
        long start = member.group.lastLsn();
        assertThat(start).isEqualTo(2);
        member.receive(B, confirmed(ballot, 1));
        member.receive(C, confirmed(ballot, 1));
        assertThat(member.group.committedLsn()).isZero();
        member.receive(C, confirmed(ballot, start));
        assertThat(member.group.committedLsn()).isEqualTo(start);
    }

    @Test
    void aLeaderServesOnceTheFirstEntryOfItsBallotIsApplied() {
        Ballot ballot = lead();
        renewedBy(B, 1);
        member.receive(B, new GroupMessage.Accepted(ballot, 1, 1, 0, 1));
        assertThat(holdsLease()).isTrue();
        assertThat(member.group.serves(now)).isFalse();
        member.group.onApplied(1, now);
        assertThat(member.group.serves(now)).isTrue();
    }

    @Test
    void aLeaderWithALeasePromisesNobody() {
        Ballot ballot = lead();
        renewedBy(B, 1);
        member.receive(B, new GroupMessage.Accepted(ballot, 1, 1, 0, 1));
        member.receive(C, new GroupMessage.Prepare(new Ballot(ballot.round() + 1, C), 0));
        assertThat(member.takeSent(C, GroupMessage.Refusal.class))
                .singleElement()
                .matches(GroupMessage.Refusal::leaseHeld);
        assertThat(member.group.leads()).isTrue();
    }

    /** A new run of a follower has granted nothing. */
    @Test
    void aLeaseEndsWithTheRunThatGrantedIt() {
        Ballot ballot = lead();
        renewedBy(B, 1);
        member.receive(B, new GroupMessage.Accepted(ballot, 1, 1, 0, 1));
        assertThat(holdsLease()).isTrue();
        member.receive(B, heartbeat(2, 1, 0));
        assertThat(holdsLease()).isFalse();
    }

    private Ballot lead() {
        while (!member.group.leads()) {
            now += TIMING.heartbeatNanos();
            member.group.onTick(now);
            member.receive(B, new GroupMessage.InquiryAnswer(Ballot.NONE, false));
            member.takeSent(B, GroupMessage.Prepare.class)
                    .forEach(prepare ->
                            member.receive(
                                    B,
                                    new GroupMessage.Promise(prepare.ballot(), 0, Ballot.NONE, 0)));
        }
        return member.group.leaderBallot();
    }

    private void renewedBy(NodeId node, long run, GroupBallot... withdrawn) {
        List<NodeMessage.Heartbeat> heartbeats = new ArrayList<>();
        now += TIMING.heartbeatNanos();
        member.leases.onTick(
                now,
                (to, message) -> {
                    if (to.equals(node) && message instanceof NodeMessage.Heartbeat heartbeat) {
                        heartbeats.add(heartbeat);
                    }
                });
        long sequence = heartbeats.getLast().sequence();
        member.receive(
                node,
                new NodeMessage.HeartbeatAnswer(
                        run, 2, sequence, sequence, true, List.of(withdrawn)));
    }

    private boolean holdsLease() {
        return member.group.hearsLeader(now);
    }

    @Test
    void onlyMembersAndItsOwnDiskConfirmToALeader() {
        Ballot ballot = lead();
        NodeId stranger = new NodeId(0, 9);
        member.group.propose(new byte[] {1});
        member.group.flush(now); // Its own disk has not confirmed yet.
        long lsn = member.group.lastLsn();
        member.group.onMessage(B, new GroupMessage.Accepted(ballot, lsn, 1, 0, 0), now);
        member.group.onMessage(stranger, new GroupMessage.Accepted(ballot, lsn, 1, 0, 0), now);
        assertThat(member.group.committedLsn()).isLessThan(lsn);
        member.group.onPersisted(member.records, now);
        assertThat(member.group.committedLsn()).isEqualTo(lsn);
    }

    private List<GroupMessage.Accept> acceptsAfterAPause() {
        member.sent.clear();
        now += TIMING.retransmitNanos();
        member.group.onTick(now);
        return member.takeSent(B, GroupMessage.Accept.class);
    }

    private static GroupMessage.Accepted confirmed(Ballot ballot, long lsn) {
        return new GroupMessage.Accepted(ballot, lsn, 0, 0, 0);
    }

    @Test
    void whatIsNotConfirmedIsAskedForAndSentAgainOnlyWhereItIsMissing() {
        Ballot ballot = lead();
        renewedBy(B, 1);
        member.receive(B, confirmed(ballot, 1));
        member.sent.clear();
        for (int i = 0; i < 3; i++) {
            member.group.propose(new byte[100]);
            member.group.flush(now);
        }
        assertThat(member.takeSent(B, GroupMessage.Accept.class)).hasSize(3);

        assertThat(acceptsAfterAPause())
                .singleElement()
                .matches(asking -> asking.entries().isEmpty() && asking.previousLsn() == 4);
        member.receive(B, new GroupMessage.Behind(ballot, 3, 0));
        assertThat(member.takeSent(B, GroupMessage.Accept.class))
                .singleElement()
                .matches(again -> again.previousLsn() == 2 && again.entries().size() == 2);
    }

    @Test
    void whatTheWindowHeldBackGoesOnWithTheNextConfirmation() {
        Ballot ballot = lead();
        renewedBy(B, 1);
        member.receive(B, confirmed(ballot, 1));
        member.sent.clear();
        for (int i = 0; i <= Limits.DEFAULT.messagesInFlight(); i++) {
            member.group.propose(new byte[100]);
            member.group.flush(now);
        }
        assertThat(member.takeSent(B, GroupMessage.Accept.class))
                .hasSize(Limits.DEFAULT.messagesInFlight());
        member.receive(B, confirmed(ballot, 2));
        assertThat(member.takeSent(B, GroupMessage.Accept.class))
                .singleElement()
                .matches(held -> held.previousLsn() == Limits.DEFAULT.messagesInFlight() + 1);
    }

    @Test
    void aFollowerThatTakesASnapshotIsSentNoEntriesMeanwhile() {
        Ballot ballot = lead();
        renewedBy(B, 1);
        member.group.propose(new byte[100]);
        member.group.flush(now);
        member.receive(B, new GroupMessage.Behind(ballot, GroupMessage.Behind.NOWHERE, 0));
        assertThat(member.snapshotsNeeded).isEqualTo(1);
        assertThat(acceptsAfterAPause()).allMatch(asking -> asking.entries().isEmpty());
        assertThat(member.snapshotsNeeded).as("asked for again").isEqualTo(2);
    }

    @Test
    void aFollowerThatForgotItsPromiseInACrashIsCountedInAgain() {
        Ballot ballot = lead();
        renewedBy(B, 1);
        member.receive(B, new GroupMessage.Accepted(ballot, 1, 1, 0, 1));
        assertThat(holdsLease()).isTrue();

        renewedBy(B, 1, new GroupBallot(GROUP, ballot));
        assertThat(holdsLease()).isFalse();
        member.receive(B, new GroupMessage.Accepted(ballot, 1, 1, 0, 1)); // A late one.
        assertThat(holdsLease()).isFalse();

        renewedBy(B, 2);
        now += TIMING.retransmitNanos();
        member.sent.clear();
        member.group.onTick(now);
        assertThat(member.takeSent(B, GroupMessage.Accept.class)).as("asked again").isNotEmpty();
        member.receive(B, new GroupMessage.Accepted(ballot, 1, 1, 0, 2));
        renewedBy(B, 2);
        assertThat(holdsLease()).isTrue();
    }

    /** Itself neither: it may have granted a lease that still binds it. */
    @Test
    void afterARestartNobodyIsPromisedForALease() {
        long started = now;
        MemberA restarted = new MemberA(true, started);
        while (now - started < TIMING.leaseNanos()) {
            restarted.group.onTick(now);
            restarted.receive(B, new GroupMessage.InquiryAnswer(Ballot.NONE, false));
            restarted.receive(C, new GroupMessage.Prepare(new Ballot(1, C), 0));
            assertThat(restarted.takeSent(C, GroupMessage.Prepare.class)).isEmpty();
            assertThat(restarted.group.leaderBallot()).isEqualTo(Ballot.NONE);
            now += TIMING.heartbeatNanos() / 10;
        }
        restarted.receive(C, new GroupMessage.Prepare(new Ballot(1, C), 0));
        assertThat(restarted.takeSent(C, GroupMessage.Promise.class)).hasSize(1);
    }

    @Test
    void theLogIsCutBelowWhatTwoStoresHaveFlushed() {
        Ballot ballot = lead();
        member.group.propose(new byte[100]);
        member.group.flush(now);
        member.group.onPersisted(member.records, now);
        member.receive(B, new GroupMessage.Accepted(ballot, 2, 2, 0, 0));
        member.receive(C, new GroupMessage.Accepted(ballot, 2, 2, 0, 0));
        member.group.onFlushed(2);
        member.group.onTick(now);
        assertThat(member.group.baseLsn()).as("one store has them").isEqualTo(0);
        member.receive(B, new GroupMessage.Accepted(ballot, 2, 2, 2, 0));
        member.group.onTick(now);
        assertThat(member.group.baseLsn()).isEqualTo(2);
    }

    @Test
    void aFollowerCutsNothingThatItsOwnStoreDoesNotHave() {
        Ballot led = new Ballot(1, B);
        List<LogEntry> entries =
                List.of(
                        new LogEntry(1, led, LogEntry.Kind.BALLOT_START, new byte[0]),
                        new LogEntry(2, led, LogEntry.Kind.COMMAND, new byte[1]));
        member.receive(B, new GroupMessage.Accept(led, 0, Ballot.NONE, entries, 2, 2, 1));
        assertThat(member.group.committedLsn()).isEqualTo(2);
        assertThat(member.group.baseLsn()).isEqualTo(0);
        member.group.onFlushed(1);
        member.receive(B, new GroupMessage.Accept(led, 2, led, List.of(), 2, 2, 1));
        assertThat(member.group.baseLsn()).isEqualTo(1);
    }

    /** Else what follows would stand on disk above a gap. */
    @Test
    void theLogOnDiskGoesOnWhereASnapshotEnds() {
        Ballot led = new Ballot(1, B);
        member.group.loseStore();
        member.group.onSnapshotInstalled(7, led);
        LogEntry next = new LogEntry(8, led, LogEntry.Kind.COMMAND, new byte[1]);
        member.receive(B, new GroupMessage.Accept(led, 7, led, List.of(next), 7, 0, 1));
        assertThat(member.disk.baseLsn()).isEqualTo(7);
        assertThat(member.disk.lastLsn()).isEqualTo(8);
    }
}
