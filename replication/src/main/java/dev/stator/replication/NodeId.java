package dev.stator.replication;

/**
 * The identity of a node: 128 bits minted into its data directory, never its address. A directory
 * that was lost comes back as another node, so that no replica can forget what it voted for and go
 * on voting.
 */
public record NodeId(long high, long low) implements Comparable<NodeId> {
    @Override
    public int compareTo(NodeId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
