package dev.stator.replication;

/** A member of a replication group. */
public record Member(NodeId node, Role role) {
    /** What a member holds. */
    public enum Role {
        /** Votes, keeps the log and the items; may lead. */
        STORAGE,
        /** Votes and keeps the recent log, holds no items; never leads (ATC'22, section 5.1). */
        LOG
    }
}
