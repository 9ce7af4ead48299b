package dev.stator.simulator.workload;

import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The items that transactions are about: a few at a time, whose counts always add up to nothing.
 * Every write of one sets a value that no other write sets, so a value tells the version. After a
 * bounded number of calls all of them are replaced by new ones, so that the history of each stays
 * short enough to be checked.
 */
final class Accounts {
    static final String TABLE = "transfers";

    private static final int COUNT = 5;
    private static final int CALLS_MAX = 250;
    private static final int UNKNOWN_OUTCOMES_MAX = 8;

    private final List<ItemKey> used = new ArrayList<>();
    private final Map<ItemKey, Seen> lastSeen = new HashMap<>();
    private List<ItemKey> current = List.of();
    private int generation;
    private int calls;
    private int unknownOutcomes;

    /**
     * An item as some client has last seen or made it.
     *
     * @param version the identifier of the write that made it
     */
    record Seen(Guard guard, long version) {}

    private static final Seen NEVER = new Seen(Guard.ABSENT, Transaction.ABSENT);

    /** Those of now. */
    List<ItemKey> current() {
        if (current.isEmpty() || ++calls > CALLS_MAX || unknownOutcomes > UNKNOWN_OUTCOMES_MAX) {
            generation++;
            calls = 0;
            unknownOutcomes = 0;
            List<ItemKey> fresh = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                fresh.add(new ItemKey(TABLE, "account" + generation + "." + i, ""));
            }
            current = List.copyOf(fresh);
            used.addAll(fresh);
        }
        return current;
    }

    /** So many of those of now, in any order. */
    List<ItemKey> some(int count, SplittableRandom random) {
        List<ItemKey> left = new ArrayList<>(current());
        List<ItemKey> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(left.remove(random.nextInt(left.size())));
        }
        return chosen;
    }

    /** All that there ever were. */
    List<ItemKey> used() {
        return used;
    }

    void outcomeUnknown() {
        unknownOutcomes++;
    }

    /** A client saw the item, or made it, with this value. */
    void saw(ItemKey key, long token, long version) {
        lastSeen.put(key, new Seen(new Guard.TokenIs(token), version));
    }

    Seen lastSeen(ItemKey key) {
        return lastSeen.getOrDefault(key, NEVER);
    }
}
