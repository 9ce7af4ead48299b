package dev.stator.benchmarks.micro;

import dev.stator.benchmarks.sample.SampleItem;
import dev.stator.model.AttributeValue;
import dev.stator.model.DecimalNumber;
import dev.stator.model.key.PlacementKey;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** Placement keys: where an item is, made of the attributes of its key. */
public class KeyBenchmark extends MicroBenchmark {
    private final AttributeValue partitionKey = new AttributeValue.S(SampleItem.key(1));
    private final AttributeValue sortKey =
            new AttributeValue.N(DecimalNumber.of(1_700_000_000_123L));
    private final PlacementKey encoded = PlacementKey.of(partitionKey, sortKey);

    @Benchmark
    public PlacementKey encodePartitionKey() {
        return PlacementKey.of(partitionKey);
    }

    @Benchmark
    public PlacementKey encodeWithSortKey() {
        return PlacementKey.of(partitionKey, sortKey);
    }

    @Benchmark
    public List<AttributeValue> decode() {
        return encoded.values();
    }
}
