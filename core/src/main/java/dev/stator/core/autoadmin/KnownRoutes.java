package dev.stator.core.autoadmin;

import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.replication.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The latest reports of leaders. Storage nodes repeat them for ever; one that was not repeated for
 * a while is of a group that is no more, and is forgotten. Never iterated.
 */
final class KnownRoutes {
    /** A report lives for at least this long, and for at most twice as long. */
    static final long GENERATION_NANOS = TimeUnit.MINUTES.toNanos(5);

    private Map<GroupId, GroupRoute> young = new HashMap<>();
    private Map<GroupId, GroupRoute> old = new HashMap<>();
    private long generationEndsNanos;
    private boolean begun;

    void put(GroupRoute route, long nowNanos) {
        if (!begun || generationEndsNanos - nowNanos <= 0) {
            begun = true;
            generationEndsNanos = nowNanos + GENERATION_NANOS;
            old = young;
            young = new HashMap<>();
        }
        GroupRoute known = find(route.group()).orElse(route);
        young.put(route.group(), route.ballotRound() >= known.ballotRound() ? route : known);
    }

    Optional<GroupRoute> find(GroupId group) {
        GroupRoute route = young.get(group);
        return Optional.ofNullable(route != null ? route : old.get(group));
    }
}
