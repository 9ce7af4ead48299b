package dev.stator.core.wire;

import dev.stator.replication.NodeId;

/**
 * Where a role runs.
 *
 * @param instance tells several of one role on one node apart (request routers: one for each event
 *     loop); zero for the others, whose node finds the owner by what the message is about
 */
public record Address(NodeId node, Role role, int instance) {
    /** The roles that messages go to. */
    public enum Role {
        STORAGE,
        ROUTER,
        MEMDS,
        ADMIN
    }

    public static Address storage(NodeId node) {
        return new Address(node, Role.STORAGE, 0);
    }

    public static Address memDs(NodeId node) {
        return new Address(node, Role.MEMDS, 0);
    }

    public static Address admin(NodeId node) {
        return new Address(node, Role.ADMIN, 0);
    }
}
