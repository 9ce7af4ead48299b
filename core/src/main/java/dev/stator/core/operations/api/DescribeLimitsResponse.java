package dev.stator.core.operations.api;

/** Quotas in capacity units per second. */
public record DescribeLimitsResponse(
        long accountMaxReadCapacityUnits,
        long accountMaxWriteCapacityUnits,
        long tableMaxReadCapacityUnits,
        long tableMaxWriteCapacityUnits)
        implements ApiResponse {}
