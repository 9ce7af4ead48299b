package dev.stator.simulator.history;

import org.jspecify.annotations.Nullable;

/**
 * One call and what came of it.
 *
 * @param number in the order of the calls of the whole history
 * @param calledNanos when the client sent it
 * @param endedNanos when the client had the answer; {@link #NEVER} where the outcome is unknown
 */
public record ItemOperation(
        long number, ItemCall call, ItemOutcome outcome, long calledNanos, long endedNanos) {
    public static final long NEVER = Long.MAX_VALUE;

    private static final double NANOS_PER_SECOND = 1e9;

    public boolean outcomeKnown() {
        return !(outcome instanceof ItemOutcome.Unknown);
    }

    /**
     * What the item is after the call, if it takes effect on this image.
     *
     * @return null where it would then have ended differently
     */
    public @Nullable ItemImage applyTo(ItemImage before) {
        boolean holds = call.guard().holds(before);
        return switch (outcome) {
            case ItemOutcome.Seen(ItemImage image) -> image.equals(before) ? before : null;
            case ItemOutcome.ConditionFailed() -> holds ? null : before;
            case ItemOutcome.Unknown() -> holds ? call.after(before) : before;
            case ItemOutcome.Written(var wasSeen, var isSeen) -> {
                ItemImage after = call.after(before);
                boolean fits =
                        holds
                                && (wasSeen.isEmpty() || wasSeen.get().equals(before))
                                && (isSeen.isEmpty() || isSeen.get().equals(after));
                yield fits ? after : null;
            }
        };
    }

    @Override
    public String toString() {
        String end =
                endedNanos == NEVER
                        ? "…"
                        : String.format(
                                java.util.Locale.ROOT, "%.6f", endedNanos / NANOS_PER_SECOND);
        return String.format(
                java.util.Locale.ROOT,
                "#%d [%.6f, %s] %s -> %s",
                number,
                calledNanos / NANOS_PER_SECOND,
                end,
                call,
                outcome);
    }
}
