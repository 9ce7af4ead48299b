package dev.stator.core.partition;

import static dev.stator.core.partition.Requests.EXISTS;
import static dev.stator.core.partition.Requests.NOT_EXISTS;
import static dev.stator.core.partition.Requests.add;
import static dev.stator.core.partition.Requests.all;
import static dev.stator.core.partition.Requests.delete;
import static dev.stator.core.partition.Requests.get;
import static dev.stator.core.partition.Requests.item;
import static dev.stator.core.partition.Requests.key;
import static dev.stator.core.partition.Requests.keyItem;
import static dev.stator.core.partition.Requests.put;
import static dev.stator.core.partition.Requests.putIf;
import static dev.stator.core.partition.Requests.vIs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.partition.ScriptedHost.TestCaller;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.Finish;
import dev.stator.core.wire.PartitionRequest.Prepare;
import dev.stator.core.wire.PartitionRequest.ReadVersion;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.ConditionFailed;
import dev.stator.core.wire.PartitionResponse.Conflict;
import dev.stator.core.wire.PartitionResponse.Finished;
import dev.stator.core.wire.PartitionResponse.Got;
import dev.stator.core.wire.PartitionResponse.GotVersion;
import dev.stator.core.wire.PartitionResponse.Indeterminate;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.core.wire.PartitionResponse.Untimely;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.core.wire.TransactionId;
import dev.stator.core.wire.TransactionMark;
import dev.stator.model.expression.Condition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What transactions prepare of single items, and how it ends. */
class PreparedItemsTest {
    private static final TransactionId ONE = new TransactionId(1, 1);
    private static final TransactionId OTHER = new TransactionId(1, 2);

    /** The end of the millisecond in which everything here happens. */
    private static final long MICROS = 1_000_999;

    private final LeaderFixture leader = new LeaderFixture();
    private final ScriptedHost host = leader.host;

    private static TransactionMark mark(TransactionId id, long timestampMicros) {
        return new TransactionMark(id, "id/" + id, timestampMicros);
    }

    private static Prepare prepare(TransactionId id, long micros, String pk, Change change) {
        return new Prepare(
                key(pk), mark(id, micros), Optional.of(change), Optional.empty(), true, true);
    }

    private static Prepare preparePut(String pk, long v) {
        return prepare(ONE, MICROS, pk, new Change.Put(item(pk, v)));
    }

    private static Prepare check(TransactionId id, long micros, String pk, Condition condition) {
        return new Prepare(
                key(pk), mark(id, micros), Optional.empty(), Optional.of(condition), true, true);
    }

    private static Finish commit(String pk) {
        return new Finish(key(pk), ONE, true);
    }

    private static Finish cancel(String pk) {
        return new Finish(key(pk), ONE, false);
    }

    private PartitionResponse version(String pk) {
        return leader.call(new ReadVersion(key(pk), Optional.empty()));
    }

    private Optional<Long> valueOf(String pk) {
        return leader.call(get(pk, true)) instanceof Got(var found, var _)
                ? found.map(each -> each.equals(item(pk, 1)) ? 1L : 2L)
                : Optional.empty();
    }

    @Test
    void whatIsPreparedTakesPlaceWithTheCommit() {
        leader.call(put("a", 1));
        assertThat(leader.call(preparePut("a", 2))).isInstanceOf(Written.class);
        assertThat(valueOf("a")).contains(1L);
        assertThat(leader.call(commit("a"))).isEqualTo(new Finished());
        assertThat(valueOf("a")).contains(2L);
        assertThat(version("a"))
                .isInstanceOfSatisfying(
                        GotVersion.class, got -> assertThat(got.versionMicros()).isEqualTo(MICROS));
    }

    @Test
    void whatIsCanceledLeavesNoTrace() {
        leader.call(put("a", 1));
        int rows = host.store.size();
        leader.call(preparePut("a", 2));
        leader.call(preparePut("b", 2));
        assertThat(host.store).hasSize(rows + 2);
        assertThat(leader.call(cancel("a"))).isEqualTo(new Finished());
        assertThat(leader.call(cancel("b"))).isEqualTo(new Finished());
        assertThat(host.store).hasSize(rows);
        assertThat(valueOf("a")).contains(1L);
        assertThat(leader.call(put("a", 2))).isInstanceOf(Written.class);
    }

