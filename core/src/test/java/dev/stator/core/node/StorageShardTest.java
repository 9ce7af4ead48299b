package dev.stator.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.format.Command;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.PartitionState;
import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.AttributeValue;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.Invariants;
import dev.stator.replication.Limits;
import dev.stator.replication.LogEntry;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import dev.stator.replication.NodeMessage;
import dev.stator.replication.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a shard does with its log at a start, with snapshots, and with what it drops. */
class StorageShardTest {
    private static final NodeId A = new NodeId(0xA, 1);
    private static final NodeId B = new NodeId(0xB, 2);
    private static final NodeId C = new NodeId(0xC, 3);
    private static final GroupId GROUP = new GroupId(7);
    private static final GroupId OTHER_GROUP = new GroupId(8);
    private static final byte[] STATE = new PartitionState(new Ballot(3, B), 0).encode();

    private final Effects effects = new Effects();
    private final StorageShard shard =
            new StorageShard(
                    new StorageShard.Setup(
                            A, List.of(A, B, C), 0, 1, Timing.DEFAULT, Limits.DEFAULT, 0, 0),
                    effects,
                    0);

    /** A view whose reads end as the test says. */
    private static final class ScriptedView implements StoreView {
        private @Nullable Runnable then;
        private @Nullable Consumer<String> damaged;
        private boolean open = true;

        @Override
        public StorePosition position(GroupId group) {
            return new StorePosition(1, STATE);
        }

