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
     */
    record Written(
            Optional<Item> before, Optional<Item> after, int beforeSizeBytes, int afterSizeBytes)
            implements Served {}

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

    /**
     * A page.
     *
     * @param items what passed the filter, projected; empty if only a count was asked for
     * @param count how many passed the filter
     * @param evaluatedCount how many were read
     * @param evaluatedBytes their sizes before the projection
     * @param lastKey the key attributes of the last evaluated item, where a bound ended the page;
     *     absent where the replica's part of the range was read to its end
     */
    record Page(
            List<Item> items,
            int count,
            int evaluatedCount,
            long evaluatedBytes,
            Optional<Item> lastKey)
            implements Served {}

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
