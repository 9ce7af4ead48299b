package dev.stator.replication;

/** The identity of a replication group, unique in a cluster and never used again. */
public record GroupId(long value) implements Comparable<GroupId> {
    /**
     * The group that holds the cluster's own metadata; its members are fixed when the cluster is
     * formed.
     */
    public static final GroupId SYSTEM = new GroupId(1);

    @Override
    public int compareTo(GroupId other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "g" + value;
    }
}