        @Override
        public void scan(ShardPort.StoreScan scan, Runnable ended, Consumer<String> failed) {
            then = ended;
            damaged = failed;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    /** Keeps what the shard asks for; nothing completes by itself. */
    private static final class Effects implements ShardPort {
        private final List<Envelope> sent = new ArrayList<>();
        private final List<StoreBatch> batches = new ArrayList<>();
        private final List<Runnable> flushes = new ArrayList<>();
        private final List<GroupId> stopped = new ArrayList<>();
        private final List<Consumer<String>> readsDamaged = new ArrayList<>();
        private final List<ScriptedView> views = new ArrayList<>();
        private long records;

        @Override
        public void send(Envelope envelope) {
            sent.add(envelope);
        }

        @Override
        public void appendLog(GroupId group, ReplicaRecord record) {
            records++;
        }

        @Override
        public void applyToStore(StoreBatch batch) {
            batches.add(batch);
        }

        @Override
        public void readStore(
                byte[] key, Consumer<byte @Nullable []> then, Consumer<String> damaged) {
            readsDamaged.add(damaged);
        }

        @Override
        public void scanStore(StoreScan scan, Runnable then, Consumer<String> damaged) {}

        @Override
        public StoreView viewStore() {
            ScriptedView view = new ScriptedView();
            views.add(view);
            return view;
        }

        @Override
        public void flushStore(Runnable then) {
            flushes.add(then);
        }

        @Override
        public long wallClockMillis() {
            return 0;
        }

        @Override
        public void systemLeadership(boolean leads, long ballotRound) {}

        @Override
        public void evaluationFailed(GroupId group, Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void replicaStopped(GroupId group, String reason) {
            stopped.add(group);
        }
    }

    private static ReplicaDescriptor replica(NodeId... nodes) {
        List<Member> members = new ArrayList<>();
        for (NodeId node : nodes) {
            members.add(new Member(node, Member.Role.STORAGE));
        }
        return new ReplicaDescriptor(GROUP, 1, KeyRange.ALL, members);
    }

    private static byte[] promised(long round) {
        return ReplicaRecordCodec.encode(
                new ReplicaRecord.Progress(new GroupRecord.Promised(new Ballot(round, B))));
    }

    private static byte[] hosted(long promisedRound) {
        return ReplicaRecordCodec.encode(
                new ReplicaRecord.Hosted(
                        replica(A, B, C),
                        new GroupRecord.Checkpoint(
                                new Ballot(promisedRound, B), 0, Ballot.NONE, List.of())));
    }

    // ---- The log at a start

    @Test
    void recordsWhoseIntroductionWentWithAnOldSegmentAreIgnored() {
        shard.recover(GROUP, promised(4));
        shard.recover(GROUP, hosted(5));
        shard.start(Map.of(), 0);
        assertThat(shard.status(0)).singleElement().matches(status -> !status.stopped());
    }

    @Test
    void aLogThatNeverIntroducesAReplicaIsRefused() {
        shard.recover(GROUP, promised(4));
        assertThatThrownBy(() -> shard.start(Map.of(), 0)).isInstanceOf(Invariants.Violation.class);
    }

    @Test
    void whatArrivesBeforeTheStartDoesNotReplaceWhatTheLogHolds() {
        shard.recover(GROUP, hosted(5));
        shard.onMessage(
                new Envelope(
                        Address.admin(B),
                        Address.storage(A),
                        new Message.HostReplica(1, replica(A, B, C))),
                0);
        shard.onTick(0);
        assertThat(effects.records).isZero();
        assertThat(effects.sent).isEmpty();
        shard.start(Map.of(), 0);
        assertThat(effects.records).isZero();
    }

    // ---- Other nodes

    private void heartbeat(NodeId node, long run, long sequence, long now) {
        shard.onMessage(
                new Envelope(
                        Address.storage(node),
                        Address.storage(A),
                        new Message.BetweenNodes(
                                new NodeMessage.Heartbeat(run, sequence, 0, List.of()))),
                now);
    }

    @Test
    void aReplicaThatSleepsIsWokenWhenItsLeadersNodeBeginsANewRun() {
        Ballot led = new Ballot(1, B);
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        heartbeat(B, 1, 1, 0);
        shard.onMessage(
                new Envelope(
                        Address.storage(B),
                        Address.storage(A),
                        new Message.Replication(
                                GROUP,
                                new GroupMessage.Accept(led, 0, Ballot.NONE, List.of(), 0, 0, 1))),
                0);
        shard.onLogSynced(effects.records, 0);
        shard.onTick(1);
        shard.onTick(2);
        effects.sent.clear();

        long second = 1_000_000_000L;
        for (long tick = 1; tick <= 20; tick++) {
            heartbeat(B, 2, tick, tick * second / 10);
            shard.onTick(tick * second / 10);
        }
        assertThat(effects.sent)
                .anyMatch(envelope ->
                        envelope.message()
                                instanceof
                                Message.Replication(GroupId group, GroupMessage.Inquiry inquiry));
    }

    // ---- Entries

    private static Message accept(GroupId group, byte[]... commands) {
        Ballot ballot = new Ballot(1, B);
        List<LogEntry> entries = new ArrayList<>();
        entries.add(new LogEntry(1, ballot, LogEntry.Kind.BALLOT_START, new byte[0]));
        for (byte[] command : commands) {
            entries.add(new LogEntry(entries.size() + 1, ballot, LogEntry.Kind.COMMAND, command));
        }
        return new Message.Replication(
                group,
                new GroupMessage.Accept(ballot, 0, Ballot.NONE, entries, entries.size(), 0, 1));
    }

    private static byte[] command() {
        return CommandCodec.encode(new Command.Changes(List.of()));
    }

    @Test
    void anEntryThatCannotBeAppliedStopsItsReplicaAndNoOther() {
        byte[] ofALaterVersion = {(byte) 0x7F};
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        shard.host(new ReplicaDescriptor(OTHER_GROUP, 2, KeyRange.ALL, replica(A, B, C).members()));

        deliver(B, accept(GROUP, ofALaterVersion, command()));
        shard.flush(0);
        assertThat(effects.stopped).containsExactly(GROUP);
        assertThat(effects.batches).extracting(StoreBatch::appliedLsn).containsExactly(1L);
        assertThat(shard.status(0))
                .extracting(StorageShard.ReplicaStatus::stopped)
                .containsExactly(true, false);

        effects.batches.clear();
        deliver(B, accept(OTHER_GROUP, command()));
        assertThat(effects.batches).extracting(StoreBatch::appliedLsn).containsExactly(1L, 2L);
    }

    // ---- Snapshots

    private Message.SnapshotChunk chunk(int index, long lsn, boolean last) {
        return new Message.SnapshotChunk(
                GROUP,
                1L << 32,
                index,
                lsn,
                STATE,
                List.of(new StoreWrite.Put(new byte[] {(byte) index}, new byte[] {(byte) lsn})),
                last);
    }

    private void deliver(NodeId from, Message message) {
        shard.onMessage(new Envelope(Address.storage(from), Address.storage(A), message), 0);
    }

    private boolean isVoid() {
        return effects.batches.getLast().appliedLsn() == 0;
    }

    @Test
    void aSnapshotOfAnotherSenderWithTheSameNumberBeginsAnew() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        deliver(B, chunk(0, 10, false));
        deliver(B, chunk(1, 10, false));
        effects.batches.clear();

        deliver(C, chunk(0, 20, false));
        assertThat(effects.batches)
                .as("what came from the first sender is cleared")
                .singleElement()
                .matches(batch -> !batch.rangeDeletes().isEmpty());

        deliver(B, chunk(2, 10, true));
        assertThat(effects.batches).as("the old one goes on no more").hasSize(1);
        assertThat(isVoid()).isTrue();
    }

    @Test
    void aSnapshotThatIsOvertakenWhileItIsFlushedIsNotTakenForWhole() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        deliver(B, chunk(0, 10, true));
        deliver(C, chunk(0, 20, false));
        effects.sent.clear();

        effects.flushes.getFirst().run();
        assertThat(effects.sent).as("the first one is not confirmed").isEmpty();
        assertThat(shard.status(0)).singleElement().matches(status -> status.committedLsn() == 0);

        deliver(C, chunk(1, 20, true));
        effects.flushes.getLast().run();
        assertThat(shard.status(0)).singleElement().matches(status -> status.committedLsn() == 20);
    }

