package dev.stator.core.operations.api;

import java.util.OptionalLong;

/**
 * The provisioned throughput of a table or index, in units per second; times in milliseconds since
 * 1970, absent where it was never changed that way.
 */
public record ProvisionedThroughputDescription(
        OptionalLong lastIncreaseMillis,
        OptionalLong lastDecreaseMillis,
        long numberOfDecreasesToday,
        long readCapacityUnits,
        long writeCapacityUnits) {}
