package dev.stator.core.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.Command;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.IndexMessage.TakeChanges;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a partition of an index makes of the pieces that it is sent. */
class IndexTargetTest {
    private static final GroupId SOURCE = new GroupId(70);
    private static final GroupId OTHER_SOURCE = new GroupId(71);
    private static final FeedPosition AT_10 = FeedPosition.START.withLsn(10);
    private static final FeedPosition AT_20 = FeedPosition.START.withLsn(20);

    private final LeaderFixture leader = new LeaderFixture();

    /** In the order in which they came; empty where nothing could be told. */
    private final List<Optional<FeedPosition>> answers = new ArrayList<>();

    private long calls;

    private static Change put(String key, long v) {
        Item item = Requests.item(key, v);
        return new Change.Put(Requests.key(key), StoredItem.of(item, 1, ItemSize.of(item)));
    }

    private static Bytes command(GroupId source, FeedPosition to, Change... changes) {
        return Bytes.wrap(
                CommandCodec.encode(new Command.IndexChanges(source, to, List.of(changes))));
    }

    private void take(GroupId source, FeedPosition from, Bytes command) {
        leader.partition.takeChanges(
                new TakeChanges(
                        ++calls,
                        LeaderFixture.descriptor(KeyRange.ALL).group(),
                        source,
                        from,
                        command),
                answers::add);
    }

    private void take(FeedPosition from, FeedPosition to, Change... changes) {
        take(SOURCE, from, command(SOURCE, to, changes));
    }

    private void ask(GroupId source) {
        take(source, FeedPosition.START, Bytes.EMPTY);
    }

    private Optional<Item> stored(String key) {
        byte[] value =
                leader.host.store.get(StoreKey.of(LeaderFixture.TABLE_ID, Requests.key(key)));
        return Optional.ofNullable(value).map(bytes -> StoredItem.parse(bytes).item());
    }

    @Test
    void anIndexThatWasToldNothingIsAtTheStart() {
        ask(SOURCE);
        assertThat(answers).containsExactly(Optional.of(FeedPosition.START));
    }

    @Test
    void aPieceIsAnsweredWhenTheStoreHasIt() {
        take(FeedPosition.START, AT_10, put("a", 1));
        assertThat(answers).isEmpty();
        leader.partition.apply(leader.log.getLast());
        assertThat(answers).isEmpty();
        leader.partition.applied(leader.log.size());
        assertThat(answers).containsExactly(Optional.of(AT_10));
    }

    @Test
    void aRepeatedPieceIsNotTakenAgain() {
        take(FeedPosition.START, AT_10, put("a", 1));
        leader.applyAll();
        take(AT_10, AT_20, put("a", 2));
        leader.applyAll();
        int entries = leader.log.size();
        take(FeedPosition.START, AT_10, put("a", 1));
        leader.applyAll();
        assertThat(leader.log).hasSize(entries);
        assertThat(stored("a")).contains(Requests.item("a", 2));
        assertThat(answers).last().isEqualTo(Optional.of(AT_20));
    }

    @Test
    void aPieceOutOfOrderIsNotTaken() {
        take(AT_10, AT_20, put("a", 2));
        leader.applyAll();
        assertThat(stored("a")).isEmpty();
        assertThat(answers).containsExactly(Optional.of(FeedPosition.START));
    }

    /** The changes up to there are the same, but not what was filled in. */
    @Test
    void aPieceFromAnotherPlaceInTheBackfillIsNotTaken() {
        FeedPosition filled = new FeedPosition(10, Requests.key("m"), false);
        take(FeedPosition.START, filled, put("a", 1));
        leader.applyAll();
        take(AT_10, AT_20, put("a", 2));
        leader.applyAll();
        assertThat(stored("a")).contains(Requests.item("a", 1));
        assertThat(answers).last().isEqualTo(Optional.of(filled));
    }

    @Test
    void nothingElseIsTakenWhileAPieceIsUnderWay() {
        take(FeedPosition.START, AT_10, put("a", 1));
        take(FeedPosition.START, AT_20, put("a", 2));
        ask(SOURCE);
        assertThat(answers).containsExactly(Optional.empty(), Optional.empty());
        leader.applyAll();
        assertThat(stored("a")).contains(Requests.item("a", 1));
        ask(SOURCE);
        assertThat(answers).last().isEqualTo(Optional.of(AT_10));
    }

