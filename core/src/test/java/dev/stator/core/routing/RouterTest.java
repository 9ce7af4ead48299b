package dev.stator.core.routing;

import static dev.stator.core.metadata.SampleTables.ACCOUNT;
import static dev.stator.core.metadata.SampleTables.NODE_A;
import static dev.stator.core.metadata.SampleTables.NODE_B;
import static dev.stator.core.metadata.SampleTables.NODE_C;
import static dev.stator.core.metadata.SampleTables.active;
import static dev.stator.core.metadata.SampleTables.entry;
import static dev.stator.core.metadata.SampleTables.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.operations.OperationContext;
import dev.stator.core.operations.OperationContext.Outcome;
import dev.stator.core.operations.OperationContext.RangeOutcome;
import dev.stator.core.routing.LittleCluster.Client;
import dev.stator.core.routing.LittleCluster.End;
import dev.stator.core.wire.Message.PartitionCall;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.Got;
import dev.stator.core.wire.PartitionResponse.Indeterminate;
import dev.stator.core.wire.PartitionResponse.NotHere;
import dev.stator.core.wire.PartitionResponse.NotLeader;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.core.wire.PartitionResponse.Unavailable;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final PlacementKey KEY = PlacementKey.of(new AttributeValue.S("a"));
    private static final PartitionRequest WRITE =
            new PartitionRequest.Write(
                    KEY,
                    new PartitionRequest.Change.Delete(),
                    Optional.empty(),
                    false,
                    false,
                    false);
    private static final PartitionRequest STRONG_GET =
            new PartitionRequest.Get(KEY, true, Optional.empty());
    private static final PartitionRequest EVENTUAL_GET =
            new PartitionRequest.Get(KEY, false, Optional.empty());
    private static final Written WRITTEN = new Written(Optional.empty(), Optional.empty(), 0, 0);
    private static final Got NOTHING_THERE = new Got(Optional.empty(), 0);
    private static final int FAILOVER_MILLIS = 2_500;

    private final LittleCluster cluster = new LittleCluster();
    private final List<Outcome> outcomes = new ArrayList<>();

    /** The group of the only partition of the table of the tests. */
    private static final long GROUP = 700;

    private void tableLedBy(NodeId leader) {
        cluster.tables(entry("orders", 7, 1));
        cluster.routes(route(GROUP, leader, 5));
    }

    private static LittleCluster.Replica leaderAt(NodeId leader, PartitionResponse response) {
        return (node, call) -> node.equals(leader) ? response : new NotLeader(Optional.of(leader));
    }

    /** An operation that makes one call and is done, or fails as the call does. */
    private Consumer<OperationContext> calling(PartitionRequest request) {
        return context ->
                context.findTable(
                        "orders",
                        table -> {
                            if (table.isEmpty()) {
                                context.fail(new ApiError.ResourceNotFound("no table"));
                            } else {
                                context.call(
                                        table.get(),
                                        KEY,
                                        request,
                                        outcome -> end(context, outcome));
                            }
                        });
    }

    private void end(OperationContext context, Outcome outcome) {
        outcomes.add(outcome);
        switch (outcome) {
            case Outcome.Served _ -> context.answer(LittleCluster.DONE);
            case Outcome.Failed(ApiError error, boolean _) -> context.fail(error);
        }
    }

    private static void assertDone(Client client) {
        assertThat(client.end()).isEqualTo(new End.Answered(LittleCluster.DONE));
    }

    @Test
    void aWriteGoesToTheLeader() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        assertDone(cluster.start(calling(WRITE)));
        assertThat(cluster.called()).containsExactly(NODE_B);
        assertThat(outcomes).containsExactly(new Outcome.Served(WRITTEN));
        assertThat(cluster.requestsInFlight()).isZero();
    }

    @Test
    void anEventualReadGoesToTheOwnZoneAndThenToTheOthers() {
        tableLedBy(NODE_B);
        cluster.replica = (node, call) -> NOTHING_THERE;
        assertDone(cluster.start(calling(EVENTUAL_GET)));
        assertThat(cluster.called()).containsExactly(NODE_A);
        cluster.sent.clear();
        cluster.replica =
                (node, call) -> node.equals(NODE_C) ? NOTHING_THERE : new Unavailable("behind");
        assertDone(cluster.start(calling(EVENTUAL_GET)));
        assertThat(cluster.called()).containsExactly(NODE_A, NODE_B, NODE_C);
    }

    @Test
    void aHitCostsMemDsWhatAMissCosts() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        List<Long> asksOfEach = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long before = cluster.asks();
            assertDone(cluster.start(calling(WRITE)));
            asksOfEach.add(cluster.asks() - before);
        }
        assertThat(asksOfEach).as("one for the table, one for the partition").containsOnly(2L);
    }

    @Test
    void aHitDoesNotWaitForMemDs() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        assertDone(cluster.start(calling(WRITE)));
        cluster.silentMemDs.addAll(List.of(NODE_A, NODE_B, NODE_C));
        assertDone(cluster.start(calling(WRITE)));
    }

    @Test
    void aHitGoesOnAskingAsAMissDoesWhereMemDsNodesAreDown() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.silentMemDs.addAll(List.of(NODE_A, NODE_B));
        Client miss = cluster.start(calling(WRITE));
        cluster.advance(RouterLimits.DEFAULT.suspicionMillis() + 2_000);
        assertDone(miss);
        assertThat(cluster.asks()).as("table: A, B, C; partition: C").isEqualTo(4);
        assertDone(cluster.start(calling(WRITE)));
        cluster.advance(2_000);
        assertThat(cluster.asks() - 4).as("at once, table: A, B, C; partition: B, C").isEqualTo(5);
    }

    @Test
    void manyUsesAtOneMomentAreManyAsks() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.start(calling(WRITE));
        long before = cluster.asks();
        TableDescriptor table = active("orders", 7, 1);
        Client client =
                cluster.start(context -> {
                    int[] open = {10};
                    for (int i = 0; i < 10; i++) {
                        context.call(
                                table,
                                KEY,
                                WRITE,
                                outcome -> {
                                    if (--open[0] == 0) {
                                        context.answer(LittleCluster.DONE);
                                    }
                                });
                    }
                });
        assertDone(client);
        assertThat(cluster.asks() - before).isEqualTo(10);
    }

    @Test
    void theAnswerToAHitRenewsTheCache() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.start(calling(WRITE));
        cluster.routes(route(GROUP, NODE_C, 6));
        cluster.replica = leaderAt(NODE_C, WRITTEN);
        assertDone(cluster.start(calling(WRITE)));
        cluster.sent.clear();
        assertDone(cluster.start(calling(WRITE)));
        assertThat(cluster.called()).containsExactly(NODE_C);
    }

    @Test
    void aMemDsNodeThatDoesNotAnswerIsFollowedByAnother() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.silentMemDs.add(NODE_A);
        Client client = cluster.start(calling(WRITE));
        assertThat(client.end()).isNull();
        cluster.advance(RouterLimits.DEFAULT.askMillis());
        assertDone(client);
    }

    @Test
    void aMemDsNodeThatWasJustStartedIsNotBelieved() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.startMemDs(NODE_A);
        assertDone(cluster.start(calling(WRITE)));
        assertThat(cluster.called()).containsExactly(NODE_B);
    }

    @Test
    void aRequestWaitsForMemDsToBecomeReady() {
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        Client client = cluster.start(calling(WRITE));
        cluster.advance(1_000);
        assertThat(client.end()).isNull();
        tableLedBy(NODE_B);
        cluster.advance(500);
        assertDone(client);
    }

    @Test
    void aMemDsThatIsNeverReadyEndsTheRequestAtItsDeadline() {
        Client client = cluster.start(calling(WRITE));
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() - 20);
        assertThat(client.end()).isNull();
        cluster.advance(40);
        assertThat(client.error()).isInstanceOf(ApiError.ServiceUnavailable.class);
        assertThat(cluster.requestsInFlight()).isZero();
    }

    @Test
    void aMissingTableIsTheOperationsToTell() {
        tableLedBy(NODE_B);
        Client client =
                cluster.start(context ->
                        context.findTable(
                                "missing",
                                table -> {
                                    assertThat(table).isEmpty();
                                    context.fail(new ApiError.ResourceNotFound("none"));
                                }));
        assertThat(client.error()).isEqualTo(new ApiError.ResourceNotFound("none"));
    }

    @Test
    void aReplicaKnowsBetterThanTheCacheWhoLeads() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_C, WRITTEN);
        assertDone(cluster.start(calling(WRITE)));
        assertThat(cluster.called()).containsExactly(NODE_B, NODE_C);
        cluster.sent.clear();
        assertDone(cluster.start(calling(WRITE)));
        assertThat(cluster.called()).as("remembered").containsExactly(NODE_C);
    }

    @Test
    void redirectsInACircleEndInABackOff() {
        tableLedBy(NODE_B);
        cluster.replica =
                (node, call) -> new NotLeader(Optional.of(node.equals(NODE_B) ? NODE_C : NODE_B));
        cluster.start(calling(WRITE));
        assertThat(cluster.called()).containsExactly(NODE_B, NODE_C, NODE_A);
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() + 10);
        assertThat(cluster.called().size()).isLessThan(3 * 40);
    }

    @Test
    void aWriteRidesOutAFailover() {
        tableLedBy(NODE_B);
        cluster.refusing.add(NODE_B);
        cluster.replica = (node, call) -> new NotLeader(Optional.of(NODE_B));
        Client client = cluster.start(calling(WRITE));
        cluster.advance(FAILOVER_MILLIS);
        assertThat(client.end()).isNull();
        cluster.replica = leaderAt(NODE_C, WRITTEN);
        cluster.advance(300);
        assertDone(client);
        assertThat(cluster.called().getLast()).isEqualTo(NODE_C);
    }

    @Test
    void aStrongReadRidesOutAFailoverWithASilentLeader() {
        tableLedBy(NODE_B);
        cluster.silent.add(NODE_B);
        cluster.replica = (node, call) -> new NotLeader(Optional.empty());
        Client client = cluster.start(calling(STRONG_GET));
        cluster.advance(FAILOVER_MILLIS);
        cluster.replica = leaderAt(NODE_C, NOTHING_THERE);
        cluster.advance(RouterLimits.DEFAULT.readMillis() + 300);
        assertDone(client);
    }

    @Test
    void aWriteThatCouldNotBeDoneFailsAtItsDeadlineAndCanBeRetried() {
        tableLedBy(NODE_B);
        cluster.replica = (node, call) -> new Unavailable("no lease");
        Client client = cluster.start(calling(WRITE));
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() + 10);
        assertThat(client.error()).isInstanceOf(ApiError.ServiceUnavailable.class);
        assertThat(client.error().message()).contains("no lease");
        assertThat(outcomes).containsExactly(new Outcome.Failed(client.error(), true));
    }

    @Test
    void aWriteOfUnknownOutcomeIsNotSentAgain() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, new Indeterminate());
        Client client = cluster.start(calling(WRITE));
        assertThat(outcomes).containsExactly(new Outcome.Failed(Failures.OUTCOME_UNKNOWN, false));
        assertThat(client.error()).isInstanceOf(ApiError.InternalServerError.class);
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis());
        assertThat(cluster.called()).containsExactly(NODE_B);
    }

    @Test
    void aWriteThatIsNotAnsweredIsNotSentAgain() {
        tableLedBy(NODE_B);
        cluster.silent.add(NODE_B);
        Client client = cluster.start(calling(WRITE));
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() + 10);
        assertThat(client.error()).isEqualTo(Failures.OUTCOME_UNKNOWN);
        assertThat(cluster.called()).containsExactly(NODE_B);
    }

    /** Nothing was done by those that were asked before; but the last one may still do it. */
    @Test
    void aWriteThatIsUnderWayAtTheDeadlineIsOfUnknownOutcome() {
        tableLedBy(NODE_B);
        cluster.replica = (node, call) -> new Unavailable("no lease");
        Client client = cluster.start(calling(WRITE));
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() - 2_000);
        cluster.silent.addAll(List.of(NODE_A, NODE_B, NODE_C));
        cluster.advance(2_010);
        assertThat(client.error()).isEqualTo(Failures.OUTCOME_UNKNOWN);
        assertThat(outcomes).containsExactly(new Outcome.Failed(Failures.OUTCOME_UNKNOWN, false));
    }

    @Test
    void aBrokenConnectionEndsWritesAtOnceAndMovesReadsOn() {
        tableLedBy(NODE_B);
        cluster.silent.add(NODE_B);
        cluster.replica = leaderAt(NODE_C, NOTHING_THERE);
        Client write = cluster.start(calling(WRITE));
        Client read = cluster.start(calling(STRONG_GET));
        cluster.disconnect(NODE_B);
        assertThat(write.error()).isEqualTo(Failures.OUTCOME_UNKNOWN);
        assertDone(read);
    }

    @Test
    void aSilentReplicaIsAskedByOneRequestInAWhile() {
        tableLedBy(NODE_B);
        cluster.silent.add(NODE_A);
        cluster.replica = (node, call) -> NOTHING_THERE;
        cluster.silentMemDs.clear();
        Client first = cluster.start(calling(EVENTUAL_GET));
        cluster.advance(RouterLimits.DEFAULT.readMillis() + 1_000);
        assertDone(first);
        cluster.sent.clear();
        Client second = cluster.start(calling(EVENTUAL_GET));
        cluster.advance(10);
        assertDone(second);
        assertThat(cluster.called()).containsExactly(NODE_B);
        cluster.advance(RouterLimits.DEFAULT.suspicionMillis());
        cluster.sent.clear();
        for (int i = 0; i < 3; i++) {
            cluster.start(calling(EVENTUAL_GET));
        }
        assertThat(cluster.called()).containsExactly(NODE_A, NODE_B, NODE_B);
    }

    @Test
    void aCacheThatMissedAMembershipChangeIsCorrected() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.start(calling(WRITE));
        cluster.tables(entry("orders", 7, 2));
        cluster.routes(route(GROUP, NODE_C, 6), route(GROUP + 1, NODE_C, 6));
        cluster.replica =
                (node, call) ->
                        call.group().value() == groupOf(KEY) && node.equals(NODE_C)
                                ? WRITTEN
                                : new NotHere();
        assertDone(cluster.start(calling(WRITE)));
        cluster.sent.clear();
        assertDone(cluster.start(calling(WRITE)));
        assertThat(cluster.called()).containsExactly(NODE_C);
    }

    /** Where the key is once the table has two partitions. */
    private static long groupOf(PlacementKey key) {
        return KeyRange.splitEvenly(2).get(0).contains(key) ? GROUP : GROUP + 1;
    }

    @Test
    void aTableThatWasMadeAnewUnderItsNameIsFoundByTheFirstRequest() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.start(calling(WRITE));
        cluster.tables(entry("orders", 8, 1));
        cluster.replica = (node, call) -> call.group().value() == 800 ? WRITTEN : new NotHere();
        assertDone(cluster.start(calling(WRITE)));
    }

    @Test
    void aTableThatIsNoMoreIsNotFoundByTheFirstRequest() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.start(calling(WRITE));
        cluster.tables();
        cluster.replica = (node, call) -> new NotHere();
        assertThat(cluster.start(calling(WRITE)).error())
                .isEqualTo(new ApiError.ResourceNotFound("no table"));
    }

    @Test
    void aRequestThatWroteIsNotStartedAgain() {
        cluster.tables(entry("orders", 7, 1), entry("stable", 9, 1));
        cluster.replica = (node, call) -> call.group().value() == 900 ? WRITTEN : new NotHere();
        TableDescriptor gone = active("gone", 6, 1);
        List<String> starts = new ArrayList<>();
        Client client =
                cluster.start(context -> {
                    starts.add("start");
                    context.call(
                            active("stable", 9, 1),
                            KEY,
                            WRITE,
                            first ->
                                    context.call(gone, KEY, WRITE, second -> end(context, second)));
                });
        assertThat(client.error()).isEqualTo(Failures.NO_SUCH_TABLE);
        assertThat(outcomes).containsExactly(new Outcome.Failed(Failures.NO_SUCH_TABLE, true));
        assertThat(starts).hasSize(1);
    }

    @Test
    void aRequestIsStartedAgainOnceAndAfterAllItsCallsAreAnswered() {
        cluster.tables(entry("stable", 9, 1));
        cluster.routes(route(900, NODE_B, 1));
        cluster.silent.add(NODE_B);
        List<String> events = new ArrayList<>();
        Client client =
                cluster.start(context -> {
                    events.add("start");
                    Consumer<Outcome> ended = outcome -> end(context, outcome);
                    context.call(active("stable", 9, 1), KEY, WRITE, ended);
                    context.call(active("gone", 6, 1), KEY, WRITE, ended);
                });
        assertThat(client.end()).isNull();
        assertThat(events).as("a write is in flight").containsExactly("start");
        cluster.disconnect(NODE_B);
        assertThat(client.error()).isIn(Failures.OUTCOME_UNKNOWN, Failures.NO_SUCH_TABLE);
        assertThat(events).containsExactly("start");
    }

    private static PartitionRequest.Range scan(KeyRange range, boolean forward) {
        return new PartitionRequest.Range(
                range,
                forward,
                true,
                Optional.empty(),
                Optional.empty(),
                new PageBounds(10, 1_000),
                false,
                List.of("pk"));
    }

    /** Reads a range partition by partition; tells the groups that were called. */
    private List<Long> groupsOfScan(KeyRange range, boolean forward) {
        List<Long> groups = new ArrayList<>();
        cluster.replica =
                (node, call) -> {
                    groups.add(call.group().value());
                    return new Page(List.of(), 0, 0, 0, Optional.empty());
                };
        TableDescriptor table = active("orders", 7, 4);
        BiConsumer<OperationContext, KeyRange> step =
                new BiConsumer<>() {
                    @Override
                    public void accept(OperationContext context, KeyRange rest) {
                        context.callRange(
                                table,
                                table.id(),
                                scan(rest, forward),
                                outcome -> next(context, rest, outcome));
                    }

                    private void next(OperationContext context, KeyRange rest, RangeOutcome o) {
                        RangeOutcome.Served served = (RangeOutcome.Served) o;
                        if (served.continueAt().isEmpty()) {
                            context.answer(LittleCluster.DONE);
                            return;
                        }
                        PlacementKey at = served.continueAt().get();
                        accept(
                                context,
                                forward
                                        ? new KeyRange(at, rest.to())
                                        : new KeyRange(rest.from(), at));
                    }
                };
        assertDone(cluster.start(context -> step.accept(context, range)));
        return groups;
    }

    @Test
    void aRangeIsReadPartitionByPartitionInBothDirections() {
        cluster.tables(entry("orders", 7, 4));
        List<KeyRange> ranges = KeyRange.splitEvenly(4);
        assertThat(groupsOfScan(KeyRange.ALL, true)).containsExactly(700L, 701L, 702L, 703L);
        assertThat(groupsOfScan(KeyRange.ALL, false)).containsExactly(703L, 702L, 701L, 700L);
        KeyRange middle = new KeyRange(ranges.get(1).from(), ranges.get(2).to());
        assertThat(groupsOfScan(middle, true)).containsExactly(701L, 702L);
        assertThat(groupsOfScan(middle, false)).containsExactly(702L, 701L);
        KeyRange across = new KeyRange(ranges.get(0).from().next(), ranges.get(1).from().next());
        assertThat(groupsOfScan(across, true)).containsExactly(700L, 701L);
        assertThat(groupsOfScan(across, false)).containsExactly(701L, 700L);
        KeyRange nothing = new KeyRange(KEY, KEY);
        assertThat(groupsOfScan(nothing, true)).isEmpty();
    }

    @Test
    void requestsBeyondTheBoundAreRefusedAtOnce() {
        LittleCluster small = new LittleCluster(new RouterLimits(5_000, 200, 800, 2_000, 2));
        Client first = small.start(calling(WRITE));
        small.start(calling(WRITE));
        assertThat(small.start(calling(WRITE)).error()).isEqualTo(Failures.TOO_MANY_REQUESTS);
        assertThat(first.end()).isNull();
        small.advance(5_010);
        assertThat(small.requestsInFlight()).isZero();
    }

    @Test
    void whatAnOperationRefusesIsTheAnswer() {
        ApiError error = new ApiError.Validation("no");
        assertThat(
                        cluster.start(
                                        context -> {
                                            throw new ApiException(error);
                                        })
                                .error())
                .isEqualTo(error);
        tableLedBy(NODE_B);
        Client later =
                cluster.start(context ->
                        context.findTable(
                                "orders",
                                table -> {
                                    throw new ApiException(error);
                                }));
        assertThat(later.error()).isEqualTo(error);
    }

    /**
     * One question for the table, and one for each partition; with cold caches and with warm ones.
     */
    @Test
    void whatAsksForATableTogetherSharesItsQuestion() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        for (int round = 0; round < 2; round++) {
            long before = cluster.asks();
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(cluster.startOnly(calling(WRITE)));
            }
            cluster.settle();
            clients.forEach(RouterTest::assertDone);
            assertThat(cluster.asks() - before).isEqualTo(1 + 3);
        }
    }

    @Test
    void whatAsksTogetherForATableThatIsNotKnownIsToldTogether() {
        tableLedBy(NODE_B);
        cluster.silent.addAll(List.of(NODE_A, NODE_B, NODE_C));
        Client first = cluster.startOnly(calling(WRITE));
        Client second = cluster.startOnly(calling(WRITE));
        cluster.settle();
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis());
        assertThat(first.error()).isEqualTo(Failures.NO_METADATA);
        assertThat(second.error()).isEqualTo(Failures.NO_METADATA);
    }

    @Test
    void aMistakeInAnOperationFailsItsRequestAndNoOther() {
        cluster.silent.addAll(List.of(NODE_A, NODE_B, NODE_C));
        Client other = cluster.start(context -> context.findTable("orders", _ -> {}));
        RuntimeException mistake = new IllegalStateException("a mistake");
        assertThatThrownBy(() ->
                        cluster.start(_ -> {
                            throw mistake;
                        }))
                .isSameAs(mistake);
        assertThat(cluster.requestsInFlight()).isEqualTo(1);
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis());
        assertThat(other.error()).isEqualTo(Failures.NO_METADATA);
    }

    @Test
    void anOperationIsNeverCalledFromWithinItsQuestion() {
        tableLedBy(NODE_B);
        cluster.replica = leaderAt(NODE_B, WRITTEN);
        cluster.start(calling(WRITE));
        List<String> events = new ArrayList<>();
        cluster.start(context -> {
            context.findTable("orders", table -> events.add("answer"));
            events.add("asked");
        });
        assertThat(events).containsExactly("asked", "answer");
    }

    @Test
    void anOperationThatForgetsToEndIsEnded() {
        Client client =
                cluster.start(context -> assertThat(context.accountId()).isEqualTo(ACCOUNT));
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() + 10);
        assertThat(client.error()).isEqualTo(Failures.NO_ANSWER_IN_TIME);
    }

    @Test
    void anAnswerAfterTheEndIsNotDelivered() {
        tableLedBy(NODE_B);
        cluster.silent.add(NODE_B);
        Client client =
                cluster.start(context -> {
                    context.call(
                            active("orders", 7, 1), KEY, WRITE, outcome -> outcomes.add(outcome));
                    context.answer(LittleCluster.DONE);
                });
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() + 10);
        assertDone(client);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aContextTellsWhoAsksAndWhen() {
        cluster.start(context -> {
            assertThat(context.accountId()).isEqualTo(ACCOUNT);
            assertThat(context.arrivedAtMillis()).isEqualTo(LittleCluster.WALL_MILLIS);
            assertThat(context.region()).isEqualTo("local");
            assertThat(context.endpoint()).isEqualTo("localhost:8000");
            context.answer(LittleCluster.DONE);
        });
    }

    @Test
    void callsCarryTheGroupOfTheKey() {
        cluster.tables(entry("orders", 7, 2));
        List<PartitionCall> calls = new ArrayList<>();
        cluster.replica =
                (node, call) -> {
                    calls.add(call);
                    return WRITTEN;
                };
        cluster.start(calling(WRITE));
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().group().value()).isEqualTo(groupOf(KEY));
        assertThat(calls.getFirst().request()).isEqualTo(WRITE);
    }
}