    @Test
    void aPreparedItemThatIsNotThereIsInNoRange() {
        leader.call(preparePut("a", 1));
        assertThat(leader.call(all()))
                .isInstanceOfSatisfying(
                        Page.class, page -> assertThat(page.evaluatedCount()).isZero());
    }

    @Test
    void writesOfOthersAndReadsOfTransactionsAreRefusedMeanwhile() {
        leader.call(put("a", 1));
        leader.call(preparePut("a", 2));
        Conflict conflict = new Conflict(mark(ONE, MICROS), false);
        assertThat(leader.call(put("a", 2))).isEqualTo(conflict);
        assertThat(leader.call(delete("a"))).isEqualTo(conflict);
        assertThat(leader.call(check(OTHER, MICROS + 1, "a", EXISTS))).isEqualTo(conflict);
        assertThat(version("a")).isEqualTo(conflict);
        assertThat(leader.call(put("b", 1))).isInstanceOf(Written.class);
        host.wallClockMillis += Bounds.STALLED_MILLIS;
        assertThat(leader.call(put("a", 2))).isEqualTo(new Conflict(mark(ONE, MICROS), true));
    }

    @Test
    void anEndIsOfItsOwnTransactionAlone() {
        leader.call(put("a", 1));
        leader.call(preparePut("a", 2));
        assertThat(leader.call(new Finish(key("a"), OTHER, true))).isEqualTo(new Finished());
        assertThat(leader.call(new Finish(key("a"), OTHER, false))).isEqualTo(new Finished());
        assertThat(version("a")).isInstanceOf(Conflict.class);
        leader.call(commit("a"));
        leader.call(put("a", 1));
        assertThat(leader.call(commit("a"))).isEqualTo(new Finished());
        assertThat(valueOf("a")).contains(1L);
    }

    @Test
    void aConditionThatDoesNotHoldPreparesNothing() {
        leader.call(put("a", 1));
        assertThat(leader.call(check(ONE, MICROS, "a", NOT_EXISTS)))
                .isInstanceOfSatisfying(
                        ConditionFailed.class,
                        failed -> assertThat(failed.item()).contains(item("a", 1)));
        assertThat(leader.call(put("a", 2))).isInstanceOf(Written.class);
    }

    @Test
    void timestampsOfAnItemOnlyRise() {
        leader.call(put("a", 1));
        long ofPut = ((GotVersion) version("a")).versionMicros();
        Change change = new Change.Update(keyItem("a"), add("v", 1));
        assertThat(leader.call(prepare(ONE, ofPut, "a", change))).isEqualTo(new Untimely(ofPut));
        leader.call(prepare(ONE, ofPut + 1, "a", change));
        leader.call(commit("a"));
        assertThat(leader.call(prepare(ONE, ofPut + 1, "a", change)))
                .as("a second copy that comes late")
                .isEqualTo(new Untimely(ofPut + 1));
        leader.call(put("a", 1));
        assertThat(((GotVersion) version("a")).versionMicros()).isGreaterThan(ofPut + 1);
    }

    @Test
    void whatWasOnlyCheckedGetsTheTimestampToo() {
        leader.call(put("a", 1));
        leader.call(check(ONE, MICROS, "a", EXISTS));
        leader.call(commit("a"));
        assertThat(valueOf("a")).contains(1L);
        assertThat(leader.call(check(OTHER, MICROS, "a", EXISTS))).isEqualTo(new Untimely(MICROS));
    }

    @Test
    void aCheckThatNothingIsThereHoldsForEarlierTimestampsAndEveryLeader() {
        leader.call(check(ONE, MICROS, "a", NOT_EXISTS));
        leader.call(commit("a"));
        Change change = new Change.Put(item("a", 1));
        assertThat(leader.call(prepare(OTHER, MICROS, "a", change)))
                .isEqualTo(new Untimely(MICROS));
        takeOver();
        assertThat(leader.call(prepare(OTHER, MICROS, "a", change)))
                .isEqualTo(new Untimely(MICROS));
        leader.call(put("a", 1));
        assertThat(((GotVersion) version("a")).versionMicros()).isGreaterThan(MICROS);
    }

