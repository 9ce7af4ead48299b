package dev.stator.simulator.history;

import java.util.Optional;

/**
 * What a client learned of a call. Calls of which it learned that nothing was done are left out.
 */
public sealed interface ItemOutcome {

    /** The item as it was read. */
    record Seen(ItemImage image) implements ItemOutcome {}

    /**
     * The write was done.
     *
     * @param before the item as it was, where that was asked for
     * @param after the item as it is then, where that was asked for
     */
    record Written(Optional<ItemImage> before, Optional<ItemImage> after) implements ItemOutcome {}

    /** The condition did not hold. */
    record ConditionFailed() implements ItemOutcome {}

    /** It was done at some time after the call, however late, or it never was. */
    record Unknown() implements ItemOutcome {}
}
