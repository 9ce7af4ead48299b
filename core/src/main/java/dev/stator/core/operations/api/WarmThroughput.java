package dev.stator.core.operations.api;

import java.util.OptionalLong;

/** Throughput that a table or index can serve at once, in units per second. */
public record WarmThroughput(OptionalLong readUnitsPerSecond, OptionalLong writeUnitsPerSecond) {}
