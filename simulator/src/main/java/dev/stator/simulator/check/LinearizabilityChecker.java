package dev.stator.simulator.check;

import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemOperation;
import dev.stator.simulator.history.ItemOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the calls on one item could have taken effect one after the other, each at a moment
 * between its call and its end, so that every outcome is what it was (Herlihy and Wing,
 * "Linearizability", 1990). A call whose outcome is unknown may have taken effect at any moment
 * after it was made, or never.
 *
 * <p>Just-in-time linearization (Lowe, "Testing for linearizability", 2017): the history is walked
 * through once, with the set of all states that the item can be in and, for each, which of the
 * calls under way have taken effect. A call is given effect only when another one's end, or its
 * own, makes it matter. What keeps the set small:
 *
 * <ul>
 *   <li>A call that is known to have changed nothing takes effect as soon as it fits.
 *   <li>Of two possibilities that differ only in that one has used up more calls of unknown
 *       outcome, that one is dropped: it allows nothing that the other does not.
 *   <li>Of equal calls of unknown outcome the one that was made first takes effect first: from then
 *       on nothing tells them apart.
 * </ul>
 *
 * <p>The worst case remains exponential (the problem is NP-complete); beyond a bound of the work
 * the checker gives up and says so.
 */
public final class LinearizabilityChecker {
    static final int POSSIBILITIES_MAX = 200_000;

    /** Comparisons of two possibilities at most, for one item: some seconds. */
    static final long COMPARISONS_MAX = 50_000_000;

    /** What was found. */
    public sealed interface Result {
        record Linearizable() implements Result {}

        /** No order of the calls explains the outcomes. */
        record NotLinearizable(String explanation) implements Result {}

        /** Too many orders are possible for all to be tried. */
        record Undecided() implements Result {}
    }

    private final List<ItemOperation> operations;
    private final SequencedSet<Integer> underWay = new LinkedHashSet<>();
    private final BitSet unknown = new BitSet();
    private final Effort effort = new Effort();
    private Possibilities possible = new Possibilities(unknown, effort);

    /** What was done so far for the item. */
    static final class Effort {
        long comparisons;
    }

    private record Moment(long atNanos, boolean isCall, int operation) {}

    private LinearizabilityChecker(List<ItemOperation> operations) {
        this.operations = operations;
        for (int i = 0; i < operations.size(); i++) {
            unknown.set(i, !operations.get(i).outcomeKnown());
        }
        possible.add(new Possibility(ItemImage.ABSENT, new BitSet()));
    }

    /** Checks the calls on an item that was not there before the first of them. */
    public static Result check(List<ItemOperation> operations) {
        return new LinearizabilityChecker(operations).run();
    }

    private Result run() {
        for (Moment moment : moments()) {
            if (moment.isCall()) {
                underWay.add(moment.operation());
                continue;
            }
            Optional<Possibilities> next = end(moment.operation());
            if (next.isEmpty()) {
                return new Result.Undecided();
            }
            if (next.get().isEmpty()) {
                return new Result.NotLinearizable(explain(moment.operation()));
            }
            underWay.remove(moment.operation());
            possible = next.get();
        }
        return new Result.Linearizable();
    }

    /** Calls and ends in their order; of one time, calls come first, which allows more. */
    private List<Moment> moments() {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            ItemOperation operation = operations.get(i);
            moments.add(new Moment(operation.calledNanos(), true, i));
            if (operation.outcomeKnown()) {
                moments.add(new Moment(operation.endedNanos(), false, i));
            }
        }
        moments.sort(
                Comparator.comparingLong(Moment::atNanos)
                        .thenComparing(Moment::isCall, Comparator.reverseOrder())
                        .thenComparingInt(Moment::operation));
        return moments;
    }

    /**
     * The possibilities in which the call has taken effect by its end.
     *
     * @return empty where there are too many to try
     */
    private Optional<Possibilities> end(int ending) {
        Possibilities reached = new Possibilities(unknown, effort);
        Possibilities visited = new Possibilities(unknown, effort);
        Deque<Possibility> toVisit = new ArrayDeque<>();
        for (Possibility possibility : possible.all()) {
            visit(settled(possibility), visited, toVisit);
        }
        for (Possibility from = toVisit.poll(); from != null; from = toVisit.poll()) {
            if (visited.size() > POSSIBILITIES_MAX || effort.comparisons > COMPARISONS_MAX) {
                return Optional.empty();
            }
            if (from.effective().get(ending)) {
                reached.add(from.without(ending));
                continue;
            }
            for (int operation : underWay) {
                Possibility next = effect(from, operation);
                if (next != null) {
                    visit(settled(next), visited, toVisit);
                }
            }
        }
        return Optional.of(reached);
    }

    private static void visit(
            Possibility found, Possibilities visited, Deque<Possibility> toVisit) {
        if (visited.add(found)) {
            toVisit.add(found);
        }
    }

    /** Lets a call take effect; null where it cannot, or where nothing would come of it. */
    private @Nullable Possibility effect(Possibility from, int operation) {
        if (from.effective().get(operation) || comesAfterAnEqual(from, operation)) {
            return null;
        }
        ItemImage after = operations.get(operation).applyTo(from.image());
        boolean useless = unknown.get(operation) && from.image().equals(after);
        return after == null || useless ? null : from.with(operation, after);
    }

    /** Whether an equal call is to take effect first. */
    private boolean comesAfterAnEqual(Possibility from, int operation) {
        if (!unknown.get(operation)) {
            return false;
        }
        for (int other : underWay) {
            if (other == operation) {
                return false;
            }
            if (unknown.get(other)
                    && !from.effective().get(other)
                    && operations.get(other).call().equals(operations.get(operation).call())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Lets all calls take effect that fit and can change nothing, here or later: reads, and writes
     * whose condition did not hold.
     */
    private Possibility settled(Possibility possibility) {
        Possibility settled = possibility;
        for (int operation : underWay) {
            ItemOutcome outcome = operations.get(operation).outcome();
            boolean changesNothing =
                    outcome instanceof ItemOutcome.Seen
                            || outcome instanceof ItemOutcome.ConditionFailed;
            if (changesNothing
                    && !settled.effective().get(operation)
                    && operations.get(operation).applyTo(settled.image()) != null) {
                settled = settled.with(operation, settled.image());
            }
        }
        return settled;
    }

    private String explain(int ending) {
        StringBuilder text = new StringBuilder();
        text.append("no order of the calls explains ").append(operations.get(ending));
        text.append("; before its end the item could be");
        possible.all().stream()
                .limit(5)
                .forEach(possibility -> text.append(' ').append(possibility.image()));
        text.append("; under way:");
        underWay.stream()
                .filter(operation -> operation != ending)
                .limit(8)
                .forEach(operation -> text.append("\n      ").append(operations.get(operation)));
        return text.toString();
    }
}
