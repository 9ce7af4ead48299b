package dev.stator.simulator.check;

import dev.stator.simulator.history.ItemImage;
import java.util.BitSet;

/**
 * What may be at one moment of a history.
 *
 * @param effective the calls under way that have taken effect; never changed
 */
record Possibility(ItemImage image, BitSet effective) {

    Possibility with(int operation, ItemImage after) {
        BitSet more = (BitSet) effective.clone();
        more.set(operation);
        return new Possibility(after, more);
    }

    Possibility without(int operation) {
        BitSet fewer = (BitSet) effective.clone();
        fewer.clear(operation);
        return new Possibility(image, fewer);
    }
}
