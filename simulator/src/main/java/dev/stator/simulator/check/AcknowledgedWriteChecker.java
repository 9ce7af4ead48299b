package dev.stator.simulator.check;

import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;
import java.util.Collection;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Checks that no acknowledged write is lost, on items of which each is written once and never
 * touched again, and on counters that only rise: what a client was told, or was once shown by a
 * consistent read, is there for ever; and what nobody wrote is not.
 *
 * <p>Simpler than linearizability and independent of it.
 */
public final class AcknowledgedWriteChecker {
    private static final String NAME = "acknowledged writes";

    private final Violations violations;
    private final Guarantees guarantees;
    private final SequencedMap<ItemKey, Insert> inserts = new TreeMap<>();
    private final SequencedMap<ItemKey, Counter> counters = new TreeMap<>();

    private static final class Insert {
        private final ItemImage image;
        private final long calledNanos;
        private boolean certain;
        private long certainSinceNanos;

        Insert(ItemImage image, long calledNanos) {
            this.image = image;
            this.calledNanos = calledNanos;
        }
    }

    private static final class Counter {
        private long acknowledged;
        private long attempted;
    }

    public AcknowledgedWriteChecker(Violations violations, Guarantees guarantees) {
        this.violations = violations;
        this.guarantees = guarantees;
    }

    // ---- Items that are written once

    /** A client is about to write the item, which nobody has written before. */
    public void inserting(ItemKey key, ItemImage image, long nowNanos) {
        inserts.put(key, new Insert(image, nowNanos));
    }

    public void inserted(ItemKey key, long nowNanos) {
        Insert insert = inserts.get(key);
        if (insert != null && !insert.certain) {
            insert.certain = true;
            insert.certainSinceNanos = nowNanos;
        }
    }

    /** Whether the item is one that is written once. */
    public boolean isInsert(ItemKey key) {
        return inserts.containsKey(key);
    }

    /** A consistent read that was made at some time between these two saw the item so. */
    public void seen(ItemKey key, ItemImage image, long calledNanos, long endedNanos) {
        Insert insert = inserts.get(key);
        if (insert == null) {
            violations.add(NAME, "a read saw " + key + " " + image + ", which nobody has written");
        } else if (!image.present()) {
            absent(key, insert, calledNanos);
        } else if (!image.equals(insert.image) || insert.calledNanos > endedNanos) {
            violations.add(
                    NAME,
                    "a read saw %s %s, which was written as %s"
                            .formatted(key, image, insert.image));
        } else {
            inserted(key, endedNanos);
        }
    }

    private void absent(ItemKey key, Insert insert, long calledNanos) {
        if (insert.certain
                && insert.certainSinceNanos < calledNanos
                && guarantees.readsAreCurrent(calledNanos)) {
            violations.add(
                    NAME, "the acknowledged write of %s %s is lost".formatted(key, insert.image));
        }
    }

    /**
     * A consistent read of all items with a partition key, or of a whole table, that was made after
     * this time has not seen any but these.
     */
    public void seenOnly(SeenItems seen, long calledNanos) {
        for (var known : inserts.entrySet()) {
            ItemKey key = known.getKey();
            boolean asked =
                    key.table().equals(seen.table())
                            && seen.partition().map(key.partition()::equals).orElse(true);
            if (asked && !seen.items().contains(key)) {
                absent(key, known.getValue(), calledNanos);
            }
        }
    }

    /**
     * What a read of a range saw.
     *
     * @param partition absent where the whole table was read
     */
    public record SeenItems(String table, Optional<String> partition, Collection<ItemKey> items) {}

    // ---- Counters

    /** A client is about to add to a counter; {@code delta} is positive. */
    public void adding(ItemKey key, long delta) {
        counters.computeIfAbsent(key, _ -> new Counter()).attempted += delta;
    }

    public void added(ItemKey key, long delta) {
        counters.computeIfAbsent(key, _ -> new Counter()).acknowledged += delta;
    }

    /** What was asked was certainly not done. */
    public void notAdded(ItemKey key, long delta) {
        counters.computeIfAbsent(key, _ -> new Counter()).attempted -= delta;
    }

    /** What the counter is, once nobody adds to it any more. */
    public void finalCount(ItemKey key, long count) {
        Counter counter = counters.get(key);
        if (counter == null) {
            return;
        }
        if (count < counter.acknowledged) {
            violations.add(
                    NAME,
                    "%s is %d although %d was added and acknowledged"
                            .formatted(key, count, counter.acknowledged));
        } else if (count > counter.attempted) {
            violations.add(
                    NAME,
                    "%s is %d although only %d was ever added"
                            .formatted(key, count, counter.attempted));
        }
    }

    public long inserts() {
        return inserts.size();
    }
}
