package dev.stator.benchmarks.replicated;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one contender did in one round.
 *
 * @param nanos latencies of the writes acknowledged in the time measured
 * @param cpuNanos of the whole process in that time
 * @param failures how many writes were not acknowledged in all of the round, by reason
 */
record Slice(Histogram nanos, long elapsedNanos, long cpuNanos, Map<String, Long> failures) {
    double writesPerSecond() {
        return nanos.getTotalCount() * (double) TimeUnit.SECONDS.toNanos(1) / elapsedNanos;
    }
}
