package dev.stator.storage.wal;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * From which segment on each group needs the log: that of its newest reset, or its first record.
 */
final class GroupSegments {
    private final Map<Long, Long> neededFrom = new HashMap<>();

    void record(long groupId, boolean reset, long segment) {
        if (reset) {
            neededFrom.put(groupId, segment);
        } else {
            neededFrom.putIfAbsent(groupId, segment);
        }
    }

    void forget(long groupId) {
        neededFrom.remove(groupId);
    }

    /** The first segment that some group needs, or the given one where none needs an older one. */
    long oldestNeeded(long newest) {
        long oldest = newest;
        for (long segment : neededFrom.values()) {
            oldest = Math.min(oldest, segment);
        }
        return oldest;
    }

    /** The groups that need the given segment or an older one. */
    SortedSet<Long> needing(long segment) {
        SortedSet<Long> groups = new TreeSet<>();
        neededFrom.forEach((group, from) -> {
            if (from <= segment) {
                groups.add(group);
            }
        });
        return groups;
    }
}
