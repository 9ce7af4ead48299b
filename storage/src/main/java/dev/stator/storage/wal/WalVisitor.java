package dev.stator.storage.wal;

/** Receives the content of a log as it is recovered, in the order in which it was appended. */
public interface WalVisitor {

    /**
     * A record of a group.
     *
     * @param reset whether it supersedes every record of the group before it
     */
    void record(long groupId, boolean reset, byte[] payload);

    /** The group was removed from this node; every record of it so far is void. */
    void forgotten(long groupId);
}
