package dev.stator.core.partition;

import static dev.stator.core.partition.LocalIndexTable.INDEXES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.Command;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.LocalIndexRead;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionRequest.Write;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.core.wire.PartitionResponse.Refused;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.LogEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written, lost and repeated, and whoever leads: at every replica the entries of local
 * indexes are those of its items, each entry of the log carries the size of its item collection as
 * exactly the log below it makes it, no collection grows beyond its limit, and a consistent read of
 * an index sees what was committed when it came.
 *
 * <p>A failure names its seed. Replay it by {@code ./build -pl core -am test
 * -Dtest=LocalIndexesHistoryTest -Dsurefire.failIfNoSpecifiedTests=false -Dstator.seed=N}, try more
 * by {@code -Dstator.seeds=N}.
 */
class LocalIndexesHistoryTest {
    private static final int SEEDS = Integer.getInteger("stator.seeds", 300);
    private static final int STEPS = 1_500;
    private static final long COLLECTION_BYTES_MAX = 260;
    private static final List<String> COLORS = List.of("red", "green", "ultramarine");

    private int refusals;
    private int pages;
    private int writes;

    @Test
    void entriesAndSizesFollowTheItems() {
        Long seed = Long.getLong("stator.seed");
        if (seed != null) {
            run(seed);
            return;
        }
        for (long next = 1; next <= SEEDS; next++) {
            run(next);
        }
        // A test that never met a limit would say nothing.
        assertThat(refusals).isGreaterThan(SEEDS);
        assertThat(pages).isGreaterThan(SEEDS);
        assertThat(writes).isGreaterThan(SEEDS);
    }

