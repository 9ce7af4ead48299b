package dev.stator.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.PartitionHost.Collector;
import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.Contents;
import dev.stator.core.wire.MetadataMessage.GroupContents;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.replication.GroupId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static final KeyRange EVERYTHING = new KeyRange(new byte[0], new byte[] {(byte) 0xFF});

    private static final byte[] ENTRIES = {(byte) 0xFF, 1};
    private static final byte[] ENTRIES_END = {(byte) 0xFF, 2};

    private final TreeMap<byte[], byte[]> store = new TreeMap<>(Arrays::compareUnsigned);
    private final TreeMap<GroupId, Group> groups = new TreeMap<>();
    private final Pages pages = new Pages();
    private final Census census = new Census(pages, 0);
    private long now;

    /** Scans wait until they are let go on. */
    private final class Pages implements Census.Scanner {
        private final List<Runnable> waiting = new ArrayList<>();
        private int scans;
        private boolean damaged;

        @Override
        public void scan(
                KeyRange range, Collector collector, Runnable done, Consumer<String> failed) {
            scans++;
            waiting.add(() -> {
                if (damaged) {
                    failed.accept("a bad block");
                    return;
                }
                for (Map.Entry<byte[], byte[]> each :
                        store.subMap(range.from(), range.to()).entrySet()) {
                    if (!collector.collect(each.getKey(), each.getValue())) {
                        break;
                    }
                }
                done.run();
            });
        }
    }

    private static final class Group implements Census.Subject {
        private final GroupId id;
        private boolean leads = true;
        private long ballotRound = 1;
        private long appliedLsn = 1;
        private final SequencedMap<String, KeyRange> indexes = new LinkedHashMap<>();
        private final List<String> damage = new ArrayList<>();

        Group(long id) {
            this.id = new GroupId(id);
        }

        @Override
        public GroupId id() {
            return id;
        }

        @Override
        public boolean countable() {
            return leads;
        }

        @Override
        public long ballotRound() {
            return ballotRound;
        }

        @Override
        public long appliedLsn() {
            return appliedLsn;
        }

        @Override
        public KeyRange items() {
            return EVERYTHING;
        }

        @Override
        public SequencedMap<String, KeyRange> localIndexes() {
            return indexes;
        }

        @Override
        public void damaged(String detail) {
            damage.add(detail);
        }
    }

    private Group group(long id) {
        Group group = new Group(id);
        groups.put(group.id, group);
        return group;
    }

    private static Item item(int number, int bytes) {
        return Item.of(
                Map.of(
                        "k", new AttributeValue.S("key" + number),
                        "v", new AttributeValue.S("x".repeat(bytes))));
    }

    private void put(int number, Item item) {
        byte[] key = "key%06d".formatted(number).getBytes(StandardCharsets.UTF_8);
        store.put(key, StoredItem.of(item, 1, ItemSize.of(item)).bytes());
    }

    private void tick() {
        now += Census.PAGE_EVERY_NANOS;
        census.onTick(groups, now);
    }

    private void endScans() {
        List<Runnable> ready = List.copyOf(pages.waiting);
        pages.waiting.clear();
        ready.forEach(Runnable::run);
    }

    private void pass(int ticks) {
        for (int i = 0; i < ticks; i++) {
            tick();
            endScans();
        }
    }

    @Test
    void countsOverManyPages() {
        Group group = group(7);
        long bytes = 0;
        for (int i = 0; i < 300; i++) {
            Item item = item(i, 5_000);
            bytes += ItemSize.of(item);
            put(i, item);
        }
        pass(2);
        assertThat(census.nextCounted().groups()).as("not counted to the end yet").isEmpty();
        pass(2);
        assertThat(census.nextCounted().groups())
                .containsExactly(
                        new GroupContents(
                                group.id, 1, new Contents(300, bytes), new LinkedHashMap<>()));
    }

    @Test
    void readsOnePageInItsTimeAndNoMore() {
        Group group = group(7);
        put(1, item(1, 10));
        tick();
        census.onTick(groups, now);
        census.onTick(groups, now + Census.PAGE_EVERY_NANOS);
        assertThat(pages.scans).as("the first page is still being read").isEqualTo(1);
        endScans();
        group.appliedLsn++;
        census.onTick(groups, now + 2 * Census.PAGE_EVERY_NANOS);
        census.onTick(groups, now + 3 * Census.PAGE_EVERY_NANOS - 1);
        assertThat(pages.scans).isEqualTo(2);
    }

    @Test
    void countsAgainOnlyWhatHasChanged() {
        Group changed = group(3);
        group(4);
        pass(5);
        assertThat(pages.scans).as("one page for each").isEqualTo(2);
        changed.appliedLsn++;
        put(1, item(1, 10));
        pass(5);
        assertThat(pages.scans).isEqualTo(3);
        assertThat(census.nextCounted().groups().getFirst().items().itemCount()).isEqualTo(1);
    }

    @Test
    void aLeaderThatIsNoMoreTellsNothing() {
        Group group = group(3);
        put(1, item(1, 10));
        tick();
        group.leads = false;
        endScans();
        assertThat(census.nextCounted().groups()).isEmpty();
        group.leads = true;
        group.ballotRound = 2;
        pass(2);
        assertThat(census.nextCounted().groups().getFirst().ballotRound()).isEqualTo(2);
        census.leadsNoMore(group.id);
        assertThat(census.nextCounted().groups()).isEmpty();
    }

    @Test
    void whatIsDamagedIsReportedAndNotCounted() {
        Group group = group(3);
        store.put(new byte[] {1}, new byte[] {1, 2, 3});
        pass(1);
        assertThat(group.damage).hasSize(1);
        store.clear();
        pages.damaged = true;
        group.appliedLsn++;
        pass(1);
        assertThat(group.damage).hasSize(2).contains("a bad block");
        assertThat(census.nextCounted().groups()).isEmpty();
        pages.damaged = false;
        pass(1);
        assertThat(census.nextCounted().groups()).hasSize(1);
    }

    @Test
    void countsTheEntriesOfLocalIndexes() {
        Group group = group(3);
        group.indexes.put("by-v", new KeyRange(ENTRIES, ENTRIES_END));
        group.indexes.put("by-w", new KeyRange(ENTRIES_END, KeyRange.after(ENTRIES_END)));
        put(1, item(1, 10));
        put(2, item(2, 10));
        Item entry = item(1, 2);
        byte[] value = StoredItem.of(entry, 1, ItemSize.of(entry)).bytes();
        store.put(KeyRange.after(ENTRIES), value);
        pass(1);
        assertThat(census.nextCounted().groups()).isEmpty();
        pass(2);
        GroupContents counted = census.nextCounted().groups().getFirst();
        assertThat(counted.items().itemCount()).isEqualTo(2);
        assertThat(counted.localIndexes())
                .containsExactly(
                        Map.entry("by-v", new Contents(1, ItemSize.of(entry))),
                        Map.entry("by-w", Contents.NONE));
    }

    @Test
    void everyGroupIsToldSliceBySlice() {
        for (int i = 1; i <= Census.SLICE_GROUPS + 1; i++) {
            group(i);
        }
        pass(Census.SLICE_GROUPS + 1);
        assertThat(census.nextCounted().groups()).hasSize(Census.SLICE_GROUPS);
        assertThat(census.nextCounted().groups()).hasSize(1);
        assertThat(census.nextCounted().groups()).hasSize(Census.SLICE_GROUPS);
    }
}
