package dev.stator.core.routing;

import dev.stator.replication.NodeId;
import java.util.HashMap;
import java.util.Map;

/**
 * Which nodes did not answer lately, in one role. Such a node comes last for a while; then a single
 * request may try it, and if that fails too, it comes last again: a dead node costs one request in
 * a while its time, not all of them.
 */
final class NodeHealth {
    private final long suspicionNanos;

    /** Until when each suspect comes last. Never iterated. */
    private final Map<NodeId, Long> suspects = new HashMap<>();

    NodeHealth(long suspicionNanos) {
        this.suspicionNanos = suspicionNanos;
    }

    void answered(NodeId node) {
        if (!suspects.isEmpty()) {
            suspects.remove(node);
        }
    }

    void failed(NodeId node, long nowNanos) {
        suspects.put(node, nowNanos + suspicionNanos);
    }

    /** Whether the node may come before suspects; true for a suspect once in a while. */
    boolean mayTry(NodeId node, long nowNanos) {
        Long until = suspects.isEmpty() ? null : suspects.get(node);
        if (until == null) {
            return true;
        }
        if (until - nowNanos > 0) {
            return false;
        }
        suspects.put(node, nowNanos + suspicionNanos);
        return true;
    }
}
