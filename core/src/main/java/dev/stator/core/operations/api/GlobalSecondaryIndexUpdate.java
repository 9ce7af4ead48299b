package dev.stator.core.operations.api;

import java.util.Optional;

/**
 * One change of the global secondary indexes of a table. That exactly one is given is for the
 * operation to check.
 */
public record GlobalSecondaryIndexUpdate(
        Optional<GlobalSecondaryIndex> create, Optional<Update> update, Optional<String> delete) {
    /** Changes the throughput of an index. */
    public record Update(String indexName, ThroughputSettings throughput) {}
}
