package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Requests.read;
import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.QueryResponse;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over tables of random items: whatever the limit of pages, all of them together hold the items of
 * the read, each once and in order. A failing seed is in the name of the test.
 */
class PagingPropertyTest {
    private static final int READS = 60;
    private static final int MAX_ITEMS = 40;
    private static final String[] PARTITIONS = {"p0", "p1", "p2"};
    private static final String[] SORT_VALUES = {"x", "y", "z"};

    /** What is read: a page of it, and which items of the table it must hold in which order. */
    private record Target(
            String name,
            Supplier<RangeRead.Builder> values,
            Function<RangeRead.Builder, ApiRequest> request,
            String sortedBy,
            Function<Item, Boolean> holds) {}

    /** A page, of a Query or of a Scan. */
    private record Page(List<Item> items, int scannedCount, Optional<Item> lastKey) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pagesTogetherAreTheWholeInOrder(long seed) {
        Random random = new Random(seed);
        FakeCluster cluster = Requests.clusterWithTables();
        cluster.reversed = random.nextBoolean();
        List<Item> items = randomItems(random);
        items.forEach(item -> cluster.put(RANGE, item));
        for (int i = 0; i < READS; i++) {
            Target target = randomTarget(random);
            List<Item> expected = items.stream().filter(target.holds()::apply).toList();
            int limit = 1 + random.nextInt(9);

            List<Item> read = readAll(cluster, target, limit);

            assertThat(read).as("%s by %d", target.name(), limit).hasSize(expected.size());
            assertThat(new HashSet<>(read)).isEqualTo(new HashSet<>(expected));
            if (!target.sortedBy().isEmpty()) {
                assertThat(texts(read, target.sortedBy()))
                        .as("%s by %d", target.name(), limit)
                        .isSortedAccordingTo(order(target));
            }
        }
    }

    private static List<Item> randomItems(Random random) {
        Set<String> keys = new HashSet<>();
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(MAX_ITEMS); i > 0; i--) {
            String a = PARTITIONS[random.nextInt(PARTITIONS.length)];
            String b = "s" + random.nextInt(100);
            if (!keys.add(a + b)) {
                continue;
            }
            List<Object> attributes = new ArrayList<>(List.of("a", a, "b", b));
            if (random.nextInt(4) > 0) {
                attributes.addAll(List.of("c", SORT_VALUES[random.nextInt(3)]));
            }
            if (random.nextInt(4) > 0) {
                attributes.addAll(List.of("d", SORT_VALUES[random.nextInt(3)]));
            }
            items.add(item(attributes.toArray()));
        }
        return items;
    }

    private static Target randomTarget(Random random) {
        boolean forward = random.nextBoolean();
        String partition = PARTITIONS[random.nextInt(PARTITIONS.length)];
        String hash = SORT_VALUES[random.nextInt(SORT_VALUES.length)];
        return switch (random.nextInt(6)) {
            case 0 ->
                    new Target(
                            "scan",
                            Requests::read,
                            read -> Requests.scan(RANGE, read.build()),
                            "",
                            i -> true);
            case 1 ->
                    new Target(
                            "scan of index3",
                            Requests::read,
                            read -> Requests.scan(RANGE, read.indexName("index3").build()),
                            "",
                            i -> i.get("c") != null);
            case 2 ->
                    new Target(
                            forward ? "query" : "backward query",
                            () -> read(":v", partition),
                            read -> query("a = :v", forward, read),
                            "b",
                            i -> is(i, "a", partition));
            case 3 ->
                    new Target(
                            forward ? "query of index1" : "backward query of index1",
                            () -> read(":v", partition),
                            read -> query("a = :v", forward, read.indexName("index1")),
                            "c",
                            i -> is(i, "a", partition) && i.get("c") != null);
            case 4 ->
                    new Target(
                            "query of index3",
                            () -> read(":h", hash),
                            read -> query("c = :h", forward, read.indexName("index3")),
                            "",
                            i -> is(i, "c", hash));
            default ->
                    new Target(
                            forward ? "query of index4" : "backward query of index4",
                            () -> read(":h", hash),
                            read -> query("c = :h", forward, read.indexName("index4")),
                            "d",
                            i -> is(i, "c", hash) && i.get("d") != null);
        };
    }

    private static ApiRequest query(String condition, boolean forward, RangeRead.Builder read) {
        return forward
                ? Requests.query(RANGE, condition, read.build())
                : Requests.queryBackward(RANGE, condition, read.build());
    }

    private static boolean is(Item item, String attribute, String text) {
        return value(text).equals(item.get(attribute));
    }

    private static Comparator<String> order(Target target) {
        return target.name().startsWith("backward")
                ? Comparator.reverseOrder()
                : Comparator.naturalOrder();
    }

    private static List<String> texts(List<Item> items, String attribute) {
        List<String> texts = new ArrayList<>();
        for (Item item : items) {
            texts.add(((AttributeValue.S) Objects.requireNonNull(item.get(attribute))).value());
        }
        return texts;
    }

    /** All pages one after the other; every page but the last one is full. */
    private static List<Item> readAll(FakeCluster cluster, Target target, int limit) {
        List<Item> all = new ArrayList<>();
        Optional<Item> startKey = Optional.empty();
        do {
            RangeRead.Builder read = target.values().get().limit(limit);
            startKey.ifPresent(read::exclusiveStartKey);
            Page page = page(cluster, target.request().apply(read));
            assertThat(page.scannedCount()).isEqualTo(page.items().size());
            if (page.lastKey().isPresent()) {
                assertThat(page.scannedCount()).isEqualTo(limit);
            } else {
                assertThat(page.scannedCount()).isLessThan(limit);
            }
            all.addAll(page.items());
            startKey = page.lastKey();
        } while (startKey.isPresent());
        return all;
    }

    private static Page page(FakeCluster cluster, ApiRequest request) {
        return switch (cluster.end(request)) {
            case FakeCluster.Ending.Answer(QueryResponse query) ->
                    new Page(
                            query.items().orElseThrow(),
                            query.scannedCount(),
                            query.lastEvaluatedKey());
            case FakeCluster.Ending.Answer(ScanResponse scan) ->
                    new Page(
                            scan.items().orElseThrow(),
                            scan.scannedCount(),
                            scan.lastEvaluatedKey());
            case FakeCluster.Ending other -> throw new AssertionError(other);
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void segmentsTogetherAreTheWhole(long seed) {
        Random random = new Random(seed);
        FakeCluster cluster = Requests.clusterWithTables();
        List<Item> items = randomItems(random);
        items.forEach(item -> cluster.put(RANGE, item));
        int segments = 1 + random.nextInt(12);
        List<Item> read = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            read.addAll(page(cluster, Requests.scan(RANGE, i, segments, RangeRead.ALL)).items());
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(items);
    }
}
