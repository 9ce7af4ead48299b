package dev.stator.replication;

/**
 * A ballot of a replication group: rounds are ordered, and within a round the owner decides, so
 * that two nodes never use the same ballot. Only its owner proposes in a ballot ("Paxos Made
 * Simple", section 2.2).
 */
public record Ballot(long round, NodeId owner) implements Comparable<Ballot> {
    /** Below every ballot that is ever used. */
    public static final Ballot NONE = new Ballot(0, new NodeId(0, 0));

    @Override
    public int compareTo(Ballot other) {
        int byRound = Long.compare(round, other.round);
        return byRound != 0 ? byRound : owner.compareTo(other.owner);
    }

    public boolean isAbove(Ballot other) {
        return compareTo(other) > 0;
    }

    /** The lowest ballot of the given owner that is above this one. */
    public Ballot next(NodeId newOwner) {
        return new Ballot(round + 1, newOwner);
    }

    @Override
    public String toString() {
        return round + "." + Long.toHexString(owner.high() >>> 48);
    }
}
