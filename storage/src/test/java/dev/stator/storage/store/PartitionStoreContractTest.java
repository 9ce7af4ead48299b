package dev.stator.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.store.KeyRange;
import dev.stator.core.store.RangeDelete;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does. */
abstract class PartitionStoreContractTest {
    private static final KeyRange ALL = range("", "\u007f");

    @TempDir Path directory;

    private @Nullable PartitionStore opened;

    /** An empty store. */
    abstract PartitionStore createStore() throws IOException;

    /** Ends a store as a crash does and opens what it left. */
    abstract PartitionStore crash(PartitionStore store, SplittableRandom choices)
            throws IOException;

    /** Opens what a checkpoint wrote. */
    abstract PartitionStore openCheckpoint(Path checkpoint) throws IOException;

    /** Changes the stored bytes of a key. */
    abstract void damage(PartitionStore store, byte[] key) throws Exception;

    @BeforeEach
    void create() throws IOException {
        opened = createStore();
    }

    @AfterEach
    void close() throws IOException {
        store().close();
    }

    final PartitionStore store() {
        if (opened == null) {
            throw new AssertionError("no store");
        }
        return opened;
    }

    private void crash(long seed) throws IOException {
        opened = crash(store(), new SplittableRandom(seed));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        write(1, 5, put("a", "1"), put("b", ""));
        assertThat(get("a")).isEqualTo("1");
        assertThat(get("b")).isEmpty();
        assertThat(get("c")).isNull();
        write(1, 6, put("a", "2"), delete("b"), delete("never-there"));
        assertThat(get("a")).isEqualTo("2");
        assertThat(get("b")).isNull();
    }

    @Test
    void whatWasJustWrittenIsToldFromMemory() throws IOException {
        write(1, 5, put("a", "1"), put("b", "2"));
        write(1, 6, delete("b"));
        assertThat(store().getFromMemory(key("a")))
                .isInstanceOfSatisfying(
                        PartitionStore.MemoryRead.Known.class,
                        known -> assertThat(known.value()).isEqualTo(key("1")));
        assertThat(store().getFromMemory(key("b")))
                .isEqualTo(new PartitionStore.MemoryRead.Known(null));
    }

    @Test
    void theWritesOfABatchTakeEffectInTheirOrderAfterItsRangeDeletes() throws IOException {
        write(1, 1, put("a", "old"), put("b", "old"), put("c", "old"));
        store().write(
                        List.of(
                                new StoreBatch(
                                        1,
                                        2,
                                        List.of(put("b", "x"), delete("b"), put("b", "new")),
                                        List.of(new RangeDelete(key("a"), key("c"))))));
        assertThat(scan(ALL)).containsExactly("b=new", "c=old");
    }

    @Test
    void batchesTakeEffectInTheirOrder() throws IOException {
        StoreBatch clear =
                new StoreBatch(2, 1, List.of(), List.of(new RangeDelete(key("a"), key("b"))));
        store().write(List.of(batch(1, 1, put("a", "1")), clear, batch(1, 2, put("aa", "2"))));
        assertThat(scan(ALL)).containsExactly("aa=2");
        assertThat(lsns()).isEqualTo(new TreeMap<>(java.util.Map.of(1L, 2L, 2L, 1L)));
    }

