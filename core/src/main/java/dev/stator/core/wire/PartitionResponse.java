package dev.stator.core.wire;

import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.replication.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * What a replica answers. Sizes are item sizes as capacity counts them, zero where there is no
 * item.
 */
public sealed interface PartitionResponse {

    /** The replica did what was asked, or the item was not such that it could be done. */
    sealed interface Served extends PartitionResponse {}

    /**
     * The write is on disk in a quorum. Images are given as far as they were asked for and existed.
     *
     * @param collectionBytes the size of the item collection then, where the table has local
     *     secondary indexes; else zero
     */
    record Written(
            Optional<Item> before,
            Optional<Item> after,
            int beforeSizeBytes,
            int afterSizeBytes,
            long collectionBytes)
            implements Served {

        public Written(
                Optional<Item> before,
                Optional<Item> after,
                int beforeSizeBytes,
                int afterSizeBytes) {
            this(before, after, beforeSizeBytes, afterSizeBytes, 0);
        }

        public Written inCollectionOf(long bytes) {
            return new Written(before, after, beforeSizeBytes, afterSizeBytes, bytes);
        }
    }

    /** The condition did not hold; nothing was changed. */
    record ConditionFailed(Optional<Item> item, int sizeBytes) implements Served {}

    /** The request cannot be applied to the item as it is; nothing was changed. */
    record Refused(ApiError error, int sizeBytes) implements Served {}

    /**
     * The item, if there is one.
     *
     * @param item after the projection
     */
    record Got(Optional<Item> item, int sizeBytes) implements Served {}

    /** What was prepared of the item is done, or given up; or there is nothing any more. */
    record Finished() implements Served {}

    /**
     * Another transaction has prepared the item; nothing was done.
     *
     * @param stalled whether that was so long ago that somebody should look after it
     */
    record Conflict(TransactionMark with, boolean stalled) implements Served {}

    /**
     * The timestamp of the transaction is not above that of the item, or too far from the leader's
     * clock; nothing was done.
     *
     * @param notAboveMicros a timestamp that it would have to exceed; zero where that is not it
     */
    record Untimely(long notAboveMicros) implements Served {}

    /**
     * An item, read for a transaction. Two reads of one item with equal versions say that it was
     * the same at all times from the one to the other.
     *
     * @param item after the projection
     * @param versionMicros the timestamp of the item; where there is none, of the latest delete in
     *     the partition
     */
    record GotVersion(Optional<Item> item, boolean exists, int sizeBytes, long versionMicros)
            implements Served {}

    /**
     * A page.
     *
     * @param items what passed the filter, projected; empty if only a count was asked for
     * @param count how many passed the filter
     * @param evaluatedCount how many were read
     * @param evaluatedBytes their sizes before the projection
     * @param fetched items of the table that were read for the entries of a local index
     * @param lastKey the key attributes of the last evaluated item, where a bound ended the page;
     *     absent where the replica's part of the range was read to its end
     */
    record Page(
            List<Item> items,
            int count,
            int evaluatedCount,
            long evaluatedBytes,
            Fetched fetched,
            Optional<Item> lastKey)
            implements Served {

        /** A page for which nothing was fetched. */
        public Page(
                List<Item> items,
                int count,
                int evaluatedCount,
                long evaluatedBytes,
                Optional<Item> lastKey) {
            this(items, count, evaluatedCount, evaluatedBytes, Fetched.NONE, lastKey);
        }
    }

    /**
     * What was read of a table besides the entries of its local index.
     *
     * @param bytes of the items
     * @param units what they cost, each for itself, in units of strongly consistent reads
     */
    record Fetched(long bytes, long units) {
        public static final Fetched NONE = new Fetched(0, 0);

        public Fetched plus(Fetched more) {
            return new Fetched(bytes + more.bytes, units + more.units);
        }
    }

    /** The replica does not lead, or not yet; nothing was done. */
    record NotLeader(Optional<NodeId> leader) implements PartitionResponse {}

    /**
     * The key, or all of the range, is not of this partition, or the node has no such replica;
     * nothing was done.
     */
    record NotHere() implements PartitionResponse {}

    /**
     * The replica cannot serve this now: no lease, too far behind, or a bound is reached; nothing
     * was done.
     */
    record Unavailable(String reason) implements PartitionResponse {}

    /** The write was proposed and it is not known whether it will be committed. */
    record Indeterminate() implements PartitionResponse {}
}
