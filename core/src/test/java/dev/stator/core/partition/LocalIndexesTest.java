package dev.stator.core.partition;

import static dev.stator.core.partition.LocalIndexTable.ALL;
import static dev.stator.core.partition.LocalIndexTable.INDEXES;
import static dev.stator.core.partition.LocalIndexTable.KEYS;
import static dev.stator.core.partition.LocalIndexTable.NOTES;
import static dev.stator.core.partition.LocalIndexTable.delete;
import static dev.stator.core.partition.LocalIndexTable.item;
import static dev.stator.core.partition.LocalIndexTable.keyItem;
import static dev.stator.core.partition.LocalIndexTable.put;
import static dev.stator.core.partition.LocalIndexTable.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.StoreKey;
import dev.stator.core.partition.ScriptedHost.TestCaller;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.LocalIndexRead;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.Fetched;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.core.wire.PartitionResponse.Refused;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.KeyRange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalIndexesTest {
    private static final ApiError TOO_LARGE =
            new ApiError.ItemCollectionSizeLimitExceeded("Collection size exceeded.");

    private final LeaderFixture leader = new LeaderFixture(LocalIndexTable.descriptor());

    private Written written(PartitionRequest.Write write) {
        Written written = (Written) leader.call(write);
        assertWhole();
        return written;
    }

    private void assertWhole() {
        List<Item> items = LocalIndexTable.items(leader.host.store);
        for (String index : INDEXES) {
            assertThat(LocalIndexTable.stored(leader.host.store, index))
                    .isEqualTo(LocalIndexTable.expected(items, index));
        }
        assertThat(LocalIndexTable.storedSizes(leader.host.store))
                .isEqualTo(LocalIndexTable.expectedSizes(items));
    }

    private Page page(Range read) {
        return (Page) leader.call(read);
    }

    // ---- Entries

    @Test
    void anEntryComesMovesChangesAndGoesWithItsItem() {
        written(put("pk", "a", "sk", "1", "color", "red", "note", "n", "more", "m"));
        assertThat(page(read(KEYS, false, true)).items())
                .containsExactly(item("pk", "a", "sk", "1", "color", "red"));
        assertThat(page(read(NOTES, false, true)).items())
                .containsExactly(item("pk", "a", "sk", "1", "color", "red", "note", "n"));
        assertThat(page(read(ALL, false, true)).items())
                .containsExactly(
                        item("pk", "a", "sk", "1", "color", "red", "note", "n", "more", "m"));

        written(put("pk", "a", "sk", "1", "color", "blue", "note", "n"));
        written(put("pk", "a", "sk", "1", "color", "blue", "note", "other"));
        assertThat(page(read(NOTES, false, true)).items())
                .containsExactly(item("pk", "a", "sk", "1", "color", "blue", "note", "other"));

        written(put("pk", "a", "sk", "1", "note", "not in an index"));
        assertThat(page(read(KEYS, false, true)).items()).isEmpty();
        written(put("pk", "a", "sk", "1", "color", "blue"));
        written(delete("a", "1"));
        assertThat(leader.host.store).isEmpty();
    }

    @Test
    void entriesAreInTheOrderOfTheIndexKeyAndThenOfTheTablesKey() {
        written(put("pk", "a", "sk", "1", "color", "red"));
        written(put("pk", "a", "sk", "2", "color", "blue"));
        written(put("pk", "a", "sk", "3", "color", "blue"));

        assertThat(page(read(KEYS, false, true)).items())
                .containsExactly(
                        item("pk", "a", "sk", "2", "color", "blue"),
                        item("pk", "a", "sk", "3", "color", "blue"),
                        item("pk", "a", "sk", "1", "color", "red"));
        Page first = page(read(KEYS, false, true, new PageBounds(2, 1 << 20)));
        assertThat(first.lastKey()).contains(item("pk", "a", "sk", "3", "color", "blue"));
    }

    @Test
    void onlyEntriesThatChangeAreWritten() {
        written(put("pk", "a", "sk", "1", "color", "red", "note", "n"));
        leader.send(put("pk", "a", "sk", "1", "color", "red", "note", "n", "more", "m"));
        leader.host.completeReads();
        List<StoreWrite> writes = leader.partition.apply(leader.log.getLast()).writes();

        // The item, its collection's size, and its entry in the index of everything.
        assertThat(writes).hasSize(3);
    }

    @Test
    void aReplicaWithoutTheIndexSaysSo() {
        Range known = read(KEYS, false, true);
        Range unknown =
                new Range(
                        known.range(),
                        true,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        known.bounds(),
                        false,
                        known.keyNames(),
                        Optional.of(new LocalIndexRead("none", false)));
        assertThat(leader.call(unknown)).isEqualTo(new PartitionResponse.NotHere());
    }

    @Test
    void aConsistentReadOfAnIndexWaitsForTheStore() {
        TestCaller writer = leader.send(put("pk", "a", "sk", "1", "color", "red"));
        leader.host.completeReads();
        var batch = leader.partition.apply(leader.log.getLast());
        assertThat(leader.answer(writer)).isInstanceOf(Written.class);

        TestCaller consistent = leader.send(read(KEYS, false, true));
        TestCaller eventual = leader.send(read(KEYS, false, false));
        leader.host.completeScans();
        assertThat(leader.answer(consistent)).isNull();
        assertThat(((Page) answer(eventual)).items()).isEmpty();

        leader.host.store(batch);
        leader.partition.applied(batch.appliedLsn());
        leader.host.completeScans();
        assertThat(((Page) answer(consistent)).items()).hasSize(1);
    }

    private PartitionResponse answer(TestCaller caller) {
        PartitionResponse answer = leader.answer(caller);
        if (answer == null) {
            throw new AssertionError("no answer to " + caller);
        }
        return answer;
    }

    // ---- Items that are fetched

    @Test
    void whatAnEntryLacksIsFetchedAndChargedItemByItem() {
        String large = "x".repeat(5_000);
        written(put("pk", "a", "sk", "1", "color", "red", "more", large));
        written(put("pk", "a", "sk", "2", "color", "blue", "more", "m"));
        Item first = item("pk", "a", "sk", "2", "color", "blue", "more", "m");
        Item second = item("pk", "a", "sk", "1", "color", "red", "more", large);

        Page page = page(read(KEYS, true, true));

        assertThat(page.items()).containsExactly(first, second);
        assertThat(page.evaluatedCount()).isEqualTo(2);
        assertThat(page.evaluatedBytes())
                .isEqualTo(
                        ItemSize.of(item("pk", "a", "sk", "1", "color", "red"))
                                + ItemSize.of(item("pk", "a", "sk", "2", "color", "blue")));
        assertThat(page.fetched())
                .isEqualTo(new Fetched(ItemSize.of(first) + ItemSize.of(second), 3));
        assertThat(page.lastKey()).isEmpty();
    }

    @Test
    void manyItemsAreFetched() {
        for (int i = 0; i < 100; i++) {
            written(put("pk", "a", "sk", "" + i, "color", "red", "more", "m"));
        }
        assertThat(page(read(KEYS, true, true)).items()).hasSize(100);
        Page part = page(read(KEYS, true, true, new PageBounds(40, 1 << 20)));
        assertThat(part.items()).hasSize(40);
        assertThat(part.lastKey()).isPresent();
    }

    @Test
    void aPageEndsWhereItsItemsAreAsLargeAsItMayBe() {
        for (int i = 0; i < 5; i++) {
            written(put("pk", "a", "sk", "" + i, "color", "red", "more", "x".repeat(400)));
        }
        Page page = page(read(KEYS, true, true, new PageBounds(Integer.MAX_VALUE, 1_000)));
        assertThat(page.items()).hasSize(3);
        assertThat(page.lastKey()).contains(item("pk", "a", "sk", "2", "color", "red"));
    }

    @Test
    void anItemThatMovedSinceItsEntryWasReadIsLeftOut() {
        written(put("pk", "a", "sk", "1", "color", "red", "more", "m"));
        written(put("pk", "a", "sk", "2", "color", "red", "more", "m"));
        written(put("pk", "a", "sk", "3", "color", "red", "more", "m"));
        TestCaller reader = leader.send(read(KEYS, true, true));
        for (int i = 0; i < 3; i++) {
            leader.host.scans.getFirst().step();
        }
        leader.send(put("pk", "a", "sk", "1", "color", "amber", "more", "m"));
        leader.send(delete("a", "2"));
        leader.send(put("pk", "a", "sk", "3", "color", "red", "more", "changed"));
        leader.host.completeReads();
        leader.applyAll();
        leader.host.completeScans();
        leader.host.completeReads();

        Page page = (Page) answer(reader);
        assertThat(page.items())
                .containsExactly(item("pk", "a", "sk", "3", "color", "red", "more", "changed"));
        assertThat(page.evaluatedCount()).isEqualTo(1);
    }

    @Test
    void damageIsReportedWhereItIsMet() {
        written(put("pk", "a", "sk", "1", "color", "red", "more", "m"));
        byte[] itemKey =
                StoreKey.of(LeaderFixture.TABLE_ID, LocalIndexTable.key(keyItem("a", "1")));
        byte[] good = leader.host.store.put(itemKey, new byte[] {1, 2, 3});
        assertThat(leader.call(read(KEYS, true, true))).isEqualTo(Refusals.DAMAGED);
        assertThat(leader.host.corruptions).hasSize(1);

        leader.host.store.put(itemKey, good);
        byte[] sizeKey =
                StoreKey.of(
                        StoreKey.collectionSizes(LeaderFixture.TABLE_ID),
                        LocalIndexTable.key(keyItem("a", "1")).collection());
        leader.host.store.put(sizeKey, new byte[] {1, 2, 3, 4, 5, 6, 7});
        assertThat(leader.call(delete("a", "1"))).isEqualTo(Refusals.DAMAGED);
        assertThat(leader.call(put("pk", "a", "sk", "2"))).isEqualTo(Refusals.DAMAGED);
        assertThat(leader.host.corruptions).hasSize(3);
    }

    // ---- Sizes of item collections

    @Test
    void aWriteTellsTheSizeOfItsCollection() {
        Item one = item("pk", "a", "sk", "1", "color", "red", "note", "n");
        Item two = item("pk", "a", "sk", "2");
        long both = LocalIndexTable.sizeOf(one) + LocalIndexTable.sizeOf(two);
        assertThat(written(LocalIndexTable.write(one, new Change.Put(one))).collectionBytes())
                .isEqualTo(LocalIndexTable.sizeOf(one));
        assertThat(written(LocalIndexTable.write(two, new Change.Put(two))).collectionBytes())
                .isEqualTo(both);
        assertThat(written(delete("a", "none")).collectionBytes()).isEqualTo(both);
        assertThat(written(put("pk", "b", "sk", "1")).collectionBytes()).isLessThan(both);
        assertThat(written(delete("a", "1")).collectionBytes())
                .isEqualTo(LocalIndexTable.sizeOf(two));
        assertThat(written(delete("a", "2")).collectionBytes()).isZero();
    }

    @Test
    void aCollectionMayGrowToItsLimitAndNoFarther() {
        Item one = item("pk", "a", "sk", "1", "color", "red");
        leader.host.collectionBytesMax = 2 * LocalIndexTable.sizeOf(one);
        written(LocalIndexTable.write(one, new Change.Put(one)));
        written(put("pk", "a", "sk", "2", "color", "red"));

        assertThat(leader.call(put("pk", "a", "sk", "3"))).isEqualTo(new Refused(TOO_LARGE, 0));
        assertThat(leader.call(put("pk", "a", "sk", "2", "color", "green")))
                .isEqualTo(new Refused(TOO_LARGE, ItemSize.of(one)));
        assertWhole();
        written(put("pk", "b", "sk", "1", "color", "red"));
        written(put("pk", "a", "sk", "2", "color", "tan"));
        written(put("pk", "a", "sk", "2", "color", "re"));
        written(put("pk", "a", "sk", "2"));
        written(put("pk", "a", "sk", "3"));
    }

    @Test
    void aCollectionAboveTheLimitMayShrink() {
        written(put("pk", "a", "sk", "1", "note", "long"));
        written(put("pk", "a", "sk", "2"));
        leader.host.collectionBytesMax = 1;
        written(put("pk", "a", "sk", "1", "note", "tiny"));
        written(put("pk", "a", "sk", "1", "note", "l"));
        assertThat(leader.call(put("pk", "a", "sk", "1", "note", "lo")))
                .isInstanceOf(Refused.class);
        written(delete("a", "1"));
    }

    @Test
    void aPendingWriteOfAnotherItemCountsAndIsWaitedFor() {
        Item one = item("pk", "a", "sk", "1", "color", "red");
        leader.host.collectionBytesMax = LocalIndexTable.sizeOf(one);
        TestCaller first = leader.send(LocalIndexTable.write(one, new Change.Put(one)));
        TestCaller second = leader.send(put("pk", "a", "sk", "2"));
        leader.host.completeReads();
        assertThat(leader.answer(second)).as("what it follows from may be lost").isNull();

        leader.applyAll();
        assertThat(leader.answer(first)).isInstanceOf(Written.class);
        assertThat(leader.answer(second)).isEqualTo(new Refused(TOO_LARGE, 0));
    }

    @Test
    void theSizeOfACollectionIsReadOnceForAllThatWaitForIt() {
        leader.send(put("pk", "a", "sk", "1"));
        leader.send(put("pk", "a", "sk", "2"));
        leader.send(put("pk", "b", "sk", "1"));
        assertThat(leader.host.reads).hasSize(2);
        leader.host.completeReads();
        leader.applyAll();
        assertWhole();
    }

    @Test
    void aLeaderThatIsDeposedForgetsWhatItProposed() {
        leader.send(put("pk", "a", "sk", "1"));
        TestCaller waiting = leader.send(put("pk", "a", "sk", "2"));
        leader.host.completeRead(0);
        leader.partition.stopLeading();
        assertThat(leader.answer(waiting)).isNotNull();
        leader.log.removeLast();
        leader.log.removeIf(entry -> entry.lsn() > leader.host.storedLsn);
        leader.lead();
        leader.host.completeReads();

        assertThat(written(put("pk", "a", "sk", "3")).collectionBytes())
                .isEqualTo(LocalIndexTable.sizeOf(keyItem("a", "3")));
    }

    @Test
    void whatIsInAnIndexByAnUpdateIsAsWell() {
        written(put("pk", "a", "sk", "1"));
        written(
                LocalIndexTable.write(
                        keyItem("a", "1"),
                        new Change.Update(
                                keyItem("a", "1"),
                                Requests.set("color", new AttributeValue.S("red")))));
        assertThat(page(read(KEYS, false, true)).items()).hasSize(1);
    }

    @Test
    void otherTablesKeepNoSizes() {
        LeaderFixture plain = new LeaderFixture(KeyRange.ALL);
        Written written = (Written) plain.call(Requests.put("a", 1));
        assertThat(written.collectionBytes()).isZero();
        assertThat(plain.host.store).hasSize(1);
    }
}