    @Test
    void aRangeDeleteTakesTheStartAndLeavesTheEnd() throws IOException {
        write(1, 1, put("a", "1"), put("ab", "2"), put("b", "3"), put("b\0", "4"));
        StoreBatch clear =
                new StoreBatch(1, 2, List.of(), List.of(new RangeDelete(key("ab"), key("b\0"))));
        store().write(List.of(clear));
        assertThat(scan(ALL)).containsExactly("a=1", "b\0=4");
        assertThat(get("b")).isNull();
        StoreBatch nothing =
                new StoreBatch(1, 3, List.of(), List.of(new RangeDelete(key("a"), key("a"))));
        store().write(List.of(nothing));
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    void keysAreOrderedAsUnsignedBytes() throws IOException {
        byte[] high = {(byte) 0xff, 0};
        byte[] middle = {(byte) 0x80};
        byte[] low = {0x7f, (byte) 0xff};
        byte[] lowest = {};
        for (byte[] key : List.of(middle, high, lowest, low)) {
            write(1, 1, new StoreWrite.Put(key, new byte[0]));
        }
        List<byte[]> visited = new ArrayList<>();
        KeyRange all = new KeyRange(new byte[0], new byte[] {(byte) 0xff, (byte) 0xff});
        store().scan(all, (key, value) -> visited.add(key));
        assertThat(visited).containsExactly(lowest, low, middle, high);
    }

    @Test
    void scansKeepToTheirRangeInBothDirections() throws IOException {
        write(1, 1, put("a", "1"), put("b", "2"), put("ba", "3"), put("c", "4"), put("d", "5"));
        assertThat(scan(range("b", "d"))).containsExactly("b=2", "ba=3", "c=4");
        assertThat(scanReverse(range("b", "d"))).containsExactly("c=4", "ba=3", "b=2");
        assertThat(scan(range("aa", "cc"))).containsExactly("b=2", "ba=3", "c=4");
        assertThat(scanReverse(range("aa", "cc"))).containsExactly("c=4", "ba=3", "b=2");
        assertThat(scan(range("b", "b"))).isEmpty();
        assertThat(scanReverse(range("b", "b"))).isEmpty();
        assertThat(scan(range("x", "z"))).isEmpty();
        assertThat(scanReverse(range("0", "1"))).isEmpty();
        assertThat(scan(new KeyRange(KeyRange.after(key("b")), key("c")))).containsExactly("ba=3");
    }

    @Test
    void aVisitorStopsTheScan() throws IOException {
        write(1, 1, put("a", "1"), put("b", "2"), put("c", "3"));
        List<String> visited = new ArrayList<>();
        ItemVisitor two =
                (key, value) -> {
                    visited.add(text(key));
                    return visited.size() % 2 != 0;
                };
        store().scan(ALL, two);
        store().scanReverse(ALL, two);
        assertThat(visited).containsExactly("a", "b", "c", "b");
    }

    @Test
    void aViewShowsOneMomentItemsAndPositionsTogether() throws IOException {
        write(1, 1, put("a", "old"), put("b", "old"));
        try (StoreView view = store().view()) {
            write(1, 2, put("a", "new"), delete("b"), put("c", "new"));
            assertThat(view.get(key("a"))).isEqualTo(key("old"));
            assertThat(view.get(key("c"))).isNull();
            List<String> seen = new ArrayList<>();
            view.scan(ALL, (key, value) -> seen.add(text(key) + "=" + text(value)));
            view.scanReverse(ALL, (key, value) -> seen.add(text(key)));
            assertThat(seen).containsExactly("a=old", "b=old", "b", "a");
            assertThat(view.position(1)).isEqualTo(new AppliedPosition(1, new byte[0]));
            assertThat(view.position(9)).isNull();
        }
        assertThat(scan(ALL)).containsExactly("a=new", "c=new");
    }

    @Test
    void aClosedViewAndAClosedStoreRefuseToBeRead() throws IOException {
        StoreView view = store().view();
        view.close();
        view.close();
        assertThatThrownBy(() -> view.get(key("a"))).isInstanceOf(IllegalStateException.class);
        store().close();
        assertThatThrownBy(() -> get("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> scan(ALL)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> write(1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store()::view).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store()::flush).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingWaitsForAnOpenView() throws Exception {
        write(1, 1, put("a", "1"));
        StoreView view = store().view();
        Thread closing =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                store().close();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        while (!isRefused()) {
            Thread.onSpinWait();
        }
        assertThat(view.get(key("a"))).isEqualTo(key("1"));
        assertThat(closing.isAlive()).isTrue();
        view.close();
        closing.join();
    }

    private boolean isRefused() throws IOException {
        try {
            store().get(key("a"));
            return false;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    @Test
    void positionsCarryTheirStateUntilTheyAreRemoved() throws IOException {
        byte[] state = {1, 2, 3};
        store().write(List.of(new StoreBatch(-7, 3, state, List.of(), List.of())));
        store().write(List.of(batch(8, 4, put("a", "1"))));
        assertThat(store().appliedPositions())
                .containsExactly(
                        java.util.Map.entry(-7L, new AppliedPosition(3, state)),
                        java.util.Map.entry(8L, new AppliedPosition(4, new byte[0])));
        store().flush();
        crash(1);
        assertThat(store().appliedPositions()).containsKeys(-7L, 8L);

        store().write(List.of(StoreBatch.removing(8, List.of(new RangeDelete(ALL)))));
        assertThat(store().appliedPositions()).containsOnlyKeys(-7L);
        assertThat(get("a")).isNull();
        store().flush();
        crash(2);
        assertThat(store().appliedPositions())
                .containsExactly(java.util.Map.entry(-7L, new AppliedPosition(3, state)));
    }

    @Test
    void whatWasFlushedSurvivesACrash() throws IOException {
        write(1, 1, put("a", "1"));
        write(2, 7, put("b", "2"));
        SortedMap<Long, AppliedPosition> flushed = store().flush();
        assertThat(flushed).isEqualTo(store().appliedPositions());
        crash(3);
        assertThat(scan(ALL)).containsExactly("a=1", "b=2");
        assertThat(store().appliedPositions()).isEqualTo(flushed);
    }

    @Test
    void aFlushBesideWritesTellsOfNothingThatACrashCouldLose() throws Exception {
        long lsn = 0;
        for (int round = 0; round < 5; round++) {
            PartitionStore store = store();
            AtomicBoolean ended = new AtomicBoolean();
            AtomicLong written = new AtomicLong(lsn);
            FutureTask<Void> writes =
                    new FutureTask<>(() -> {
                        while (!ended.get()) {
                            long next = written.incrementAndGet();
                            store.write(List.of(batch(1, next, put("a", "" + next))));
                        }
                        return null;
                    });
            Thread.ofPlatform().start(writes);
            long before = lsn;
            while (written.get() < before + 20) {
                Thread.onSpinWait();
            }
            long told = lsnOf(store.flush());
            ended.set(true);
            writes.get();
            crash(round);
            lsn = lsnOf(store().appliedPositions());
            assertThat(lsn).isBetween(told, written.get());
            assertThat(get("a")).isEqualTo("" + lsn);
        }
    }

    private static long lsnOf(SortedMap<Long, AppliedPosition> positions) {
        AppliedPosition position = positions.get(1L);
        return position == null ? 0 : position.lsn();
    }

    @Test
    void anEmptyStoreIsFlushed() throws IOException {
        assertThat(store().flush()).isEmpty();
        crash(4);
        assertThat(store().appliedPositions()).isEmpty();
    }

    @Test
    void anOrderlyCloseLosesNothing() throws IOException {
        write(1, 1, put("a", "1"));
        Path copy = directory.resolve("copy");
        store().checkpoint(copy);
        PartitionStore first = openCheckpoint(copy);
        first.write(List.of(batch(1, 2, put("b", "2"))));
        first.close();
        first.close();
        if (!isVolatile()) {
            try (PartitionStore again = openCheckpoint(copy)) {
                assertThat(again.get(key("b"))).isEqualTo(key("2"));
            }
        }
    }

    /** Whether a closed store is gone. */
    abstract boolean isVolatile();

    @Test
    void aCrashLosesASuffixOfTheWritesItemsAndPositionsTogether() throws IOException {
        int lost = 0;
        for (long seed = 1; seed <= 12; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long base =
                    store().appliedPositions().values().stream()
                            .mapToLong(AppliedPosition::lsn)
                            .max()
                            .orElse(0);
            long flushed = base;
            long last = base;
            for (int i = random.nextInt(1, 60); i > 0; i--) {
                last++;
                write(last % 3, last, put("last", "" + last), put("k" + last, filler(random)));
                if (random.nextInt(25) == 0) {
                    store().flush();
                    flushed = last;
                }
            }
            crash(seed);
            String survivor = get("last");
            long kept = survivor == null ? 0 : Long.parseLong(survivor);
            assertThat(kept).as("seed %d", seed).isBetween(flushed, last);
            for (long lsn = base + 1; lsn <= last; lsn++) {
                assertThat(get("k" + lsn) != null).as("seed %d", seed).isEqualTo(lsn <= kept);
            }
            assertThat(lsns().values().stream().mapToLong(l -> l).max().orElse(0))
                    .as("seed %d", seed)
                    .isEqualTo(kept);
            lost += last > kept ? 1 : 0;
        }
        assertThat(lost).as("crashes that lost something").isPositive();
    }

    private static String filler(SplittableRandom random) {
        return "x".repeat(random.nextInt(3000));
    }

    @Test
    void aCheckpointIsACopyOfItsOwn() throws IOException {
        write(1, 1, put("a", "1"));
        store().flush();
        write(1, 2, put("b", "2"));
        Path copy = directory.resolve("copy");
        store().checkpoint(copy);
        write(1, 3, put("c", "3"));
        try (PartitionStore checkpoint = openCheckpoint(copy)) {
            assertThat(checkpoint.get(key("b"))).isEqualTo(key("2"));
            assertThat(checkpoint.get(key("c"))).isNull();
            assertThat(checkpoint.appliedPositions())
                    .containsExactly(java.util.Map.entry(1L, new AppliedPosition(2, new byte[0])));
        }
        assertThatThrownBy(() -> store().checkpoint(copy)).isInstanceOf(IOException.class);
    }

    @Test
    void aDamagedValueIsNeverReturned() throws Exception {
        write(1, 1, put("a", "1"), put("b", "2"));
        damage(store(), key("b"));
        assertThat(get("a")).isEqualTo("1");
        for (ThrowingRead read : reads()) {
            assertThatThrownBy(read::run)
                    .isInstanceOfSatisfying(
                            CorruptItemException.class,
                            e -> assertThat(e.key()).isEqualTo(key("b")))
                    .hasMessageContaining("62");
        }
    }

    private interface ThrowingRead {
        void run() throws IOException;
    }

    private List<ThrowingRead> reads() {
        return List.of(
                () -> get("b"),
                () -> store().getFromMemory(key("b")),
                () -> scan(ALL),
                () -> scanReverse(ALL),
                () -> {
                    try (StoreView view = store().view()) {
                        view.get(key("b"));
                    }
                });
    }

    @Test
    void randomWorkAgreesWithASortedMap() throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TreeMap<String, String> model = new TreeMap<>();
            scan(ALL).forEach(item -> model.put(item.split("=", 2)[0], item.split("=", 2)[1]));
            for (int step = 0; step < 200; step++) {
                randomWrite(random, model);
                KeyRange range = randomRange(random);
                List<String> expected = new ArrayList<>();
                model.subMap(text(range.from()), text(range.to()))
                        .forEach((key, value) -> expected.add(key + "=" + value));
                assertThat(scan(range)).as("seed %d step %d", seed, step).isEqualTo(expected);
                assertThat(scanReverse(range)).isEqualTo(expected.reversed());
                String key = randomKey(random);
                assertThat(get(key)).as("seed %d", seed).isEqualTo(model.get(key));
            }
            store().flush();
        }
    }

    private void randomWrite(SplittableRandom random, SortedMap<String, String> model)
            throws IOException {
        List<StoreWrite> writes = new ArrayList<>();
        List<RangeDelete> deletes = new ArrayList<>();
        if (random.nextInt(10) == 0) {
            KeyRange range = randomRange(random);
            deletes.add(new RangeDelete(range));
            model.subMap(text(range.from()), text(range.to())).clear();
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            String key = randomKey(random);
            if (random.nextInt(3) == 0) {
                writes.add(delete(key));
                model.remove(key);
            } else {
                String value = "" + random.nextInt(1000);
                writes.add(put(key, value));
                model.put(key, value);
            }
        }
        store().write(List.of(new StoreBatch(1, 1, writes, deletes)));
    }

    private static String randomKey(SplittableRandom random) {
        return Integer.toString(random.nextInt(400), 7);
    }

    private static KeyRange randomRange(SplittableRandom random) {
        byte[] one = key(randomKey(random));
        byte[] other = key(randomKey(random));
        return Arrays.compareUnsigned(one, other) <= 0
                ? new KeyRange(one, other)
                : new KeyRange(other, one);
    }

    private void write(long group, long lsn, StoreWrite... writes) throws IOException {
        store().write(List.of(batch(group, lsn, writes)));
    }

    private static StoreBatch batch(long group, long lsn, StoreWrite... writes) {
        return new StoreBatch(group, lsn, List.of(writes), List.of());
    }

    private static StoreWrite put(String key, String value) {
        return new StoreWrite.Put(key(key), key(value));
    }

    private static StoreWrite delete(String key) {
        return new StoreWrite.Delete(key(key));
    }

    private @Nullable String get(String key) throws IOException {
        byte[] value = store().get(key(key));
        return value == null ? null : text(value);
    }

    private List<String> scan(KeyRange range) throws IOException {
        List<String> items = new ArrayList<>();
        store().scan(range, (key, value) -> items.add(text(key) + "=" + text(value)));
        return items;
    }

    private List<String> scanReverse(KeyRange range) throws IOException {
        List<String> items = new ArrayList<>();
        store().scanReverse(range, (key, value) -> items.add(text(key) + "=" + text(value)));
        return items;
    }

    private SortedMap<Long, Long> lsns() {
        SortedMap<Long, Long> lsns = new TreeMap<>();
        store().appliedPositions().forEach((group, position) -> lsns.put(group, position.lsn()));
        return lsns;
    }

    static KeyRange range(String from, String to) {
        return new KeyRange(key(from), key(to));
    }

    static byte[] key(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
