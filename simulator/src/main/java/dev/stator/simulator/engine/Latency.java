package dev.stator.simulator.engine;

import java.util.SplittableRandom;

/**
 * How long something takes: evenly between two bounds, and now and then much longer.
 *
 * @param tailRate how often it takes longer, up to {@code tailMaxNanos}
 */
public record Latency(long minNanos, long maxNanos, double tailRate, long tailMaxNanos) {
    private static final long NANOS_PER_MICRO = 1_000;

    public static Latency micros(long min, long max) {
        return new Latency(min * NANOS_PER_MICRO, max * NANOS_PER_MICRO, 0, 0);
    }

    public Latency withTail(double rate, long maxMicros) {
        return new Latency(minNanos, maxNanos, rate, maxMicros * NANOS_PER_MICRO);
    }

    public long draw(SplittableRandom random) {
        if (tailRate > 0 && random.nextDouble() < tailRate) {
            return random.nextLong(maxNanos, Math.max(tailMaxNanos, maxNanos + 1));
        }
        return minNanos >= maxNanos ? minNanos : random.nextLong(minNanos, maxNanos);
    }
}
