package dev.stator.tools.floor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How often a second a disk makes an append durable: the floor of any log. */
public final class DiskFloor {
    private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);
    private static final int DIGITS = 3;

    /** As a log writes: to a file whose length does not change. */
    private static final int FILE_SIZE_BYTES = 64 << 20;

    private DiskFloor() {}

    /** Times of appends with fdatasync, in microseconds, and how long all of them took. */
    public record Result(Histogram micros, long elapsedNanos) {
        public double appendsPerSecond() {
            return micros.getTotalCount() * (double) TimeUnit.SECONDS.toNanos(1) / elapsedNanos;
        }
    }

    /** Appends to a file of its own in that directory, again and again, each time with a sync. */
    public static Result measure(Path directory, int appendSizeBytes, int seconds)
            throws IOException {
        Path file = Files.createTempFile(directory, "disk-floor", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            fill(channel);
            Histogram micros = new Histogram(MICROS_MAX, DIGITS);
            ByteBuffer append = ByteBuffer.allocateDirect(appendSizeBytes);
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(seconds);
            long position = 0;
            long now = start;
            while (now < end) {
                append.clear();
                channel.write(append, position);
                channel.force(false);
                position = (position + appendSizeBytes) % (FILE_SIZE_BYTES - appendSizeBytes);
                long done = System.nanoTime();
                micros.recordValue(Math.min(MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(done - now)));
                now = done;
            }
            return new Result(micros, now - start);
        } finally {
            Files.delete(file);
        }
    }

    private static void fill(FileChannel channel) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        for (int written = 0; written < FILE_SIZE_BYTES; ) {
            zeros.clear();
            written += channel.write(zeros, written);
        }
        channel.force(true);
    }
}
