package dev.stator.benchmarks.micro;

import dev.stator.benchmarks.sample.SampleItem;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalOptions;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The processor time of the log: the record of a write, and its way into the WAL's buffer. */
public class LogBenchmark extends MicroBenchmark {
    private final Item item = SampleItem.of(1);
    private final PlacementKey key = PlacementKey.of(new AttributeValue.S(SampleItem.key(1)));
    private final byte[] record = LogRecord.encode(1);
    private @Nullable DiscardingDisk disk;
    private @Nullable SharedWal wal;

    /** The log of an iteration never ends a segment, since nothing is synced. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        DiscardingDisk fresh = new DiscardingDisk(new SimulatedDisk().open());
        disk = fresh;
        wal = SharedWal.create(fresh, new UUID(1, 2), WalOptions.DEFAULT);
        fresh.discard();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        Objects.requireNonNull(wal).close();
        Objects.requireNonNull(disk).close();
    }

    /** Item to stored form to command to entry to record. */
    @Benchmark
    public byte[] encodeRecord() {
        return LogRecord.encode(key, item);
    }

    /** Frame, checksum, and copy. */
    @Benchmark
    public long append() throws IOException {
        SharedWal log = Objects.requireNonNull(wal);
        log.append(LogRecord.GROUP, true, record);
        return log.unsyncedBytes();
    }
}
