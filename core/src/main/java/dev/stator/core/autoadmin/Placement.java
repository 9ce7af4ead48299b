package dev.stator.core.autoadmin;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chooses the members of new groups: three nodes, in three zones as far as there are as many. The
 * first member is the preferred leader; it rotates, so that the leaders of one table, and the first
 * leaders of many small tables, are spread over zones and nodes.
 */
final class Placement {
    static final int REPLICAS = 3;

    /** Zone by zone in turn: the first node of each, then the second of each. */
    private final List<ClusterNode> ring = new ArrayList<>();

    Placement(List<ClusterNode> nodes) {
        TreeMap<String, List<ClusterNode>> zones = new TreeMap<>();
        for (ClusterNode node : nodes) {
            zones.computeIfAbsent(node.zone(), zone -> new ArrayList<>()).add(node);
        }
        for (int i = 0; ring.size() < nodes.size(); i++) {
            for (List<ClusterNode> zone : zones.values()) {
                if (i < zone.size()) {
                    ring.add(zone.get(i));
                }
            }
        }
    }

    /** The members of a group, the turn-th of all. */
    List<Member> members(long turn) {
        List<NodeId> chosen = new ArrayList<>();
        Set<String> zones = new HashSet<>();
        int first = Math.floorMod(turn, ring.size());
        for (int i = 0; i < ring.size() && chosen.size() < REPLICAS; i++) {
            ClusterNode node = ring.get((first + i) % ring.size());
            if (zones.add(node.zone())) {
                chosen.add(node.node());
            }
        }
        for (int i = 0; i < ring.size() && chosen.size() < REPLICAS; i++) {
            NodeId node = ring.get((first + i) % ring.size()).node();
            if (!chosen.contains(node)) {
                chosen.add(node);
            }
        }
        List<Member> members = new ArrayList<>();
        for (NodeId node : chosen) {
            members.add(new Member(node, Member.Role.STORAGE));
        }
        return members;
    }
}
