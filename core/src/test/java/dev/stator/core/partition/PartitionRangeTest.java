package dev.stator.core.partition;

import static dev.stator.core.partition.Requests.item;
import static dev.stator.core.partition.Requests.key;
import static dev.stator.core.partition.Requests.keyItem;
import static dev.stator.core.partition.Requests.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.partition.ScriptedHost.TestCaller;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Projection;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionRangeTest {
    private static final int SIZE = ItemSize.of(item("k0", 1));

    private final LeaderFixture leader = new LeaderFixture();

    /** The keys of the items in the order of their placement keys. */
    private final List<String> pks = new ArrayList<>();

    @BeforeEach
    void putItems() {
        for (int i = 0; i < 9; i++) {
            pks.add("k" + i);
        }
        pks.sort(Comparator.comparing(Requests::key));
        for (int i = 0; i < pks.size(); i++) {
            leader.call(put(pks.get(i), i + 1));
        }
    }

    private Item itemAt(int index) {
        return item(pks.get(index), index + 1);
    }

    private Page page(Range range) {
        return (Page) leader.call(range);
    }

    @Test
    void aPageHoldsTheRangeInTheOrderOfPlacementKeys() {
        Page page = page(Requests.all());
        assertThat(page.items()).hasSize(9);
        for (int i = 0; i < 9; i++) {
            assertThat(page.items().get(i)).isEqualTo(itemAt(i));
        }
        assertThat(page.count()).isEqualTo(9);
        assertThat(page.evaluatedCount()).isEqualTo(9);
        assertThat(page.evaluatedBytes()).isEqualTo(9L * SIZE);
        assertThat(page.lastKey()).isEmpty();
    }

    @Test
    void backwardIsTheReverse() {
        Page page = page(Requests.page(KeyRange.ALL, false, 2, Integer.MAX_VALUE));
        assertThat(page.items()).containsExactly(itemAt(8), itemAt(7));
        assertThat(page.lastKey()).contains(keyItem(pks.get(7)));
    }

    @Test
    void aRangeIncludesItsFirstKeyAndExcludesItsEnd() {
        KeyRange range = new KeyRange(key(pks.get(2)), key(pks.get(5)));
        assertThat(page(Requests.page(range, true, 100, Integer.MAX_VALUE)).items())
                .containsExactly(itemAt(2), itemAt(3), itemAt(4));
        assertThat(page(Requests.page(range, false, 100, Integer.MAX_VALUE)).items())
                .containsExactly(itemAt(4), itemAt(3), itemAt(2));
    }

    @Test
    void aConsistentRangeWaitsUntilTheStoreHasWhatWasCommitted() {
        leader.send(put(pks.get(0), 100));
        leader.host.completeReads();
        StoreBatch committed = leader.partition.apply(leader.log.getLast());
        TestCaller caller = leader.send(Requests.all());
        leader.host.completeScans();
        assertThat(leader.host.answers).doesNotContainKey(caller);
        leader.host.store(committed);
        leader.partition.applied(leader.host.storedLsn);
        leader.host.completeScans();
        Page page = (Page) leader.answer(caller);
        assertThat(page).isNotNull();
        assertThat(page.items().getFirst()).isEqualTo(item(pks.get(0), 100));
    }

    @Test
    void anEmptyRangeHasAnEmptyPage() {
        PlacementKey key = key("k1");
        assertThat(page(Requests.page(new KeyRange(key, key), true, 10, 10)))
                .isEqualTo(new Page(List.of(), 0, 0, 0, Optional.empty()));
    }

    @Test
    void aPageEndsWithTheLastItemThatItMayHoldAlsoWhereNothingFollows() {
        Page page = page(Requests.page(KeyRange.ALL, true, 9, Integer.MAX_VALUE));
        assertThat(page.count()).isEqualTo(9);
        assertThat(page.lastKey()).contains(keyItem(pks.get(8)));
        assertThat(page(Requests.page(KeyRange.ALL, true, 10, Integer.MAX_VALUE)).lastKey())
                .isEmpty();
    }

    @Test
    void aPageEndsWithTheItemThatReachesTheBytes() {
        Page exact = page(Requests.page(KeyRange.ALL, true, 100, 2 * SIZE));
        assertThat(exact.evaluatedCount()).isEqualTo(2);
        Page over = page(Requests.page(KeyRange.ALL, true, 100, 2 * SIZE + 1));
        assertThat(over.evaluatedCount()).isEqualTo(3);
        assertThat(over.evaluatedBytes()).isEqualTo(3L * SIZE);
        assertThat(over.lastKey()).contains(keyItem(pks.get(2)));
    }

    @Test
    void aPageIsNeverLongerThanOneMebibyteAndAnItem() {
        int itemBytes = 300_000;
        for (String pk : pks) {
            leader.call(
                    Requests.update(
                            pk, Requests.set("s", new AttributeValue.S("x".repeat(itemBytes)))));
        }
        Page page = page(Requests.all());
        assertThat(page.evaluatedCount()).isEqualTo(Bounds.PAGE_BYTES_MAX / itemBytes + 1);
        assertThat(page.lastKey()).isPresent();
    }

    @Test
    void theFilterComesAfterTheBoundsAndBeforeTheProjection() {
        Page page = page(filtered(4, false));
        assertThat(page.evaluatedCount()).isEqualTo(4);
        assertThat(page.evaluatedBytes()).isEqualTo(4L * SIZE);
        assertThat(page.count()).isEqualTo(2);
        assertThat(page.items()).containsExactly(keyItem(pks.get(0)), keyItem(pks.get(1)));
        assertThat(page.lastKey()).contains(keyItem(pks.get(3)));
    }

    @Test
    void aCountGivesNoItems() {
        Page page = page(filtered(4, true));
        assertThat(page.items()).isEmpty();
        assertThat(page.count()).isEqualTo(2);
        assertThat(page.evaluatedCount()).isEqualTo(4);
        assertThat(page.lastKey()).contains(keyItem(pks.get(3)));
    }

    /** Items with v below 3, of which only pk is wanted. */
    private static Range filtered(int maxItems, boolean countOnly) {
        return new Range(
                KeyRange.ALL,
                true,
                true,
                Optional.of(Requests.vBelow(3)),
                Optional.of(new Projection(List.of(DocumentPath.of("pk")))),
                new PageBounds(maxItems, Integer.MAX_VALUE),
                countOnly,
                List.of("pk"));
    }

    @Test
    void keyAttributesThatAnItemDoesNotHaveAreLeftOut() {
        Range range =
                new Range(
                        KeyRange.ALL,
                        true,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        new PageBounds(1, Integer.MAX_VALUE),
                        false,
                        List.of("v", "absent", "pk"));
        Item lastKey = page(range).lastKey().orElseThrow();
        assertThat(lastKey.attributes().sequencedKeySet()).containsExactly("v", "pk");
    }

    @Test
    void aReplicaReadsItsOwnPartOfTheRange() {
        KeyRange low = KeyRange.segment(0, 2);
        LeaderFixture fixture = new LeaderFixture(low);
        fixture.host.store.putAll(leader.host.store);
        Page page = (Page) fixture.call(Requests.all());
        List<Item> inside = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            if (low.contains(key(pks.get(i)))) {
                inside.add(itemAt(i));
            }
        }
        assertThat(inside).hasSizeBetween(1, 8);
        assertThat(page.items()).isEqualTo(inside);
        assertThat(page.lastKey()).isEmpty();
    }

    @Test
    void anEventualRangeIsReadByAnyReplicaThatHearsItsLeader() {
        leader.partition.stopLeading();
        Range range =
                new Range(
                        KeyRange.ALL,
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        new PageBounds(100, 1 << 20),
                        false,
                        List.of("pk"));
        assertThat(page(range).count()).isEqualTo(9);
        leader.host.servesEventually = false;
        assertThat(leader.call(range)).isEqualTo(Refusals.TOO_FAR_BEHIND);
    }
}
