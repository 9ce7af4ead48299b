package dev.stator.simulator.check;

import dev.stator.core.format.SealedRow;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableSchema;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Checks what stores hold of local secondary indexes once all is quiet: in every replica the
 * entries are those of its items, and the size of each item collection is the sum of both.
 */
public final class LocalIndexChecker {
    private static final String NAME = "local indexes";

    private final Violations violations;

    public LocalIndexChecker(Violations violations) {
        this.violations = violations;
    }

    /** Checks the groups of all tables; damaged stores, which nobody can read, are passed over. */
    public void check(SimulatedCluster cluster, List<ReplicaDescriptor> groups) {
        for (ReplicaDescriptor group : groups) {
            if (group.localSchema().isPresent()) {
                for (SimulatedNode node : ReplicasEqualChecker.holders(cluster, group)) {
                    check(node, group, group.localSchema().get());
                }
            }
        }
    }

    private void check(SimulatedNode node, ReplicaDescriptor group, TableSchema schema) {
        List<Item> items = new ArrayList<>();
        SequencedMap<PlacementKey, Long> sums = new TreeMap<>();
        try {
            scan(
                    node,
                    group,
                    group.tableId(),
                    (key, value) -> {
                        StoredItem stored = StoredItem.parse(value);
                        items.add(stored.item());
                        sums.merge(key.collection(), (long) stored.sizeBytes(), Long::sum);
                    });
            for (int place = 0; place < schema.localIndexes().size(); place++) {
                SecondaryIndex.Local index = schema.localIndexes().get(place);
                SequencedMap<PlacementKey, Item> found = new TreeMap<>();
                scan(
                        node,
                        group,
                        StoreKey.localIndex(group.tableId(), place),
                        (key, value) -> {
                            StoredItem stored = StoredItem.parse(value);
                            found.put(key, stored.item());
                            sums.merge(key.collection(), (long) stored.sizeBytes(), Long::sum);
                        });
                compare(node, group, index.name(), expected(schema, index, items), found);
            }
            SequencedMap<PlacementKey, Long> sizes = new TreeMap<>();
            scan(
                    node,
                    group,
                    StoreKey.collectionSizes(group.tableId()),
                    (key, value) -> sizes.put(key, SealedRow.size(value)));
            compare(node, group, "the sizes of collections", sums, sizes);
        } catch (IOException e) {
            if (!node.damaged()) {
                violations.add(NAME, "the store of " + node.name() + " cannot be read: " + e);
            }
        }
    }

    private static SequencedMap<PlacementKey, Item> expected(
            TableSchema schema, SecondaryIndex.Local index, List<Item> items) {
        IndexEntries entries = new IndexEntries(schema.key(), index);
        SequencedMap<PlacementKey, Item> expected = new TreeMap<>();
        for (Item item : items) {
            entries.of(item).ifPresent(entry -> expected.put(entry.key(), entry.projected()));
        }
        return expected;
    }

    private <T> void compare(
            SimulatedNode node,
            ReplicaDescriptor group,
            String what,
            SequencedMap<PlacementKey, T> expected,
            SequencedMap<PlacementKey, T> found) {
        if (!found.equals(expected)) {
            violations.add(
                    NAME,
                    "%s at %s in group %s: %s in place of %s"
                            .formatted(what, node.name(), group.group(), found, expected));
        }
    }

    private static void scan(
            SimulatedNode node,
            ReplicaDescriptor group,
            long prefix,
            BiConsumer<PlacementKey, byte[]> each)
            throws IOException {
        KeyRange range = StoreKey.itemsOf(prefix, group.range());
        node.store()
                .scan(
                        range,
                        (key, value) -> {
                            each.accept(StoreKey.placementKey(key), value);
                            return true;
                        });
    }
}
