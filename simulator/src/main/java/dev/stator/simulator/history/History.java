package dev.stator.simulator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** All calls whose outcome matters, by item, in the order in which their outcomes became known. */
public final class History {
    private final SequencedMap<ItemKey, List<ItemOperation>> items = new TreeMap<>();
    private long operations;

    public void add(ItemKey key, ItemOperation operation) {
        operations++;
        items.computeIfAbsent(key, _ -> new ArrayList<>()).add(operation);
    }

    public SequencedMap<ItemKey, List<ItemOperation>> items() {
        return items;
    }

    public long operations() {
        return operations;
    }
}
