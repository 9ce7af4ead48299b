package dev.stator.simulator.history;

import java.util.Comparator;

/**
 * An item of a table.
 *
 * @param sort empty where the table has no sort key
 */
public record ItemKey(String table, String partition, String sort) implements Comparable<ItemKey> {
    private static final Comparator<ItemKey> ORDER =
            Comparator.comparing(ItemKey::table)
                    .thenComparing(ItemKey::partition)
                    .thenComparing(ItemKey::sort);

    @Override
    public int compareTo(ItemKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return table + "/" + partition + (sort.isEmpty() ? "" : "/" + sort);
    }
}
