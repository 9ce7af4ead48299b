package dev.stator.core.partition;

import static dev.stator.core.partition.Requests.EXISTS;
import static dev.stator.core.partition.Requests.NOT_EXISTS;
import static dev.stator.core.partition.Requests.add;
import static dev.stator.core.partition.Requests.delete;
import static dev.stator.core.partition.Requests.deleteIf;
import static dev.stator.core.partition.Requests.get;
import static dev.stator.core.partition.Requests.item;
import static dev.stator.core.partition.Requests.key;
import static dev.stator.core.partition.Requests.keyItem;
import static dev.stator.core.partition.Requests.put;
import static dev.stator.core.partition.Requests.putIf;
import static dev.stator.core.partition.Requests.remove;
import static dev.stator.core.partition.Requests.update;
import static dev.stator.core.partition.Requests.vIs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.format.Command;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.Damage;
import dev.stator.core.format.PartitionState;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.ScriptedHost.TestCaller;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Write;
import dev.stator.core.wire.PartitionResponse.ConditionFailed;
import dev.stator.core.wire.PartitionResponse.Got;
import dev.stator.core.wire.PartitionResponse.Indeterminate;
import dev.stator.core.wire.PartitionResponse.NotHere;
import dev.stator.core.wire.PartitionResponse.NotLeader;
import dev.stator.core.wire.PartitionResponse.Refused;
import dev.stator.core.wire.PartitionResponse.Unavailable;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiError;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Projection;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Ballot;
import dev.stator.replication.Invariants;
import dev.stator.replication.LogEntry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static final int SIZE = ItemSize.of(item("a", 1));

    private final LeaderFixture leader = new LeaderFixture();
    private final ScriptedHost host = leader.host;

    // ---- What writes do

    @Test
    void putsUpdatesAndDeletesGiveImagesAndSizes() {
        assertThat(leader.call(put("a", 1)))
                .isEqualTo(written(Optional.empty(), Optional.of(item("a", 1))));
        assertThat(leader.call(update("a", add("v", 5))))
                .isEqualTo(written(Optional.of(item("a", 1)), Optional.of(item("a", 6))));
        assertThat(leader.call(get("a", true))).isEqualTo(new Got(Optional.of(item("a", 6)), SIZE));
        assertThat(leader.call(delete("a")))
                .isEqualTo(written(Optional.of(item("a", 6)), Optional.empty()));
        assertThat(leader.call(get("a", true))).isEqualTo(new Got(Optional.empty(), 0));
        assertThat(host.store).isEmpty();
    }

    private static Written written(Optional<Item> before, Optional<Item> after) {
        return new Written(
                before,
                after,
                before.map(ItemSize::of).orElse(0),
                after.map(ItemSize::of).orElse(0));
    }

    @Test
    void imagesAreGivenOnlyWhereTheyAreAskedFor() {
        Write silent =
                new Write(
                        key("a"),
                        new PartitionRequest.Change.Put(item("a", 2)),
                        Optional.empty(),
                        false,
                        false,
                        false);
        leader.call(put("a", 1));
        assertThat(leader.call(silent))
                .isEqualTo(new Written(Optional.empty(), Optional.empty(), SIZE, SIZE));
        Write conditional =
                new Write(key("a"), silent.change(), Optional.of(NOT_EXISTS), true, true, false);
        assertThat(leader.call(conditional)).isEqualTo(new ConditionFailed(Optional.empty(), SIZE));
    }

    @Test
    void anUpdateOfNothingMakesAnItemUnlessItOnlyTakesAway() {
        assertThat(leader.call(update("a", UpdateExpression.EMPTY)))
                .isEqualTo(written(Optional.empty(), Optional.of(keyItem("a"))));
        int entries = leader.log.size();
        assertThat(leader.call(update("b", remove("v"))))
                .isEqualTo(written(Optional.empty(), Optional.empty()));
        assertThat(leader.log).hasSize(entries);
    }

    @Test
    void aDeleteOfNothingNeedsNoEntry() {
        int entries = leader.log.size();
        assertThat(leader.call(delete("a"))).isEqualTo(written(Optional.empty(), Optional.empty()));
        assertThat(leader.log).hasSize(entries);
        assertThat(leader.call(deleteIf("a", EXISTS)))
                .isEqualTo(new ConditionFailed(Optional.empty(), 0));
    }

    @Test
    void aFailedConditionChangesNothing() {
        leader.call(put("a", 1));
        int entries = leader.log.size();
        assertThat(leader.call(putIf("a", 2, vIs(7))))
                .isEqualTo(new ConditionFailed(Optional.of(item("a", 1)), SIZE));
        assertThat(leader.log).hasSize(entries);
    }

    @Test
    void anUpdateThatDoesNotFitTheItemIsRefused() {
        leader.call(update("a", Requests.set("v", new AttributeValue.S("text"))));
        int entries = leader.log.size();
        assertThat(leader.call(update("a", add("v", 1))))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.error()).isInstanceOf(ApiError.Validation.class);
                            assertThat(refused.sizeBytes()).isEqualTo(2 + 1 + 1 + 4);
                        });
        assertThat(leader.log).hasSize(entries);
    }

    @Test
    void anUpdateMayFillAnItemAsAPutMay() {
        int room = ItemSize.MAX_ITEM_BYTES - ItemSize.of(keyItem("a")) - 1;
        AttributeValue fits = new AttributeValue.S("x".repeat(room));
        AttributeValue tooLarge = new AttributeValue.S("x".repeat(room + 1));
        assertThat(leader.call(update("a", Requests.set("s", fits)))).isInstanceOf(Written.class);
        assertThat(leader.call(update("a", Requests.set("s", tooLarge))))
                .isEqualTo(
                        new Refused(
                                new ApiError.Validation(
                                        "Item size to update has exceeded the maximum allowed size"),
                                ItemSize.of(keyItem("a")) + 1 + room));
    }

    @Test
    void anItemMayBeAsLargeAsTheLimitAndNotLarger() {
        int room = ItemSize.MAX_ITEM_BYTES - ItemSize.of(keyItem("b")) - 1;
        Write fits =
                Requests.write(
                        "b",
                        new PartitionRequest.Change.Put(Requests.itemWithText("b", room)),
                        Optional.empty());
        assertThat(leader.call(fits)).isInstanceOf(Written.class);
        int entries = leader.log.size();
        Item large = Requests.itemWithText("b", room + 1);
        Write put = Requests.write("b", new PartitionRequest.Change.Put(large), Optional.empty());
        assertThat(leader.call(put))
                .isEqualTo(
                        new Refused(
                                new ApiError.Validation(
                                        "Item size has exceeded the maximum allowed size"),
                                ItemSize.MAX_ITEM_BYTES));
        assertThat(leader.log).hasSize(entries);
    }

    @Test
    void whatIsTooLongForAnEntryIsNotProposed() {
        AttributeValue pk = new AttributeValue.S("k".repeat(CommandCodec.COMMAND_BYTES_MAX));
        Write put =
                new Write(
                        PlacementKey.of(pk),
                        new PartitionRequest.Change.Put(item("a", 1)),
                        Optional.empty(),
                        false,
                        false,
                        false);
        int entries = leader.log.size();
        assertThat(leader.call(put)).isInstanceOf(Refused.class);
        assertThat(leader.log).hasSize(entries);
    }

    // ---- Order of evaluation and of answers

    @Test
    void writesToOneKeyAreEvaluatedOnEachOthersImages() {
        TestCaller first = leader.send(update("a", add("v", 1)));
        TestCaller second = leader.send(update("a", add("v", 10)));
        assertThat(host.reads).hasSize(1);
        host.completeReads();
        TestCaller third = leader.send(update("a", add("v", 100)));
        assertThat(host.reads).isEmpty();
        assertThat(host.answers).doesNotContainKeys(first, second, third);
        leader.applyAll();
        assertThat(leader.answer(first))
                .isEqualTo(written(Optional.empty(), Optional.of(item("a", 1))));
        assertThat(leader.answer(second))
                .isEqualTo(written(Optional.of(item("a", 1)), Optional.of(item("a", 11))));
        assertThat(leader.answer(third))
                .isEqualTo(written(Optional.of(item("a", 11)), Optional.of(item("a", 111))));
    }

    @Test
    void aWriteIsEvaluatedOnThePendingImageThoughAnEarlierOneIsApplied() {
        leader.send(update("a", add("v", 1)));
        host.completeReads();
        leader.send(update("a", add("v", 10)));
        leader.applyNext();
        TestCaller third = leader.send(update("a", add("v", 100)));
        host.completeReads();
        leader.applyAll();
        assertThat(leader.answer(third))
                .isEqualTo(written(Optional.of(item("a", 11)), Optional.of(item("a", 111))));
    }

    @Test
    void aFailedConditionWaitsForTheImageItWasEvaluatedOn() {
        TestCaller first = leader.send(put("a", 1));
        host.completeReads();
        TestCaller failed = leader.send(putIf("a", 2, NOT_EXISTS));
        TestCaller second = leader.send(put("a", 3));
        assertThat(host.answers).doesNotContainKeys(first, failed, second);
        leader.applyNext();
        assertThat(leader.answer(first)).isInstanceOf(Written.class);
        assertThat(leader.answer(failed))
                .isEqualTo(new ConditionFailed(Optional.of(item("a", 1)), SIZE));
        assertThat(host.answers).doesNotContainKey(second);
    }

    @Test
    void aDeleteOfWhatIsBeingDeletedWaitsForThatDelete() {
        leader.call(put("a", 1));
        leader.send(delete("a"));
        host.completeReads();
        TestCaller again = leader.send(delete("a"));
        assertThat(host.answers).doesNotContainKey(again);
        leader.applyAll();
        assertThat(leader.answer(again)).isEqualTo(written(Optional.empty(), Optional.empty()));
    }

    @Test
    void aWriteIsAnsweredWhenItIsCommittedAndNotBefore() {
        TestCaller write = leader.send(put("a", 1));
        host.completeReads();
        assertThat(host.answers).doesNotContainKey(write);
        leader.partition.apply(leader.log.getLast());
        assertThat(leader.answer(write)).isInstanceOf(Written.class);
    }

    @Test
    void aReadDoesNotSeeWhatIsNotCommitted() {
        leader.send(put("a", 1));
        host.completeReads();
        TestCaller read = leader.send(get("a", true));
        host.completeReads();
        assertThat(leader.answer(read)).isEqualTo(new Got(Optional.empty(), 0));
    }

    @Test
    void readsSeeWhatIsCommittedBeforeTheStoreHasIt() {
        leader.send(put("a", 1));
        host.completeReads();
        leader.partition.apply(leader.log.getLast());
        TestCaller consistent = leader.send(get("a", true));
        assertThat(leader.answer(consistent)).isEqualTo(new Got(Optional.of(item("a", 1)), SIZE));
        leader.send(delete("a"));
        leader.partition.apply(leader.log.getLast());
        TestCaller deleted = leader.send(get("a", true));
        assertThat(leader.answer(deleted)).isEqualTo(new Got(Optional.empty(), 0));
    }

    @Test
    void aFailedConditionDoesNotWaitForWhatIsCommitted() {
        leader.send(put("a", 1));
        host.completeReads();
        leader.partition.apply(leader.log.getLast());
        TestCaller failed = leader.send(putIf("a", 2, NOT_EXISTS));
        assertThat(leader.answer(failed))
                .isEqualTo(new ConditionFailed(Optional.of(item("a", 1)), SIZE));
    }

    @Test
    void whatWasCommittedWhileAnItemWasReadIsNotForgottenForWhatWasRead() {
        leader.partition = leader.over(new ItemCache(1 << 20));
        leader.lead();
        leader.call(put("b", 7));
        host.viewsAtCall = true;
        TestCaller late = leader.send(get("a", true));
        leader.send(put("a", 1));
        host.completeRead(1);
        leader.applyAll();
        host.completeReads();
        assertThat(leader.answer(late)).isEqualTo(new Got(Optional.empty(), 0));
        TestCaller next = leader.send(get("a", true));
        assertThat(leader.answer(next)).isEqualTo(new Got(Optional.of(item("a", 1)), SIZE));
    }

    @Test
    void anItemIsReadFromTheStoreOnceWhileThereIsRoom() {
        leader.call(put("a", 1));
        leader.partition = leader.over(new ItemCache(1 << 20));
        leader.lead();
        leader.call(get("a", true));
        TestCaller again = leader.send(get("a", true));
        assertThat(host.reads).isEmpty();
        assertThat(leader.answer(again)).isEqualTo(new Got(Optional.of(item("a", 1)), SIZE));
    }

    /** A snapshot is put in the place of what the store held. */
    private void replaceContent(ItemCache cache, String pk, long v) {
        leader.partition.close();
        Item item = item(pk, v);
        host.store.put(
                StoreKey.of(LeaderFixture.TABLE_ID, key(pk)),
                StoredItem.of(item, 1, ItemSize.of(item)).bytes());
        leader.partition = leader.over(cache);
    }

    @Test
    void whatAReplicaRememberedEndsWithIt() {
        ItemCache cache = new ItemCache(1 << 20);
        leader.partition = leader.over(cache);
        leader.lead();
        leader.call(put("a", 1));
        replaceContent(cache, "a", 2);
        leader.lead();
        assertThat(leader.call(get("a", true))).isEqualTo(new Got(Optional.of(item("a", 2)), SIZE));
    }

    @Test
    void aReadThatOutlivesItsReplicaIsNotRemembered() {
        ItemCache cache = new ItemCache(1 << 20);
        leader.call(put("a", 1));
        leader.partition = leader.over(cache);
        leader.lead();
        host.viewsAtCall = true;
        TestCaller late = leader.send(get("a", true));
        replaceContent(cache, "a", 2);
        leader.lead();
        host.completeReads();
        assertThat(leader.answer(late)).isInstanceOf(Unavailable.class);
        assertThat(leader.call(get("a", true))).isEqualTo(new Got(Optional.of(item("a", 2)), SIZE));
    }

    @Test
    void timestampsGoForwardWhateverTheClockDoes() {
        host.wallClockMillis = 5_000;
        leader.call(put("a", 1));
        assertThat(timestampOf("a")).isEqualTo(5_000_000);
        host.wallClockMillis = 4_000;
        leader.call(put("a", 2));
        assertThat(timestampOf("a")).isEqualTo(5_000_001);
        leader.call(delete("a"));
        assertThat(PartitionState.decode(host.state).maxDeleteMicros()).isEqualTo(5_000_002);
        leader.call(put("b", 1));
        assertThat(timestampOf("b")).isEqualTo(5_000_003);
    }

    @Test
    void aDeleteThatIsNotAppliedYetCountsForTimestamps() {
        host.wallClockMillis = 5_000;
        leader.call(put("a", 1));
        leader.send(delete("a"));
        host.completeReads();
        host.wallClockMillis = 1_000;
        leader.call(put("b", 1));
        assertThat(timestampOf("b")).isEqualTo(5_000_002);
    }

    @Test
    void theTimeOfTheLastDeleteSurvivesARestart() {
        host.wallClockMillis = 5_000;
        leader.call(put("a", 1));
        leader.call(delete("a"));
        leader.partition = leader.over(new ItemCache(0));
        host.wallClockMillis = 1_000;
        leader.lead();
        leader.call(put("b", 1));
        assertThat(timestampOf("b")).isEqualTo(5_000_002);
    }

    private long timestampOf(String pk) {
        byte[] value = host.store.get(StoreKey.of(LeaderFixture.TABLE_ID, key(pk)));
        if (value == null) {
            throw new AssertionError("no item " + pk);
        }
        return StoredItem.parse(value).timestampMicros();
    }

    // ---- Who serves

    @Test
    void aFollowerNamesTheLeader() {
        LeaderFixture fixture = new LeaderFixture();
        fixture.partition.stopLeading();
        fixture.host.leader = Optional.of(LeaderFixture.SELF);
        NotLeader answer = new NotLeader(Optional.of(LeaderFixture.SELF));
        assertThat(fixture.call(put("a", 1))).isEqualTo(answer);
        assertThat(fixture.call(get("a", true))).isEqualTo(answer);
        assertThat(fixture.call(Requests.all())).isEqualTo(answer);
        assertThat(fixture.call(get("a", false))).isEqualTo(new Got(Optional.empty(), 0));
    }

    @Test
    void nothingConsistentIsAnsweredWithoutALease() {
        host.serves = false;
        assertThat(leader.call(put("a", 1))).isEqualTo(Refusals.NO_LEASE);
        assertThat(leader.call(get("a", true))).isEqualTo(Refusals.NO_LEASE);
        assertThat(leader.call(Requests.all())).isEqualTo(Refusals.NO_LEASE);
    }

    @Test
    void aWriteIsNotEvaluatedWhenTheLeaseRanOutDuringTheRead() {
        TestCaller write = leader.send(put("a", 1));
        int entries = leader.log.size();
        host.serves = false;
        host.completeReads();
        assertThat(leader.answer(write)).isEqualTo(Refusals.NO_LEASE);
        assertThat(leader.log).hasSize(entries);
        host.serves = true;
        assertThat(leader.call(put("a", 1))).isInstanceOf(Written.class);
    }

    @Test
    void nothingIsEvaluatedBeforeTheBallotsFirstEntryIsApplied() {
        leader.partition.stopLeading();
        LogEntry start = leader.append(LogEntry.Kind.BALLOT_START, new byte[0]);
        leader.partition.startLeading(start.lsn());
        assertThat(leader.answer(leader.send(put("a", 1)))).isEqualTo(Refusals.NO_LEASE);
        host.store(leader.partition.apply(start));
        assertThat(leader.answer(leader.send(get("a", true)))).isEqualTo(Refusals.NO_LEASE);
        leader.partition.applied(start.lsn());
        assertThat(leader.call(put("a", 1))).isInstanceOf(Written.class);
    }

    @Test
    void anEventualReadNeedsAReplicaThatHearsItsLeader() {
        host.servesEventually = false;
        assertThat(leader.call(get("a", false))).isEqualTo(Refusals.TOO_FAR_BEHIND);
    }

    @Test
    void keysOfOtherPartitionsAreNotHere() {
        KeyRange low = KeyRange.segment(0, 2);
        KeyRange high = KeyRange.segment(1, 2);
        LeaderFixture fixture = new LeaderFixture(low);
        String outside = pkIn(high);
        assertThat(fixture.call(put(outside, 1))).isEqualTo(new NotHere());
        assertThat(fixture.call(get(outside, true))).isEqualTo(new NotHere());
        assertThat(fixture.call(Requests.page(high, true, 1, 1))).isEqualTo(new NotHere());
        assertThat(fixture.call(put(pkIn(low), 1))).isInstanceOf(Written.class);
    }

    static String pkIn(KeyRange range) {
        int i = 0;
        while (!range.contains(key("k" + i))) {
            i++;
        }
        return "k" + i;
    }

    @Test
    void aProposalThatIsNotTakenLeavesNothingBehind() {
        leader.call(put("a", 1));
        var log = host.log;
        host.log = command -> OptionalLong.empty();
        TestCaller write = leader.send(delete("a"));
        TestCaller queued = leader.send(put("a", 2));
        host.completeReads();
        assertThat(leader.answer(write)).isEqualTo(Refusals.NOT_PROPOSED);
        assertThat(leader.answer(queued)).isEqualTo(Refusals.NOT_PROPOSED);
        host.log = log;
        assertThat(leader.call(putIf("a", 3, vIs(1)))).isInstanceOf(Written.class);
    }

    // ---- Losing the office

    @Test
    void everyWaitingWriteIsAnsweredWhenLeadershipIsLost() {
        TestCaller committed = leader.send(put("a", 1));
        TestCaller committedDependent = leader.send(putIf("a", 2, NOT_EXISTS));
        TestCaller proposed = leader.send(put("b", 1));
        host.completeReads();
        TestCaller dependent = leader.send(putIf("b", 2, NOT_EXISTS));
        TestCaller reading = leader.send(put("c", 1));
        TestCaller queued = leader.send(put("c", 2));
        leader.partition.apply(leader.log.get((int) host.storedLsn));
        leader.partition.stopLeading();
        assertThat(leader.answer(committed)).isInstanceOf(Written.class);
        assertThat(leader.answer(committedDependent)).isInstanceOf(ConditionFailed.class);
        assertThat(leader.answer(proposed)).isEqualTo(new Indeterminate());
        assertThat(leader.answer(dependent)).isEqualTo(Refusals.LEADERSHIP_LOST);
        assertThat(leader.answer(reading)).isEqualTo(Refusals.LEADERSHIP_LOST);
        assertThat(leader.answer(queued)).isEqualTo(Refusals.LEADERSHIP_LOST);
        int entries = leader.log.size();
        host.completeReads();
        assertThat(leader.log).hasSize(entries);
    }

    @Test
    void whatWasReadBeforeLeadershipWasLostIsNotUsedAfterwards() {
        leader.call(put("a", 1));
        host.viewsAtCall = true;
        leader.send(put("a", 5));
        leader.partition.stopLeading();
        putByAnotherLeader(item("a", 2));
        leader.lead();
        TestCaller write = leader.send(putIf("a", 3, vIs(2)));
        host.completeReads();
        leader.applyAll();
        assertThat(leader.answer(write)).isInstanceOf(Written.class);
    }

    @Test
    void aReadOfAnEarlierOfficeDoesNotDisturbTheNext() {
        leader.send(put("a", 1));
        leader.partition.stopLeading();
        leader.lead();
        TestCaller first = leader.send(putIf("a", 2, NOT_EXISTS));
        host.completeRead(0);
        TestCaller second = leader.send(putIf("a", 3, NOT_EXISTS));
        assertThat(host.reads).hasSize(1);
        host.completeReads();
        leader.applyAll();
        assertThat(leader.answer(first)).isInstanceOf(Written.class);
        assertThat(leader.answer(second)).isInstanceOf(ConditionFailed.class);
    }

    @Test
    void theLsnsOfWhatWasLostAreUsedAgain() {
        leader.send(put("a", 1));
        leader.send(put("b", 1));
        host.completeReads();
        leader.partition.stopLeading();
        leader.log.removeLast();
        leader.log.removeLast();
        leader.lead();
        assertThat(leader.call(putIf("a", 2, NOT_EXISTS))).isInstanceOf(Written.class);
    }

    @Test
    void whatWasProposedMayBeCommittedByTheNextLeader() {
        TestCaller write = leader.send(put("a", 1));
        host.completeReads();
        leader.partition.stopLeading();
        assertThat(leader.answer(write)).isEqualTo(new Indeterminate());
        leader.applyAll();
        leader.lead();
        assertThat(leader.call(get("a", true))).isEqualTo(new Got(Optional.of(item("a", 1)), SIZE));
    }

    @Test
    void aReadThatWasLetThroughIsAnsweredByALeaderOfYesterday() {
        leader.call(put("a", 1));
        TestCaller read = leader.send(get("a", true));
        leader.partition.stopLeading();
        host.completeReads();
        assertThat(leader.answer(read)).isEqualTo(new Got(Optional.of(item("a", 1)), SIZE));
    }

    @Test
    void aClosedPartitionAnswersNothingFromItsStore() {
        leader.call(put("a", 1));
        TestCaller get = leader.send(get("a", false));
        TestCaller range = leader.send(Requests.all());
        TestCaller write = leader.send(put("b", 1));
        leader.partition.close();
        host.store.clear();
        assertThat(leader.answer(write)).isEqualTo(Refusals.LEADERSHIP_LOST);
        host.completeReads();
        host.completeScans();
        assertThat(leader.answer(get)).isEqualTo(Refusals.CLOSED);
        assertThat(leader.answer(range)).isEqualTo(Refusals.CLOSED);
        assertThat(leader.call(get("a", false))).isEqualTo(Refusals.CLOSED);
    }

    private void putByAnotherLeader(Item item) {
        StoredItem stored = StoredItem.of(item, 9_000_000, ItemSize.of(item));
        leader.append(
                LogEntry.Kind.COMMAND,
                CommandCodec.encode(
                        new Command.Changes(List.of(new Change.Put(key("a"), stored)))));
    }

    // ---- Damage and bugs

    @Test
    void aDamagedItemIsReportedAndNeverAnswered() {
        damage("a", new byte[] {1, 2, 3});
        damage("b", Damage.withWrongAttributes());
        assertThat(leader.call(get("a", true))).isEqualTo(Refusals.DAMAGED);
        assertThat(leader.call(get("b", false))).isEqualTo(Refusals.DAMAGED);
        assertThat(leader.call(Requests.all())).isEqualTo(Refusals.DAMAGED);
        assertThat(leader.call(put("a", 1))).isEqualTo(Refusals.DAMAGED);
        assertThat(leader.call(putIf("b", 1, EXISTS))).isEqualTo(Refusals.DAMAGED);
        assertThat(host.corruptions).hasSize(5);
        host.store.clear();
        assertThat(leader.call(put("a", 1))).isInstanceOf(Written.class);
    }

    @Test
    void allThatWaitForADamagedItemAreAnswered() {
        damage("a", new byte[] {1, 2, 3});
        TestCaller first = leader.send(put("a", 1));
        TestCaller second = leader.send(delete("a"));
        host.completeReads();
        assertThat(leader.answer(first)).isEqualTo(Refusals.DAMAGED);
        assertThat(leader.answer(second)).isEqualTo(Refusals.DAMAGED);
        assertThat(host.corruptions).hasSize(1);
    }

    @Test
    void callersAreAnsweredWhereTheStoreItselfFindsDamage() {
        TestCaller get = leader.send(get("a", true));
        TestCaller write = leader.send(put("b", 1));
        TestCaller next = leader.send(delete("b"));
        TestCaller range = leader.send(Requests.all());
        host.reads.removeFirst().damaged().run();
        host.reads.removeFirst().damaged().run();
        host.scans.getFirst().fail();
        assertThat(List.of(get, write, next, range))
                .allSatisfy(
                        caller -> assertThat(leader.answer(caller)).isEqualTo(Refusals.DAMAGED));
    }

    @Test
    void aWriteIsAnsweredOnceWhereTheOfficeEndsBeforeTheStoreFindsDamage() {
        TestCaller write = leader.send(put("a", 1));
        leader.partition.close();
        host.reads.removeFirst().damaged().run();
        assertThat(leader.answer(write)).isEqualTo(Refusals.LEADERSHIP_LOST);
    }

    @Test
    void anExpressionThatCannotBeEvaluatedFailsItsRequestOnly() {
        Condition endless = EXISTS;
        for (int depth = 0; depth < 1_000_000; depth++) {
            endless = new Condition.Not(endless); // No parser lets so many through.
        }
        leader.call(put("a", 1));
        assertThat(leader.call(putIf("a", 2, endless))).isEqualTo(Refusals.EVALUATION_FAILED);
        assertThat(leader.call(Requests.filtered(endless))).isEqualTo(Refusals.EVALUATION_FAILED);
        assertThat(host.evaluationsFailed).isEqualTo(2);
        assertThat(leader.call(putIf("a", 3, vIs(1)))).isInstanceOf(Written.class);
    }

    private void damage(String pk, byte[] value) {
        host.store.put(StoreKey.of(LeaderFixture.TABLE_ID, key(pk)), value);
    }

    @Test
    void anEntryThatCannotBeAppliedLeavesTheReplicaAsItWas() {
        LogEntry unknown =
                new LogEntry(
                        2,
                        new Ballot(9, LeaderFixture.SELF),
                        LogEntry.Kind.COMMAND,
                        new byte[] {2});
        leader.partition.stopLeading();
        assertThatThrownBy(() -> leader.partition.apply(unknown))
                .isInstanceOfSatisfying(
                        UnappliableEntryException.class, e -> assertThat(e.lsn()).isEqualTo(2))
                .hasMessageContaining("unknown version of a command: 2");
        assertThat(leader.partition.appliedLsn()).isEqualTo(1);
        leader.lead();
        assertThat(leader.call(put("a", 1))).isInstanceOf(Written.class);
    }

    @Test
    void aChangeOfAnotherPartitionIsABug() {
        LeaderFixture fixture = new LeaderFixture(KeyRange.segment(0, 2));
        fixture.partition.stopLeading();
        Change change = new Change.Delete(key(pkIn(KeyRange.segment(1, 2))), 1);
        fixture.append(
                LogEntry.Kind.COMMAND, CommandCodec.encode(new Command.Changes(List.of(change))));
        assertThatThrownBy(fixture::applyAll).isInstanceOf(Invariants.Violation.class);
    }

    @Test
    void entriesOutOfOrderAreABug() {
        LogEntry later =
                new LogEntry(
                        3,
                        new Ballot(9, LeaderFixture.SELF),
                        LogEntry.Kind.BALLOT_START,
                        new byte[0]);
        assertThatThrownBy(() -> leader.partition.apply(later))
                .isInstanceOf(Invariants.Violation.class)
                .hasMessageContaining("entries out of order");
        assertThatThrownBy(() -> leader.partition.applied(2))
                .isInstanceOf(Invariants.Violation.class);
    }

    @Test
    void aFallingBallotIsABug() {
        LogEntry older = new LogEntry(2, Ballot.NONE, LogEntry.Kind.BALLOT_START, new byte[0]);
        assertThatThrownBy(() -> leader.partition.apply(older))
                .isInstanceOf(Invariants.Violation.class)
                .hasMessageContaining("ballots never fall");
    }

    @Test
    void anotherCommandThanWasProposedIsABug() {
        leader.send(put("a", 1));
        host.completeReads();
        leader.log.removeLast();
        putByAnotherLeader(item("a", 2));
        assertThatThrownBy(leader::applyAll)
                .isInstanceOf(Invariants.Violation.class)
                .hasMessageContaining("another command is committed");
    }

    @Test
    void aCommandThatTheLeaderDidNotProposeIsABug() {
        putByAnotherLeader(item("a", 2));
        assertThatThrownBy(leader::applyAll)
                .isInstanceOf(Invariants.Violation.class)
                .hasMessageContaining("did not propose");
    }

    @Test
    void aCommandOfSeveralChangesIsOneBatch() {
        leader.call(put("a", 1));
        leader.partition.stopLeading();
        StoredItem stored = StoredItem.of(item("b", 2), 9_000_000, SIZE);
        Command command =
                new Command.Changes(
                        List.of(new Change.Put(key("b"), stored), new Change.Delete(key("a"), 8)));
        leader.append(LogEntry.Kind.COMMAND, CommandCodec.encode(command));
        leader.applyAll();
        assertThat(host.store).hasSize(1);
        assertThat(leader.call(get("b", false)))
                .isEqualTo(new Got(Optional.of(item("b", 2)), SIZE));
        assertThat(PartitionState.decode(host.state).maxDeleteMicros()).isEqualTo(8);
    }

    // ---- Reads

    @Test
    void aReadIsProjected() {
        leader.call(put("a", 1));
        Projection onlyV = new Projection(List.of(DocumentPath.of("v")));
        PartitionRequest.Get get = new PartitionRequest.Get(key("a"), true, Optional.of(onlyV));
        assertThat(leader.call(get))
                .isInstanceOfSatisfying(
                        Got.class,
                        got -> {
                            assertThat(got.item().orElseThrow().attributes()).containsOnlyKeys("v");
                            assertThat(got.sizeBytes()).isEqualTo(SIZE);
                        });
    }
}
