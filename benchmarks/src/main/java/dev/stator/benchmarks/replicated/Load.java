package dev.stator.benchmarks.replicated;

import dev.stator.benchmarks.sample.SampleItem;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import java.util.SplittableRandom;

/**
 * What is written: a fixed number of writers, each with one write under way, and items of 900
 * bytes, chosen uniformly. All of them are made beforehand, so that no contender pays for it.
 */
final class Load {
    private static final long SEED = 1;

    private final int writers;
    private final Item[] items;
    private final PlacementKey[] keys;
    private final byte[][] payloads;

    Load(int writers, int itemCount) {
        this.writers = writers;
        this.items = new Item[itemCount];
        this.keys = new PlacementKey[itemCount];
        this.payloads = new byte[itemCount][SampleItem.SIZE_BYTES];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < itemCount; i++) {
            items[i] = SampleItem.of(i);
            keys[i] = PlacementKey.of(new AttributeValue.S(SampleItem.key(i)));
            random.nextBytes(payloads[i]);
        }
    }

    int writers() {
        return writers;
    }

    int itemCount() {
        return items.length;
    }

    Item item(int number) {
        return items[number];
    }

    PlacementKey key(int number) {
        return keys[number];
    }

    /** For those who know no items: as many bytes, not to be changed. */
    byte[] payload(int number) {
        return payloads[number];
    }

    /** Which items a writer writes, one after the other. */
    SplittableRandom choice(int writer) {
        return new SplittableRandom(SEED + 1 + writer);
    }
}
