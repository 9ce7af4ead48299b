package dev.stator.core.autoadmin;

import dev.stator.core.wire.MetadataMessage.GroupContents;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.replication.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The latest reports of leaders about their groups. Storage nodes repeat them for ever; one that
 * was not repeated for a while is of a group that is no more, and is forgotten. A report of an
 * earlier leader does not replace that of a later one. Never iterated.
 */
final class KnownReports<R> {
    /** A report lives for at least this long, and for at most twice as long. */
    static final long GENERATION_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Function<R, GroupId> group;
    private final ToLongFunction<R> ballotRound;
    private Map<GroupId, R> young = new HashMap<>();
    private Map<GroupId, R> old = new HashMap<>();
    private long generationEndsNanos;
    private boolean begun;

    private KnownReports(Function<R, GroupId> group, ToLongFunction<R> ballotRound) {
        this.group = group;
        this.ballotRound = ballotRound;
    }

    /** Of who leads. */
    static KnownReports<GroupRoute> ofRoutes() {
        return new KnownReports<>(GroupRoute::group, GroupRoute::ballotRound);
    }

    /** Of what was counted. */
    static KnownReports<GroupContents> ofContents() {
        return new KnownReports<>(GroupContents::group, GroupContents::ballotRound);
    }

    void put(R report, long nowNanos) {
        if (!begun || generationEndsNanos - nowNanos <= 0) {
            begun = true;
            generationEndsNanos = nowNanos + GENERATION_NANOS;
            old = young;
            young = new HashMap<>();
        }
        GroupId of = group.apply(report);
        R known = find(of).orElse(report);
        boolean later = ballotRound.applyAsLong(report) >= ballotRound.applyAsLong(known);
        young.put(of, later ? report : known);
    }

    Optional<R> find(GroupId of) {
        R report = young.get(of);
        return Optional.ofNullable(report != null ? report : old.get(of));
    }
}