    private void run(long seed) {
        try {
            new OneHistory(new Random(seed)).run();
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private final class OneHistory {
        private final Random random;
        private final History history = new History();
        private final ScriptedCluster cluster;

        /** Of each request, up to where the partition that got it had taken the log. */
        private final List<Long> takenLsns = new ArrayList<>();

        /** The items from each LSN on. */
        private final NavigableMap<Long, Map<PlacementKey, Item>> states = new TreeMap<>();

        OneHistory(Random random) {
            this.random = random;
            this.cluster =
                    new ScriptedCluster(
                            random, history, LocalIndexTable.descriptor(), COLLECTION_BYTES_MAX);
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                if (random.nextInt(4) == 0) {
                    takenLsns.add(cluster.send(request()));
                } else {
                    cluster.step();
                }
            }
            cluster.finish();
            replay();
            for (int i = 0; i < 3; i++) {
                checkStore(cluster.host(i).store);
            }
            history.operations().forEach(this::checkAnswer);
        }

        private PartitionRequest request() {
            Item key = LocalIndexTable.keyItem("p" + random.nextInt(2), "s" + random.nextInt(3));
            return switch (random.nextInt(12)) {
                case 0, 1 ->
                        LocalIndexTable.read(
                                INDEXES.get(random.nextInt(INDEXES.size())),
                                random.nextBoolean(),
                                random.nextInt(4) != 0);
                case 2, 3 -> LocalIndexTable.write(key, new Change.Delete());
                case 4, 5 ->
                        LocalIndexTable.write(
                                key,
                                new Change.Update(
                                        key,
                                        Requests.set(
                                                random.nextBoolean() ? "color" : "note",
                                                new AttributeValue.S(color()))));
                case 6 ->
                        LocalIndexTable.write(
                                key, new Change.Update(key, Requests.remove("color")));
                default -> LocalIndexTable.write(key, new Change.Put(item(key)));
            };
        }

        private Item item(Item key) {
            SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>(key.attributes());
            if (random.nextInt(3) != 0) {
                attributes.put("color", new AttributeValue.S(color()));
            }
            if (random.nextInt(3) == 0) {
                attributes.put("note", new AttributeValue.S("n".repeat(random.nextInt(40))));
            }
            attributes.put("more", new AttributeValue.S("" + history.size()));
            return Item.of(attributes);
        }

        private String color() {
            return COLORS.get(random.nextInt(COLORS.size()));
        }

        /** Makes the states, and checks each size in the log on what is below it. */
        private void replay() {
            SequencedMap<PlacementKey, Item> items = new TreeMap<>();
            states.put(0L, Map.of());
            List<LogEntry> log = cluster.committedLog();
            LocalIndexTable.changes(log)
                    .forEach((lsn, command) -> {
                        Command.Change change = command.changes().changes().getFirst();
                        PlacementKey collection = change.key().collection();
                        long before = sizeOf(items, collection);
                        switch (change) {
                            case Command.Change.Put put -> items.put(put.key(), put.item().item());
                            case Command.Change.Delete gone -> items.remove(gone.key());
                        }
                        long after = sizeOf(items, collection);
                        assertThat(command.effects().getFirst().collectionBytes())
                                .as("the size of a collection at %d", lsn)
                                .isEqualTo(after);
                        assertThat(after <= before || after <= COLLECTION_BYTES_MAX)
                                .as("a collection grew beyond its limit at %d", lsn)
                                .isTrue();
                        states.put(lsn, Map.copyOf(items));
                    });
        }

        private static long sizeOf(Map<PlacementKey, Item> items, PlacementKey collection) {
            return LocalIndexTable.expectedSizes(items.values()).getOrDefault(collection, 0L);
        }

        private void checkStore(NavigableMap<byte[], byte[]> store) {
            List<Item> items = LocalIndexTable.items(store);
            assertThat(items)
                    .containsExactlyInAnyOrderElementsOf(states.lastEntry().getValue().values());
            for (String index : INDEXES) {
                assertThat(LocalIndexTable.stored(store, index))
                        .isEqualTo(LocalIndexTable.expected(items, index));
            }
            assertThat(LocalIndexTable.storedSizes(store))
                    .isEqualTo(LocalIndexTable.expectedSizes(items));
        }

        private void checkAnswer(History.Operation operation) {
            PartitionResponse response = operation.response;
            if (response instanceof Written) {
                writes++;
            } else if (response instanceof Refused(ApiError error, int _)
                    && error instanceof ApiError.ItemCollectionSizeLimitExceeded) {
                refusals++;
                checkRefusal(operation);
            } else if (response instanceof Page page
                    && operation.request instanceof Range range
                    && range.consistent()) {
                pages++;
                checkPage(operation, range, page);
            }
        }

        /**
         * Somewhere in what was committed when the answer left, the put would have been too much.
         */
        private void checkRefusal(History.Operation operation) {
            if (!(operation.request instanceof Write write)
                    || !(write.change() instanceof Change.Put(Item item))) {
                return;
            }
            boolean deserved =
                    statesUpTo(0, operation.committedLsn).stream()
                            .anyMatch(state -> {
                                Map<PlacementKey, Item> then = new TreeMap<>(state);
                                then.put(write.key(), item);
                                return sizeOf(then, write.key().collection())
                                        > COLLECTION_BYTES_MAX;
                            });
            assertThat(deserved).as("refused on what was never committed: %s", operation).isTrue();
        }

        private void checkPage(History.Operation operation, Range range, Page page) {
            LocalIndexRead read = range.index().orElseThrow();
            List<Map<PlacementKey, Item>> during =
                    statesUpTo(takenLsns.get(operation.id), operation.committedLsn);
            List<SequencedMap<PlacementKey, Item>> views = new ArrayList<>();
            during.forEach(state -> views.add(view(state.values(), read)));
            SequencedMap<PlacementKey, Item> found = new TreeMap<>();
            for (Item item : page.items()) {
                PlacementKey key =
                        LocalIndexTable.entries(read.name()).placementOf(item).orElseThrow();
                assertThat(views)
                        .as("an entry that was not there: %s in %s", item, operation)
                        .anyMatch(view -> item.equals(view.get(key)));
                found.put(key, item);
            }
            for (PlacementKey key : views.getFirst().keySet()) {
                if (views.stream().allMatch(view -> view.containsKey(key))) {
                    assertThat(found).as("an entry is missing in %s", operation).containsKey(key);
                }
            }
        }

        private SequencedMap<PlacementKey, Item> view(Iterable<Item> items, LocalIndexRead read) {
            SequencedMap<PlacementKey, Item> entries = LocalIndexTable.expected(items, read.name());
            if (read.fetch()) {
                for (Item item : items) {
                    Optional<PlacementKey> key =
                            LocalIndexTable.entries(read.name()).placementOf(item);
                    key.ifPresent(present -> entries.put(present, item));
                }
            }
            return entries;
        }

        private List<Map<PlacementKey, Item>> statesUpTo(long fromLsn, long toLsn) {
            long from = states.floorKey(fromLsn);
            return List.copyOf(states.subMap(from, true, Math.max(from, toLsn), true).values());
        }
    }
}
