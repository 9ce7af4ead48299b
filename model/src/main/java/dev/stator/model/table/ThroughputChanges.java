package dev.stator.model.table;

import org.jspecify.annotations.Nullable;

/**
 * When provisioned throughput was changed, and how often it may still be lowered (developer guide,
 * "Quotas", decreasing provisioned throughput): a UTC day begins with four decreases, each further
 * hour adds one, and never more than four are at hand, which makes 27 a day at most.
 *
 * @param lastIncreaseMillis milliseconds since 1970; null if never
 * @param lastDecreaseMillis milliseconds since 1970; null if never
 * @param decreasesThatDay decreases on the UTC day of the last one
 * @param leftAfterDecrease decreases that were at hand right after the last one
 */
public record ThroughputChanges(
        @Nullable Long lastIncreaseMillis,
        @Nullable Long lastDecreaseMillis,
        int decreasesThatDay,
        int leftAfterDecrease) {
    public static final ThroughputChanges NONE = new ThroughputChanges(null, null, 0, 0);

    private static final int MAX_DECREASES_AT_HAND = 4;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    /** NumberOfDecreasesToday. */
    public int decreasesToday(long nowMillis) {
        return decreasedOnDayOf(nowMillis) ? decreasesThatDay : 0;
    }

    /** How many decreases are possible now. */
    public int decreasesAtHand(long nowMillis) {
        if (lastDecreaseMillis == null || !decreasedOnDayOf(nowMillis)) {
            return MAX_DECREASES_AT_HAND;
        }
        long hours = nowMillis / HOUR_MILLIS - lastDecreaseMillis / HOUR_MILLIS;
        return (int) Math.min(MAX_DECREASES_AT_HAND, leftAfterDecrease + Math.max(0, hours));
    }

    private boolean decreasedOnDayOf(long nowMillis) {
        return lastDecreaseMillis != null
                && lastDecreaseMillis / DAY_MILLIS == nowMillis / DAY_MILLIS;
    }

    public ThroughputChanges increased(long nowMillis) {
        return new ThroughputChanges(
                nowMillis, lastDecreaseMillis, decreasesThatDay, leftAfterDecrease);
    }

    /** Only where {@link #decreasesAtHand} says so. */
    public ThroughputChanges decreased(long nowMillis) {
        int atHand = decreasesAtHand(nowMillis);
        if (atHand == 0) {
            throw new IllegalStateException("no decrease at hand");
        }
        return new ThroughputChanges(
                lastIncreaseMillis, nowMillis, decreasesToday(nowMillis) + 1, atHand - 1);
    }
}
