package dev.stator.model.table;

/**
 * A first member of a replication group.
 *
 * @param nodeHigh the high 64 bits of the node's identity
 * @param nodeLow the low 64 bits of the node's identity
 */
public record MemberDescriptor(long nodeHigh, long nodeLow, Role role) {
    /** What a member holds. */
    public enum Role {
        STORAGE,
        LOG
    }
}
