package dev.stator.core.wire;

import dev.stator.model.key.PlacementKey;

/**
 * How far a partition of an index has got with one partition of its table.
 *
 * @param lsn it holds what follows from all change records up to this one
 * @param backfilledTo it holds the entries of all items below this key which were there before the
 *     index
 * @param backfilled whether that is all of them
 */
public record FeedPosition(long lsn, PlacementKey backfilledTo, boolean backfilled) {
    /** Nothing was taken yet. */
    public static final FeedPosition START = new FeedPosition(0, PlacementKey.FIRST, false);

    public FeedPosition withLsn(long reached) {
        return new FeedPosition(reached, backfilledTo, backfilled);
    }
}
