package dev.stator.core.wire;

/** Names one attempt to carry through a transaction; never used twice. */
public record TransactionId(long high, long low) implements Comparable<TransactionId> {
    @Override
    public int compareTo(TransactionId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
