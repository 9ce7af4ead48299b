package dev.stator.model.table;

import org.jspecify.annotations.Nullable;

/**
 * When provisioned throughput was changed, and how often it may still be lowered (developer guide,
 * "Quotas", decreasing provisioned throughput, and observed on the service): four decreases on a
 * UTC day, and after these one whenever the last one was an hour ago, which makes 27 a day at most.
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
        boolean hourAgo = nowMillis - lastDecreaseMillis >= HOUR_MILLIS;
        return leftAfterDecrease == 0 && hourAgo ? 1 : leftAfterDecrease;
    }

    /** When there is a decrease again, milliseconds since 1970, if none is at hand. */
    public long nextDecreaseMillis(long nowMillis) {
        long tomorrow = (nowMillis / DAY_MILLIS + 1) * DAY_MILLIS;
        return lastDecreaseMillis == null
                ? nowMillis
                : Math.min(lastDecreaseMillis + HOUR_MILLIS, tomorrow);
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
