package dev.stator.model.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A contiguous range of placement keys.
 *
 * @param from the first key that may be in it
 * @param to the first key that is not in it any more; null where the range has no upper end
 */
public record KeyRange(PlacementKey from, @Nullable PlacementKey to) {
    /** Every key. */
    public static final KeyRange ALL = new KeyRange(PlacementKey.FIRST, null);

    public KeyRange {
        if (to != null && from.compareTo(to) > 0) {
            throw new IllegalArgumentException("a range ends before it begins");
        }
    }

    public boolean isEmpty() {
        return from.equals(to);
    }

    public boolean contains(PlacementKey key) {
        return from.compareTo(key) <= 0 && isBelowEnd(key);
    }

    /** True if every key of the other range is in this one. */
    public boolean contains(KeyRange other) {
        return other.isEmpty() || (from.compareTo(other.from) <= 0 && endsNotBefore(other));
    }

    private boolean isBelowEnd(PlacementKey key) {
        return to == null || key.compareTo(to) < 0;
    }

    private boolean endsNotBefore(KeyRange other) {
        return to == null || (other.to != null && other.to.compareTo(to) <= 0);
    }

    /** The keys that are in both; empty if there is none. */
    public Optional<KeyRange> intersect(KeyRange other) {
        PlacementKey highestFrom = from.compareTo(other.from) >= 0 ? from : other.from;
        PlacementKey lowestTo = endsNotBefore(other) ? other.to : to;
        if (lowestTo != null && highestFrom.compareTo(lowestTo) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new KeyRange(highestFrom, lowestTo));
    }

    /** Cuts all keys into contiguous ranges that hold equal shares of the hash space, in order. */
    public static List<KeyRange> splitEvenly(int count) {
        List<KeyRange> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ranges.add(segment(i, count));
        }
        return ranges;
    }

    /**
     * One of the ranges of {@link #splitEvenly}: also segment {@code index} of a parallel scan with
     * {@code count} segments. Items with one partition key are always in one segment.
     */
    public static KeyRange segment(int index, int count) {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("segment " + index + " of " + count);
        }
        PlacementKey first = index == 0 ? PlacementKey.FIRST : segmentStart(index, count);
        return new KeyRange(first, index == count - 1 ? null : segmentStart(index + 1, count));
    }

    /** The hash 2^64 · index / count, rounded down: a long division by digits of 32 bits. */
    private static PlacementKey segmentStart(int index, int count) {
        long high = ((long) index << 32) / count;
        long rest = ((long) index << 32) % count;
        return PlacementKey.atHash((high << 32) + (rest << 32) / count);
    }
}
