package dev.stator.model.table;

import org.jspecify.annotations.Nullable;

/**
 * The limits that a user set for an on-demand table or index (API reference, OnDemandThroughput),
 * in request units per second; null where there is none.
 */
public record ThroughputLimits(@Nullable Long readUnits, @Nullable Long writeUnits) {
    public static final ThroughputLimits NONE = new ThroughputLimits(null, null);
}
