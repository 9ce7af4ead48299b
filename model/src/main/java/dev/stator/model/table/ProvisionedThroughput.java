package dev.stator.model.table;

/** Capacity units per second, as a request asks for them. */
public record ProvisionedThroughput(long readUnits, long writeUnits) {
    /** What on-demand tables report. */
    public static final ProvisionedThroughput NONE = new ProvisionedThroughput(0, 0);
}
