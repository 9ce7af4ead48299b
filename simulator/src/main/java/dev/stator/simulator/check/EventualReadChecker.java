package dev.stator.simulator.check;

import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;

/**
 * Checks that an eventually consistent read sees an image that a committed write has made, or no
 * item: never a value from nowhere, and never one that was not committed.
 */
public final class EventualReadChecker {
    private static final String NAME = "eventual reads";

    private final Violations violations;
    private final CommittedImages images;
    private long reads;

    public EventualReadChecker(Violations violations, CommittedImages images) {
        this.violations = violations;
        this.images = images;
    }

    /** A read has ended just now. */
    public void read(ItemKey key, byte[] storeKey, ItemImage image) {
        reads++;
        if (!images.contains(storeKey, image)) {
            violations.add(
                    NAME, "an eventual read of " + key + " saw " + image + ", which it never was");
        }
    }

    public long reads() {
        return reads;
    }
}