    @Test
    void thePartitionsOfATableAreToldApart() {
        take(FeedPosition.START, AT_10, put("a", 1));
        take(OTHER_SOURCE, FeedPosition.START, command(OTHER_SOURCE, AT_20, put("b", 2)));
        leader.applyAll();
        ask(SOURCE);
        ask(OTHER_SOURCE);
        assertThat(answers.subList(2, 4)).containsExactly(Optional.of(AT_10), Optional.of(AT_20));
    }

    @Test
    void whereTheIndexIsOutlivesARestart() {
        take(FeedPosition.START, AT_10, put("a", 1));
        leader.applyAll();
        leader.partition = leader.over(new ItemCache(0));
        leader.lead();
        leader.host.completeScans();
        take(FeedPosition.START, AT_20, put("a", 2));
        assertThat(answers).last().isEqualTo(Optional.of(AT_10));
        take(AT_10, AT_20, put("a", 2));
        leader.applyAll();
        assertThat(stored("a")).contains(Requests.item("a", 2));
    }

    /** It must not answer from rows that it has not read. */
    @Test
    void aNewLeaderTakesNothingBeforeItHasReadWhereItIs() {
        take(FeedPosition.START, AT_10, put("a", 1));
        leader.applyAll();
        leader.partition.stopLeading();
        leader.lead();
        ask(SOURCE);
        take(FeedPosition.START, AT_10, put("a", 1));
        assertThat(answers.subList(1, 3)).containsExactly(Optional.empty(), Optional.empty());
        leader.host.completeScans();
        ask(SOURCE);
        assertThat(answers).last().isEqualTo(Optional.of(AT_10));
    }

    @Test
    void whoLosesOfficeSaysThatNothingCanBeTold() {
        take(FeedPosition.START, AT_10, put("a", 1));
        leader.partition.stopLeading();
        assertThat(answers).containsExactly(Optional.empty());
        ask(SOURCE);
        assertThat(answers).last().isEqualTo(Optional.empty());
    }

    /** The next leader may have the entry, or not: it is where its rows say. */
    @Test
    void aPieceThatWasLostWithItsLeaderIsTakenWhenItComesAgain() {
        take(FeedPosition.START, AT_10, put("a", 1));
        leader.partition.stopLeading();
        leader.log.removeLast();
        leader.lead();
        leader.host.completeScans();
        take(FeedPosition.START, AT_10, put("a", 1));
        leader.applyAll();
        assertThat(answers).containsExactly(Optional.empty(), Optional.of(AT_10));
        assertThat(stored("a")).contains(Requests.item("a", 1));
    }

    @Test
    void nothingIsTakenWithoutALease() {
        leader.host.serves = false;
        take(FeedPosition.START, AT_10, put("a", 1));
        assertThat(answers).containsExactly(Optional.empty());
    }

    @Test
    void whatIsNotForThisPartitionIsNotPutIntoTheLog() {
        PlacementKey from = Requests.key("a").next();
        LeaderFixture upper = new LeaderFixture(new KeyRange(from, null));
        int entries = upper.log.size();
        for (Bytes wrong :
                List.of(
                        command(SOURCE, AT_10, put("a", 1)),
                        command(OTHER_SOURCE, AT_10),
                        Bytes.wrap(CommandCodec.encode(new Command.RecordsTrimmed(1, 1))),
                        Bytes.wrap(new byte[] {9, 9}),
                        Bytes.wrap(new byte[CommandCodec.COMMAND_BYTES_MAX + 1]))) {
            upper.partition.takeChanges(
                    new TakeChanges(1, new GroupId(3), SOURCE, FeedPosition.START, wrong),
                    answers::add);
        }
        assertThat(upper.log).hasSize(entries);
        assertThat(answers).hasSize(5).containsOnly(Optional.empty());
        assertThat(upper.host.evaluationsFailed).isEqualTo(5);
    }
}
