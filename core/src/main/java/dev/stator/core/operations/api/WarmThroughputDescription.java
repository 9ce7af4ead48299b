package dev.stator.core.operations.api;

import dev.stator.model.table.TableStatus;

/**
 * What a table or index can serve at once, in units per second.
 *
 * @param status that of the table or index
 */
public record WarmThroughputDescription(
        long readUnitsPerSecond, long writeUnitsPerSecond, TableStatus status) {}
