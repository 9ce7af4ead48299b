package dev.stator.benchmarks.micro;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.FileDisk;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A batch of records made durable on the disk of the directory for temporary files. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LogSyncBenchmark extends MicroBenchmark {
    @Param({"1", "16", "128"})
    public int records = 1;

    private final byte[] record = LogRecord.encode(1);
    private @Nullable Path directory;
    private @Nullable Disk disk;
    private @Nullable SharedWal wal;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory("log-sync-benchmark");
        disk = FileDisk.open(directory);
        wal = SharedWal.create(disk, new UUID(1, 2), WalOptions.DEFAULT);
    }

    @TearDown
    public void close() throws IOException {
        Objects.requireNonNull(wal).close();
        Objects.requireNonNull(disk).close();
        List<Path> files;
        try (Stream<Path> all = Files.walk(Objects.requireNonNull(directory))) {
            files = all.sorted((left, right) -> right.compareTo(left)).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    @Benchmark
    public int appendAndSync() throws IOException {
        SharedWal log = Objects.requireNonNull(wal);
        for (int i = 0; i < records; i++) {
            log.append(LogRecord.GROUP, true, record);
        }
        log.sync();
        return log.deleteReleasedSegments();
    }
}
