package dev.stator.tools.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What came of requests. Latencies are those of right answers, and of requests that had no answer
 * in time, for which it is the least they would have had; answers that are errors are counted by
 * type only. Owned by one thread at a time.
 */
public final class Tally {
    private static final long LATENCY_MICROS_MAX = TimeUnit.MINUTES.toMicros(5);
    private static final int DIGITS = 3;

    private final Map<Operation, Histogram> latencies = new EnumMap<>(Operation.class);
    private final Map<String, Long> errors = new TreeMap<>();
    private long successes;
    private long elapsedNanos;

    void success(Operation operation, long latencyNanos) {
        successes++;
        record(operation, latencyNanos);
    }

    /** A request that was answered with an error, or whose connection broke. */
    void error(String type) {
        errors.merge(type, 1L, Long::sum);
    }

    /** A request that was given up after that time. */
    void unanswered(Operation operation, String type, long latencyNanos) {
        error(type);
        record(operation, latencyNanos);
    }

    private void record(Operation operation, long latencyNanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(latencyNanos);
        latencies
                .computeIfAbsent(operation, each -> emptyHistogram())
                .recordValue(Math.clamp(micros, 0, LATENCY_MICROS_MAX));
    }

    private static Histogram emptyHistogram() {
        return new Histogram(LATENCY_MICROS_MAX, DIGITS);
    }

    void elapsed(long nanos) {
        elapsedNanos = nanos;
    }

    /** Takes in what another thread saw in the same time. */
    public void addConcurrent(Tally other) {
        add(other);
        elapsedNanos = Math.max(elapsedNanos, other.elapsedNanos);
    }

    /** Takes in what was seen in another time. */
    public void addLater(Tally other) {
        add(other);
        elapsedNanos += other.elapsedNanos;
    }

    private void add(Tally other) {
        successes += other.successes;
        other.errors.forEach((type, count) -> errors.merge(type, count, Long::sum));
        other.latencies.forEach((operation, histogram) ->
                latencies.computeIfAbsent(operation, each -> emptyHistogram()).add(histogram));
    }

    /** Requests that were answered rightly. */
    public long successes() {
        return successes;
    }

    /** The number of errors of each type, in the order of the types' names. */
    public Map<String, Long> errors() {
        return errors;
    }

    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** From the first request to the last answer. */
    public long elapsedNanos() {
        return elapsedNanos;
    }

    /** Right answers a second. */
    public double requestsPerSecond() {
        return elapsedNanos == 0
                ? 0
                : successes / (elapsedNanos / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** Latencies of each operation, in microseconds. */
    public Map<Operation, Histogram> latencyMicrosByOperation() {
        return latencies;
    }

    /** Latencies of all operations, in microseconds. */
    public Histogram latencyMicros() {
        Histogram all = emptyHistogram();
        latencies.values().forEach(all::add);
        return all;
    }
}
