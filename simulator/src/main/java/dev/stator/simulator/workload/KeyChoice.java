package dev.stator.simulator.workload;

import dev.stator.simulator.history.ItemKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * The items that clients contend for. Each is used for a bounded number of calls and then replaced
 * by a new one, so that the history of each stays short enough to be checked.
 */
final class KeyChoice {
    static final int CALLS_MAX = 300;
    static final int UNKNOWN_OUTCOMES_MAX = 10;

    private static final int HOT_ITEMS = 3;
    private static final int COUNTERS = 2;
    private static final int COLLECTIONS = 3;

    private final SplittableRandom random;

    /** One place in the choice, whose item changes. */
    private static final class Slot {
        private int generation;
        private int calls;
        private int unknownOutcomes;
    }

    private final Map<String, Slot> slots = new HashMap<>();
    private final Map<ItemKey, Slot> slotOf = new HashMap<>();
    private final Map<ItemKey, Long> lastTokens = new HashMap<>();
    private final SequencedSet<ItemKey> used = new TreeSet<>();
    private long inserts;

    KeyChoice(SplittableRandom random) {
        this.random = random;
    }

    /** An item that anything is done to. */
    ItemKey hot(SimulatedTable table) {
        return slot(table, "hot" + random.nextInt(HOT_ITEMS));
    }

    /** The item that is contended for in some place now; empty where none has been yet. */
    Optional<ItemKey> lastWritten(SimulatedTable table) {
        String name = "hot" + random.nextInt(HOT_ITEMS);
        String collection = collection();
        Slot slot = slots.get(slotName(table, collection, name));
        return slot == null
                ? Optional.empty()
                : Optional.of(key(table, collection, name + "." + slot.generation));
    }

    private static String slotName(SimulatedTable table, String collection, String name) {
        return table.name() + "/" + collection + "/" + name;
    }

    private static ItemKey key(SimulatedTable table, String collection, String last) {
        return table.sorted()
                ? new ItemKey(table.name(), collection, last)
                : new ItemKey(table.name(), collection + "-" + last, "");
    }

    /** An item that is only added to. */
    ItemKey counter(SimulatedTable table) {
        return slot(table, "count" + random.nextInt(COUNTERS));
    }

    private ItemKey slot(SimulatedTable table, String name) {
        String collection = collection();
        Slot slot = slots.computeIfAbsent(slotName(table, collection, name), _ -> new Slot());
        if (++slot.calls > CALLS_MAX || slot.unknownOutcomes > UNKNOWN_OUTCOMES_MAX) {
            slot.generation++;
            slot.calls = 1;
            slot.unknownOutcomes = 0;
        }
        ItemKey key = key(table, collection, name + "." + slot.generation);
        slotOf.put(key, slot);
        used.add(key);
        return key;
    }

    /** A partition key under which a sorted table has items. */
    String collection() {
        return "c" + random.nextInt(COLLECTIONS);
    }

    /** An item that nobody has used and nobody will use again. */
    ItemKey fresh(SimulatedTable table) {
        String last = "once." + ++inserts;
        return table.sorted()
                ? new ItemKey(table.name(), collection(), last)
                : new ItemKey(table.name(), last, "");
    }

    void outcomeUnknown(ItemKey key) {
        Slot slot = slotOf.get(key);
        if (slot != null) {
            slot.unknownOutcomes++;
        }
    }

    void sawToken(ItemKey key, OptionalLong token) {
        token.ifPresent(seen -> lastTokens.put(key, seen));
    }

    /** The last token that any client has seen on the item; some number where none has. */
    long lastToken(ItemKey key) {
        return lastTokens.getOrDefault(key, 0L);
    }

    /** All items that were ever contended for, with the given partition key or any. */
    List<ItemKey> used(SimulatedTable table, String partition) {
        List<ItemKey> found = new ArrayList<>();
        for (ItemKey key : used) {
            boolean asked = partition.isEmpty() || key.partition().equals(partition);
            if (key.table().equals(table.name()) && asked) {
                found.add(key);
            }
        }
        return found;
    }

    SequencedSet<ItemKey> allUsed() {
        return used;
    }

    static boolean isCounter(ItemKey key) {
        return key.sort().startsWith("count") || key.partition().contains("-count");
    }
}
