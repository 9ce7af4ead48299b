package dev.stator.simulator.check;

import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.history.ItemOperation;
import dev.stator.simulator.history.ItemOutcome;
import java.util.List;

/**
 * What a history may rely on. Where clocks run wrong beyond the bound, nothing that rests on a
 * lease holds: two leaders may serve, and a read, or a condition that fails, may be of the past.
 * All else holds whatever the clocks do: agreement, no acknowledged write lost, every entry
 * evaluated on exactly its prefix, and so the order of the writes among themselves.
 */
public final class Guarantees {
    private final Simulation simulation;
    private final boolean clocksWithinBound;
    private long clocksRightSinceNanos = Long.MAX_VALUE;

    public Guarantees(Simulation simulation, boolean clocksWithinBound) {
        this.simulation = simulation;
        this.clocksWithinBound = clocksWithinBound;
    }

    /** From now on all clocks run right, and no lease is left from before. */
    public void clocksRight() {
        clocksRightSinceNanos = simulation.nowNanos();
    }

    public boolean leasesHold(long atNanos) {
        return clocksWithinBound || atNanos >= clocksRightSinceNanos;
    }

    /** Whether a consistent read that was called then must see all that was acknowledged before. */
    public boolean readsAreCurrent(long calledNanos) {
        return leasesHold(calledNanos);
    }

    /** The operations of an item that must be linearizable. */
    List<ItemOperation> given(List<ItemOperation> operations) {
        return clocksWithinBound
                ? operations
                : operations.stream().filter(this::restsOnNoLease).toList();
    }

    private boolean restsOnNoLease(ItemOperation operation) {
        return switch (operation.outcome()) {
            case ItemOutcome.Written _, ItemOutcome.Unknown() -> true;
            case ItemOutcome.Seen _, ItemOutcome.ConditionFailed() ->
                    readsAreCurrent(operation.calledNanos());
        };
    }
}
