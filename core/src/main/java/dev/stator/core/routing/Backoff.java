package dev.stator.core.routing;

/** Exponential back-off with jitter that follows from a seed. */
final class Backoff {
    static final long FIRST_NANOS = 10_000_000;
    static final long LONGEST_NANOS = 250_000_000;
    private static final int MAX_DOUBLINGS = 5;

    private final long seed;
    private long drawn;

    Backoff(long seed) {
        this.seed = seed;
    }

    /** Between half of it and all of it: the doubled wait, from the first one to the longest. */
    long nanos(int earlierWaits) {
        long full = Math.min(FIRST_NANOS << Math.min(earlierWaits, MAX_DOUBLINGS), LONGEST_NANOS);
        return full / 2 + Long.remainderUnsigned(mix(seed + ++drawn), full / 2);
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