    @Test
    void aLeaderIgnoresALateSnapshot() {
        shard.start(Map.of(), 0);
        shard.host(replica(A));
        shard.onTick(0);
        shard.onLogSynced(effects.records, 0);
        assertThat(shard.status(0)).singleElement().matches(StorageShard.ReplicaStatus::leads);
        effects.batches.clear();

        deliver(B, chunk(0, 1_000, false));
        assertThat(effects.batches).isEmpty();
    }

    @Test
    void aFollowerIgnoresASnapshotThatItHasGotPast() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        deliver(B, accept(GROUP, command()));
        effects.batches.clear();

        deliver(B, chunk(0, 2, false));
        assertThat(effects.batches).isEmpty();
    }

    @Test
    void aSnapshotBelowWhatTheLogHasCutIsIgnored() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        deliver(B, chunk(0, 20, true));
        effects.flushes.getFirst().run();
        deliver(B, chunk(0, 30, false));
        assertThat(isVoid()).isTrue();
        effects.batches.clear();

        deliver(C, chunk(0, 10, false));
        assertThat(effects.batches).isEmpty();
    }

    // ---- Damage

    private static final Ballot LED_BY_B = new Ballot(1, B);

    /** What the shard has sent to the node, and forgets all. */
    private List<GroupMessage> takeSentTo(NodeId node) {
        List<GroupMessage> taken = new ArrayList<>();
        for (Envelope envelope : effects.sent) {
            if (envelope.to().node().equals(node)
                    && envelope.message() instanceof Message.Replication(var _, var message)) {
                taken.add(message);
            }
        }
        effects.sent.clear();
        return taken;
    }

    private static Message call() {
        PlacementKey key = PlacementKey.of(new AttributeValue.S("a"));
        return new Message.PartitionCall(
                1, GROUP, new PartitionRequest.Get(key, false, Optional.empty()));
    }

    private static final GroupMessage NEEDS_SNAPSHOT =
            new GroupMessage.Behind(LED_BY_B, GroupMessage.Behind.NOWHERE, 0);

    @Test
    void aReplicaWithDamageGivesItsContentUpAndIsRefilledByItsLeader() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        deliver(B, accept(GROUP, command()));
        shard.onStoreApplied(GROUP, 2, 0);
        shard.onLogSynced(effects.records, 0);
        deliver(B, call());
        takeSentTo(B);

        effects.readsDamaged.getFirst().accept("a block");
        shard.flush(0);
        assertThat(effects.stopped).containsExactly(GROUP);
        assertThat(isVoid()).isTrue();
        assertThat(effects.flushes).as("on disk, too").hasSize(1);
        assertThat(takeSentTo(B)).contains(NEEDS_SNAPSHOT);
        effects.sent.clear();
        deliver(B, call());
        assertThat(effects.sent.getLast().message())
                .isEqualTo(new Message.PartitionAnswer(1, new PartitionResponse.NotHere()));
        shard.onTick(Timing.DEFAULT.leaseNanos());
        assertThat(takeSentTo(B)).as("said again").contains(NEEDS_SNAPSHOT);

        deliver(B, chunk(0, 20, true));
        effects.flushes.getLast().run();
        assertThat(shard.status(0))
                .singleElement()
                .matches(status -> status.committedLsn() == 20 && !status.stopped());
        deliver(B, call());
        assertThat(effects.readsDamaged).as("it reads again").hasSize(2);
    }

    @Test
    void aReplicaThatGaveItsContentUpIsVoidAfterARestart() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        deliver(B, accept(GROUP, command()));
        shard.onStoreApplied(GROUP, 2, 0);
        deliver(B, call());
        effects.readsDamaged.getFirst().accept("a block");
        shard.flush(0);
        byte[] state = effects.batches.getLast().state();
        takeSentTo(B);

        StorageShard restarted =
                new StorageShard(
                        new StorageShard.Setup(
                                A, List.of(A, B, C), 0, 2, Timing.DEFAULT, Limits.DEFAULT, 0, 0),
                        effects,
                        0);
        restarted.recover(GROUP, hosted(0));
        restarted.start(Map.of(GROUP.value(), new StorePosition(0, state)), 0);
        restarted.onMessage(
                new Envelope(Address.storage(B), Address.storage(A), accept(GROUP, command())), 0);
        assertThat(takeSentTo(B)).containsExactly(NEEDS_SNAPSHOT);
    }

    // ---- Snapshots that this shard sends

    /** Leads the group, with the promise of B, and offers C a snapshot. */
    private ScriptedView sendSnapshot() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        long now = 0;
        while (!shard.status(now).getFirst().leads()) {
            now += Timing.DEFAULT.staggerNanos();
            shard.onTick(now);
            for (GroupMessage message : takeSentTo(B)) {
                if (message instanceof GroupMessage.Inquiry) {
                    answer(new GroupMessage.InquiryAnswer(Ballot.NONE, false), now);
                } else if (message instanceof GroupMessage.Prepare prepare) {
                    answer(new GroupMessage.Promise(prepare.ballot(), 0, Ballot.NONE, 0), now);
                }
                shard.onLogSynced(effects.records, now);
            }
        }
        Ballot led = shard.status(now).getFirst().leaderBallot();
        deliver(
                C,
                new Message.Replication(
                        GROUP, new GroupMessage.Behind(led, GroupMessage.Behind.NOWHERE, 0)));
        return effects.views.getFirst();
    }

    private void answer(GroupMessage message, long now) {
        shard.onMessage(
                new Envelope(
                        Address.storage(B),
                        Address.storage(A),
                        new Message.Replication(GROUP, message)),
                now);
    }

    @Test
    void aSnapshotEndsWhereItMeetsDamage() {
        ScriptedView view = sendSnapshot();
        Objects.requireNonNull(view.damaged).accept("a block");
        assertThat(view.open).isFalse();
        shard.flush(0);
        assertThat(shard.status(0)).singleElement().matches(status -> !status.leads());
    }

    @Test
    void aSnapshotOfOneWhoLeadsNoMoreEndsWhenItsReadIsDone() {
        ScriptedView view = sendSnapshot();
        shard.resignAll(0);
        shard.onTick(0);
        assertThat(view.open).as("it is read").isTrue();
        effects.sent.clear();
        Objects.requireNonNull(view.then).run();
        assertThat(view.open).isFalse();
        assertThat(effects.sent).isEmpty();
    }

    @Test
    void aShardThatEndsLeavesNoViewOpen() {
        ScriptedView view = sendSnapshot();
        shard.close();
        assertThat(view.open).isFalse();
    }

    // ---- Dropping

    /** Also where the request comes again, and nothing is written for it. */
    @Test
    void aReplicaIsSaidToBeHostedOnceThatIsDurable() {
        shard.start(Map.of(), 0);
        deliver(B, new Message.HostReplica(1, replica(A, B, C)));
        deliver(B, new Message.HostReplica(2, replica(A, B, C)));
        assertThat(effects.sent)
                .noneMatch(answer -> answer.message() instanceof Message.ReplicaHosted);
        shard.onLogSynced(effects.records, 0);
        assertThat(effects.sent)
                .anyMatch(answer -> answer.message() instanceof Message.ReplicaHosted);
    }

    @Test
    void itemsAreRemovedOnceTheTombstoneIsDurable() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        shard.onLogSynced(effects.records, 0);

        deliver(B, new Message.DropReplica(1, GROUP));
        assertThat(effects.batches).isEmpty();

        effects.sent.clear();
        shard.onLogSynced(effects.records, 0);
        assertThat(effects.batches).singleElement().matches(StoreBatch::removesPosition);
        assertThat(effects.sent)
                .singleElement()
                .matches(answer -> answer.message() instanceof Message.ReplicaDropped);
    }

    /** A replica that has forgotten what it promised must not come back under its name. */
    @Test
    void aGroupThatWasDroppedIsNotHostedAgain() {
        shard.start(Map.of(), 0);
        shard.host(replica(A, B, C));
        deliver(B, new Message.DropReplica(1, GROUP));
        deliver(B, new Message.HostReplica(2, replica(A, B, C))); // It has come late.
        assertThat(shard.status(0)).isEmpty();
    }

    @Test
    void aGroupThatWasDroppedBeforeARestartIsNotHostedAgain() {
        shard.recover(GROUP, hosted(5));
        shard.recover(
                GROUP, ReplicaRecordCodec.encode(new ReplicaRecord.Dropped(replica(A, B, C))));
        shard.start(Map.of(), 0);
        deliver(B, new Message.HostReplica(2, replica(A, B, C)));
        assertThat(shard.status(0)).isEmpty();
    }
}
