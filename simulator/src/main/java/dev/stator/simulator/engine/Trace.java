package dev.stator.simulator.engine;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * What happened, as lines for people and as a digest for machines. Every line and every fold goes
 * into the digest; only so many lines are given out, and the rest is counted. Two runs with the
 * same digest did the same.
 */
public final class Trace {
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int linesMax;
    private final Consumer<String> out;
    private long digest = 0xcbf29ce484222325L;
    private long lines;

    /**
     * @param linesMax lines that are given out at most
     * @param out takes a line
     */
    public Trace(int linesMax, Consumer<String> out) {
        this.linesMax = linesMax;
        this.out = out;
    }

    void line(long atNanos, String text) {
        fold(atNanos);
        fold(text.hashCode());
        lines++;
        if (lines <= linesMax) {
            out.accept(
                    String.format(
                            Locale.ROOT,
                            "%4d.%06d  %s",
                            atNanos / NANOS_PER_SECOND,
                            atNanos % NANOS_PER_SECOND / NANOS_PER_MICRO,
                            text));
        }
    }

    /** Takes something into the digest that is not worth a line. */
    public void fold(long value) {
        digest = (digest ^ value) * FNV_PRIME;
        digest ^= digest >>> 29;
    }

    public long linesOmitted() {
        return Math.max(0, lines - linesMax);
    }

    public String digest() {
        return String.format(Locale.ROOT, "%016x", digest);
    }
}
