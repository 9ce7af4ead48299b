package dev.stator.core.routing;

import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.Spot;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableId;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The partition-map cache: the partitions that were used, never whole tables (ATC'22, section 6.6).
 * What it says may be out of date; the replicas know better.
 */
final class PartitionMap {
    private record Located(TableId table, PartitionRoute route) {}

    private final int bound;
    private final Map<TableId, TreeMap<PlacementKey, PartitionRoute>> tables = new HashMap<>();
    private final LinkedHashMap<GroupId, Located> leastRecentFirst =
            new LinkedHashMap<>(16, 0.75f, true);

    PartitionMap(int bound) {
        this.bound = bound;
    }

    int size() {
        return leastRecentFirst.size();
    }

    @Nullable PartitionRoute find(TableId table, Spot spot) {
        TreeMap<PlacementKey, PartitionRoute> partitions = tables.get(table);
        if (partitions == null) {
            return null;
        }
        Map.Entry<PlacementKey, PartitionRoute> found =
                switch (spot) {
                    case Spot.At(PlacementKey key) -> partitions.floorEntry(key);
                    case Spot.Below(Optional<PlacementKey> key) ->
                            key.isPresent()
                                    ? partitions.lowerEntry(key.get())
                                    : partitions.lastEntry();
                };
        if (found == null || !reaches(found.getValue(), spot)) {
            return null;
        }
        leastRecentFirst.get(found.getValue().group());
        return found.getValue();
    }

    /** Partitions may be missing between the cached ones. */
    private static boolean reaches(PartitionRoute route, Spot spot) {
        PlacementKey to = route.range().to();
        return to == null
                || switch (spot) {
                    case Spot.At(PlacementKey key) -> key.compareTo(to) < 0;
                    case Spot.Below(Optional<PlacementKey> key) ->
                            key.isPresent() && key.get().compareTo(to) <= 0;
                };
    }

    /**
     * Takes over what MemDS says, unless a later leader is known already. Of one leader's time, a
     * replica's word on who leads is newer than that of MemDS.
     */
    void put(TableId table, PartitionRoute route) {
        Located known = leastRecentFirst.get(route.group());
        if (known == null || known.route.ballotRound() < route.ballotRound()) {
            replace(table, route);
        } else if (known.route.ballotRound() == route.ballotRound()
                && !Objects.equals(known.route, route)) {
            Optional<NodeId> leader = known.route.leader();
            replace(table, leader.isPresent() ? withLeader(route, leader.get()) : route);
        }
    }

    private void replace(TableId table, PartitionRoute route) {
        removeOverlapping(table, route);
        tables.computeIfAbsent(table, id -> new TreeMap<>()).put(route.range().from(), route);
        leastRecentFirst.put(route.group(), new Located(table, route));
        if (leastRecentFirst.size() > bound) {
            remove(leastRecentFirst.firstEntry().getKey());
        }
    }

    private void removeOverlapping(TableId table, PartitionRoute route) {
        remove(route.group());
        TreeMap<PlacementKey, PartitionRoute> partitions = tables.get(table);
        if (partitions == null) {
            return;
        }
        PlacementKey to = route.range().to();
        while (true) {
            var last = to == null ? partitions.lastEntry() : partitions.lowerEntry(to);
            if (last == null || last.getValue().range().intersect(route.range()).isEmpty()) {
                return;
            }
            remove(last.getValue().group());
        }
    }

    /** A replica says that another one leads. */
    void noteLeader(GroupId group, NodeId leader) {
        Located known = leastRecentFirst.get(group);
        if (known != null && !known.route.leader().equals(Optional.of(leader))) {
            replace(known.table, withLeader(known.route, leader));
        }
    }

    private static PartitionRoute withLeader(PartitionRoute route, NodeId leader) {
        return new PartitionRoute(
                route.group(),
                route.range(),
                route.members(),
                Optional.of(leader),
                route.ballotRound());
    }

    void remove(GroupId group) {
        Located known = leastRecentFirst.remove(group);
        if (known == null) {
            return;
        }
        TreeMap<PlacementKey, PartitionRoute> partitions = tables.get(known.table);
        if (partitions != null) {
            partitions.remove(known.route.range().from());
            if (partitions.isEmpty()) {
                tables.remove(known.table);
            }
        }
    }

    /** MemDS knows no such partition. */
    void remove(TableId table, Spot spot) {
        PartitionRoute route = find(table, spot);
        if (route != null) {
            remove(route.group());
        }
    }
}
