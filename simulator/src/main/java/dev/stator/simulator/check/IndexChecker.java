package dev.stator.simulator.check;

import dev.stator.core.format.StoredItem;
import dev.stator.core.store.StoreWrite;
import dev.stator.model.Item;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.table.IndexEntries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks secondary indexes: at any time a read of one returns only entries of images that items
 * once had; and when nothing is written any more, an index comes to hold exactly the entries of the
 * table's items.
 */
public final class IndexChecker implements CommittedWrites {
    private static final String NAME = "indexes";

    private final Violations violations;
    private final List<Item> images = new ArrayList<>();

    /** By name; an index that is made anew under its name is the same to this checker. */
    private final Map<String, Entries> indexes = new HashMap<>();

    private long entriesSeen;
    private long walksCompared;

    /** The entries that an index may have shown up to now. */
    private static final class Entries {
        private final IndexEntries of;
        private final Set<Item> ever = new HashSet<>();
        private int imagesTaken;

        Entries(IndexEntries of) {
            this.of = of;
        }

        void take(List<Item> images) {
            for (; imagesTaken < images.size(); imagesTaken++) {
                of.of(images.get(imagesTaken)).map(IndexEntry::projected).ifPresent(ever::add);
            }
        }
    }

    IndexChecker(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void committed(StoreWrite write) {
        if (write instanceof StoreWrite.Put(var _, byte[] value)) {
            images.add(StoredItem.parse(value).item());
        }
    }

    /** What clients read of an index. */
    public void seen(String index, IndexEntries entries, List<Item> read) {
        Entries known = indexes.computeIfAbsent(index, _ -> new Entries(entries));
        known.take(images);
        for (Item entry : read) {
            entriesSeen++;
            if (!known.ever.contains(entry)) {
                violations.add(NAME, index + " returns what never was: " + entry.attributes());
            }
        }
    }

    /** Whether the index holds what follows from the table. */
    public static boolean agree(IndexEntries entries, List<Item> table, List<Item> index) {
        Map<Item, Integer> counts = new HashMap<>();
        for (Item item : table) {
            entries.of(item).ifPresent(entry -> counts.merge(entry.projected(), 1, Integer::sum));
        }
        for (Item entry : index) {
            counts.merge(entry, -1, Integer::sum);
        }
        return counts.values().stream().allMatch(count -> count == 0);
    }

    /** All is quiet, and the index was walked. */
    public void atRest(String index, boolean agrees) {
        walksCompared++;
        if (!agrees) {
            violations.add(NAME, index + " does not come to hold what follows from its table");
        }
    }

    public long entriesSeen() {
        return entriesSeen;
    }

    public long walksCompared() {
        return walksCompared;
    }
}
