package dev.stator.core.operations.api;

/** Capacity units per second. */
public record ProvisionedThroughput(long readCapacityUnits, long writeCapacityUnits) {}
