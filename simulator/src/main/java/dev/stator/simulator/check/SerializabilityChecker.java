package dev.stator.simulator.check;

import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks what transactions promise, on items of which every version has a name, by the order in
 * which the log made the versions:
 *
 * <ul>
 *   <li>All or nothing: of the versions that a transaction was to make, all were made or none; all
 *       if the client was told that it was done, none if it was told that it was not.
 *   <li>Once: no version was made twice, however often the request was sent.
 *   <li>Serializability, together with requests of single items: there is an order of all requests
 *       that explains what each of them read. That is so if no request must come before itself: the
 *       maker of a version comes before those who read it and before the maker of the next one, and
 *       who read a version comes before the maker of the next one (Adya, "Weak Consistency", 1999:
 *       no cycle in the direct serialization graph).
 * </ul>
 *
 * <p>That the order is one of real time for each item by itself is for the {@link
 * LinearizabilityChecker}; between items the service does not promise it, as its clocks may differ.
 */
public final class SerializabilityChecker {
    private static final String NAME = "serializability";
    private static final int SHOWN_MAX = 8;

    private final Violations violations;
    private final List<Transaction> transactions = new ArrayList<>();
    private final SequencedMap<ItemKey, List<Long>> versions = new TreeMap<>();

    public SerializabilityChecker(Violations violations) {
        this.violations = violations;
    }

    /** A request has ended, or nothing more will be heard of it. */
    public void ended(Transaction transaction) {
        transactions.add(transaction);
    }

    /**
     * A read of all of these at one moment has seen counts that add up to this. Whatever is added
     * to one is taken from others, so that is nothing. Simpler than the order of all requests, and
     * independent of it.
     */
    public void sum(List<ItemKey> keys, long sum) {
        if (sum != 0) {
            violations.add(NAME, "the counts of %s add up to %d".formatted(keys, sum));
        }
    }

    /** All versions of an item that were made, in the order of the log. */
    public void versions(ItemKey key, List<Long> inOrder) {
        versions.put(key, inOrder);
    }

    public long transactions() {
        return transactions.size();
    }

    /** Checks all of it, once all calls have ended and all versions are known. */
    public void check() {
        if (madeOnce() && wholeOrNotAtAll()) {
            checkOrder();
        }
    }

    private boolean madeOnce() {
        for (var item : versions.entrySet()) {
            SequencedSet<Long> distinct = new LinkedHashSet<>();
            for (long version : item.getValue()) {
                if (!distinct.add(version)) {
                    violations.add(
                            NAME,
                            "version %d of %s was made twice".formatted(version, item.getKey()));
                    return false;
                }
            }
        }
        return true;
    }

    private boolean wholeOrNotAtAll() {
        for (Transaction transaction : transactions) {
            int made = made(transaction);
            int asked = transaction.writes().size();
            boolean fits =
                    switch (transaction.ending()) {
                        case DONE -> made == asked;
                        case NOT_DONE -> made == 0;
                        case UNKNOWN -> made == asked || made == 0;
                    };
            if (!fits) {
                violations.add(
                        NAME,
                        "of %d versions of %s %d were made".formatted(asked, transaction, made));
                return false;
            }
        }
        return true;
    }

    private int made(Transaction transaction) {
        int made = 0;
        for (var write : transaction.writes().entrySet()) {
            if (versions.getOrDefault(write.getKey(), List.of()).contains(write.getValue())) {
                made++;
            }
        }
        return made;
    }

    // ---- Order

    private record Version(ItemKey key, long name) {}

    /** What comes after what. */
    private final class Graph {
        private final List<Transaction> nodes = new ArrayList<>();
        private final List<SequencedSet<Integer>> later = new ArrayList<>();
        private final Map<Version, Integer> makers = new HashMap<>();
        private final Map<Version, Version> next = new HashMap<>();

        Graph() {
            for (Transaction transaction : transactions) {
                boolean tookEffect =
                        transaction.writes().isEmpty()
                                ? transaction.ending() == Transaction.Ending.DONE
                                : made(transaction) > 0;
                if (tookEffect) {
                    int node = nodes.size();
                    nodes.add(transaction);
                    later.add(new LinkedHashSet<>());
                    transaction
                            .writes()
                            .forEach((key, name) -> makers.put(new Version(key, name), node));
                }
            }
            versions.forEach(this::addItem);
            for (int node = 0; node < nodes.size(); node++) {
                for (var read : nodes.get(node).reads().entrySet()) {
                    addRead(node, new Version(read.getKey(), read.getValue()));
                }
            }
        }

        private void addItem(ItemKey key, List<Long> inOrder) {
            Version before = new Version(key, Transaction.ABSENT);
            for (long name : inOrder) {
                Version version = new Version(key, name);
                next.put(before, version);
                addEdge(makers.get(before), makers.get(version));
                before = version;
            }
        }

        private void addRead(int reader, Version version) {
            Integer maker = makers.get(version);
            if (maker == null && version.name() != Transaction.ABSENT) {
                violations.add(NAME, "%s, which nobody made".formatted(nodes.get(reader)));
            }
            addEdge(maker, reader);
            Version following = next.get(version);
            if (following != null) {
                addEdge(reader, makers.get(following));
            }
        }

        private void addEdge(@Nullable Integer from, @Nullable Integer to) {
            if (from != null && to != null && !from.equals(to)) {
                later.get(from).add(to);
            }
        }

        /**
         * Takes away who has nobody before it, again and again; where some are left, they are in a
         * cycle or behind one.
         */
        @Nullable String cycle() {
            int[] before = new int[nodes.size()];
            later.forEach(those -> those.forEach(node -> before[node]++));
            Deque<Integer> free = new ArrayDeque<>();
            for (int node = 0; node < before.length; node++) {
                if (before[node] == 0) {
                    free.add(node);
                }
            }
            int taken = 0;
            for (Integer node = free.poll(); node != null; node = free.poll()) {
                taken++;
                for (int following : later.get(node)) {
                    if (--before[following] == 0) {
                        free.add(following);
                    }
                }
            }
            return taken == nodes.size() ? null : describe(before);
        }

        private String describe(int[] before) {
            List<SequencedSet<Integer>> earlier = new ArrayList<>();
            nodes.forEach(_ -> earlier.add(new LinkedHashSet<>()));
            for (int from = 0; from < nodes.size(); from++) {
                for (int to : later.get(from)) {
                    if (before[from] > 0 && before[to] > 0) {
                        earlier.get(to).add(from);
                    }
                }
            }
            // Whoever is left has somebody left before it: so this comes round.
            SequencedSet<Integer> path = new LinkedHashSet<>();
            int node = firstLeft(before);
            while (path.add(node)) {
                node = earlier.get(node).getFirst();
            }
            StringBuilder text = new StringBuilder("no order explains what was read:");
            boolean inCycle = false;
            int shown = 0;
            for (int passed : path) {
                inCycle |= passed == node;
                if (inCycle && shown++ < SHOWN_MAX) {
                    text.append("\n      ").append(nodes.get(passed));
                }
            }
            return text.append("\n      each of which must come after the next").toString();
        }

        private static int firstLeft(int[] before) {
            int node = 0;
            while (before[node] == 0) {
                node++;
            }
            return node;
        }
    }

    private void checkOrder() {
        String cycle = new Graph().cycle();
        if (cycle != null) {
            violations.add(NAME, cycle);
        }
    }
}
