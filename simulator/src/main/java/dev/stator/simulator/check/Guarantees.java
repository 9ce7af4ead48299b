package dev.stator.simulator.check;

import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemOperation;
import dev.stator.simulator.history.ItemOutcome;
import java.util.List;

/**
 * What a history may rely on. Where clocks run wrong beyond the bound, nothing that rests on a
 * lease holds: two leaders may serve, and a read, or a condition that fails, may be of the past;
 * and so may a delete be that finds nothing to delete, and therefore writes nothing. All else holds
 * whatever the clocks do: agreement, no acknowledged write lost, every entry evaluated on exactly
 * its prefix, and so the order of the writes among themselves.
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
                : operations.stream()
                        .filter(this::restsOnNoLease)
                        .map(this::asFarAsItHolds)
                        .toList();
    }

    /** A delete may have found nothing where that rested on a lease; then nothing was done. */
    private ItemOperation asFarAsItHolds(ItemOperation operation) {
        boolean mayHaveFoundNothing =
                operation.call() instanceof ItemCall.Delete
                        && operation.outcome() instanceof ItemOutcome.Written(var before, var _)
                        && (before.isEmpty() || before.get().equals(ItemImage.ABSENT));
        return mayHaveFoundNothing && !readsAreCurrent(operation.calledNanos())
                ? new ItemOperation(
                        operation.number(),
                        operation.call(),
                        new ItemOutcome.Unknown(),
                        operation.calledNanos(),
                        ItemOperation.NEVER)
                : operation;
    }

    private boolean restsOnNoLease(ItemOperation operation) {
        return switch (operation.outcome()) {
            case ItemOutcome.Written _, ItemOutcome.Unknown() -> true;
            case ItemOutcome.Seen _, ItemOutcome.ConditionFailed() ->
                    readsAreCurrent(operation.calledNanos());
        };
    }
}