    @Test
    void aDeletedItemIsNotMadeAgainByAnOlderTransaction() {
        leader.call(put("a", 1));
        leader.call(prepare(ONE, MICROS, "a", new Change.Delete()));
        leader.call(commit("a"));
        assertThat(valueOf("a")).isEmpty();
        assertThat(leader.call(prepare(OTHER, MICROS, "a", new Change.Put(item("a", 1)))))
                .isEqualTo(new Untimely(MICROS));
    }

    @Test
    void aTimestampFarFromTheClockIsRefused() {
        long nowMicros = host.wallClockMillis * 1_000;
        long skewMicros = Bounds.PREPARE_SKEW_MILLIS * 1_000;
        Change change = new Change.Put(item("a", 1));
        assertThat(leader.call(prepare(ONE, nowMicros + skewMicros + 1, "a", change)))
                .isEqualTo(new Untimely(0));
        assertThat(leader.call(prepare(ONE, nowMicros + skewMicros, "a", change)))
                .isInstanceOf(Written.class);
    }

    @Test
    void aNewLeaderKnowsWhatIsPrepared() {
        leader.call(put("a", 1));
        leader.call(preparePut("a", 2));
        takeOver();
        assertThat(leader.call(put("a", 1))).isInstanceOf(Conflict.class);
        assertThat(version("a")).isInstanceOf(Conflict.class);
        leader.call(commit("a"));
        assertThat(valueOf("a")).contains(2L);
    }

    @Test
    void nothingIsEvaluatedBeforeANewLeaderKnowsWhatIsPrepared() {
        leader.call(preparePut("a", 2));
        leader.partition.stopLeading();
        leader.lead();
        TestCaller write = leader.send(put("a", 1));
        TestCaller end = leader.send(commit("a"));
        TestCaller read = leader.send(new ReadVersion(key("a"), Optional.empty()));
        assertThat(leader.answer(write)).isEqualTo(Refusals.NO_LEASE);
        assertThat(leader.answer(end)).isEqualTo(Refusals.NO_LEASE);
        assertThat(leader.answer(read)).isEqualTo(Refusals.NO_LEASE);
    }

    private void takeOver() {
        leader.partition.stopLeading();
        leader.partition = leader.over(new ItemCache(0));
        leader.lead();
        host.completeScans();
    }

    @Test
    void noAnswerLeavesBeforeItIsCommitted() {
        TestCaller first = leader.send(preparePut("a", 1));
        TestCaller conflicting = leader.send(put("a", 2));
        TestCaller end = leader.send(commit("a"));
        TestCaller again = leader.send(commit("a"));
        host.completeReads();
        assertThat(host.answers).doesNotContainKeys(first, conflicting, end, again);
        leader.applyNext();
        assertThat(leader.answer(first)).isInstanceOf(Written.class);
        assertThat(leader.answer(conflicting)).isInstanceOf(Conflict.class);
        assertThat(host.answers).doesNotContainKeys(end, again);
        leader.applyNext();
        assertThat(leader.answer(end)).isEqualTo(new Finished());
        assertThat(leader.answer(again)).isEqualTo(new Finished());
    }

    @Test
    void aWriteIsEvaluatedOnWhatACommitUnderWayMakes() {
        leader.call(put("a", 1));
        leader.call(preparePut("a", 2));
        leader.send(commit("a"));
        TestCaller write = leader.send(putIf("a", 3, vIs(2)));
        TestCaller read = leader.send(new ReadVersion(key("a"), Optional.empty()));
        host.completeReads();
        assertThat(leader.answer(read)).isInstanceOf(Conflict.class);
        assertThat(leader.answer(write)).isNull();
        leader.applyAll();
        assertThat(leader.answer(write)).isInstanceOf(Written.class);
    }

    @Test
    void whatIsPreparedByALeaderThatIsReplacedIsUnknown() {
        TestCaller prepared = leader.send(preparePut("a", 1));
        host.completeReads();
        leader.partition.stopLeading();
        assertThat(leader.answer(prepared)).isEqualTo(new Indeterminate());
    }
}
