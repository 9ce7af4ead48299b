package dev.stator.replication;

/**
 * How much replication sends and keeps at a time. None of it decides what is right, so that the
 * simulator can make it small: what a message or a log holds no more then happens all the time.
 *
 * @param messagesInFlight on their way to one follower at most; further entries wait and go
 *     together
 * @param messageBytes of entries in one message; a single larger entry goes alone
 * @param uncommittedEntries that are proposed and not committed; beyond it a proposal is turned
 *     away
 * @param uncommittedBytes of such entries, likewise
 * @param retainedBytes up to which a log is kept for members that lag; then they need a snapshot
 * @param snapshotChunkBytes of items in one message of a snapshot; the last one may exceed it
 */
public record Limits(
        int messagesInFlight,
        int messageBytes,
        int uncommittedEntries,
        long uncommittedBytes,
        long retainedBytes,
        int snapshotChunkBytes) {
    public static final Limits DEFAULT =
            new Limits(16, 1 << 20, 16_384, 8L << 20, 16L << 20, 512 << 10);

    public Limits {
        if (messagesInFlight < 1
                || messageBytes < 1
                || uncommittedEntries < 1
                || uncommittedBytes < 1
                || retainedBytes < 0
                || snapshotChunkBytes < 1) {
            throw new IllegalArgumentException("nothing could be sent");
        }
    }
}
