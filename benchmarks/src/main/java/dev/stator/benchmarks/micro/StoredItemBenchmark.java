package dev.stator.benchmarks.micro;

import dev.stator.benchmarks.sample.SampleItem;
import dev.stator.core.format.StoredItem;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import org.openjdk.jmh.annotations.Benchmark;

/** The stored form of an item of 900 bytes, checksum included. */
public class StoredItemBenchmark extends MicroBenchmark {
    private static final long TIMESTAMP_MICROS = 1_700_000_000_000_000L;

    private final Item item = SampleItem.of(1);
    private final byte[] stored =
            StoredItem.of(item, TIMESTAMP_MICROS, SampleItem.SIZE_BYTES).bytes();

    @Benchmark
    public byte[] encode() {
        return StoredItem.of(item, TIMESTAMP_MICROS, SampleItem.SIZE_BYTES).bytes();
    }

    /** What is done with an item that only passes through. */
    @Benchmark
    public StoredItem check() {
        return StoredItem.parse(stored);
    }

    @Benchmark
    public Item decode() {
        return StoredItem.parse(stored).item();
    }

    /** As capacity counts it. */
    @Benchmark
    public int size() {
        return ItemSize.of(item);
    }
}
