package dev.stator.core.node;

import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PushRoutes;
import dev.stator.core.wire.MetadataMessage.ReplicasHeld;
import dev.stator.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a storage node tells of its groups: which of them it leads, to every MemDS and auto-admin,
 * and which replicas it has, to every auto-admin. News goes out at once and is not confirmed; a
 * slice of everything goes out with each tick, which makes up for what was lost at the same cost
 * whether much was lost or nothing (constant work). Owned by the thread that owns the node's list
 * of groups.
 */
final class RouteReporter {
    /** Groups of one slice: about 50 KB on the wire. */
    public static final int SLICE_GROUPS = 512;

    private static final GroupId START = new GroupId(0);

    private final TreeMap<GroupId, GroupRoute> led = new TreeMap<>();
    private final TreeSet<GroupId> held = new TreeSet<>();
    private final TreeMap<GroupId, GroupRoute> news = new TreeMap<>();
    private @Nullable GroupId routesTold;
    private GroupId replicasTold = START;

    /** This node leads the group, or leads it with other members. */
    public void leads(GroupRoute route) {
        GroupRoute before = led.put(route.group(), route);
        if (!route.equals(before)) {
            news.put(route.group(), route);
        }
    }

    /** This node does not lead the group any more. Who does will tell. */
    public void leadsNoMore(GroupId group) {
        led.remove(group);
        news.remove(group);
    }

    /** A replica of the group is on this node's disk. */
    public void holds(GroupId group) {
        held.add(group);
    }

    /** No replica of the group is on this node's disk any more. */
    public void holdsNoMore(GroupId group) {
        held.remove(group);
        leadsNoMore(group);
    }

    /** What changed since the last time; empty if nothing did. For every MemDS and auto-admin. */
    public Optional<PushRoutes> takeNews() {
        if (news.isEmpty()) {
            return Optional.empty();
        }
        List<GroupRoute> routes = new ArrayList<>();
        while (!news.isEmpty() && routes.size() < SLICE_GROUPS) {
            routes.add(news.pollFirstEntry().getValue());
        }
        return Optional.of(new PushRoutes(routes));
    }

    /** The next slice of what this node leads. For every MemDS and auto-admin. */
    public PushRoutes nextRoutes() {
        List<GroupRoute> routes = new ArrayList<>();
        var rest = routesTold == null ? led : led.tailMap(routesTold, false);
        for (GroupRoute route : rest.values()) {
            if (routes.size() == SLICE_GROUPS) {
                break;
            }
            routes.add(route);
        }
        routesTold = routes.size() < SLICE_GROUPS ? null : routes.getLast().group();
        return new PushRoutes(routes);
    }

    /** The next slice of what this node holds. For every auto-admin. */
    public ReplicasHeld nextReplicas() {
        List<GroupId> groups = new ArrayList<>();
        for (GroupId group : held.tailSet(replicasTold, false)) {
            if (groups.size() == SLICE_GROUPS) {
                break;
            }
            groups.add(group);
        }
        replicasTold = groups.size() < SLICE_GROUPS ? START : groups.getLast();
        return new ReplicasHeld(groups);
    }
}
