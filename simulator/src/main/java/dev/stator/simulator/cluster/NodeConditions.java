package dev.stator.simulator.cluster;

import dev.stator.simulator.engine.Latency;

/**
 * How fast a machine's disk and store are.
 *
 * @param sync of the log
 * @param apply of a batch to the store
 * @param read of an item or a page
 * @param flushEvery between two flushes of the store: what is not flushed is lost in a crash
 */
public record NodeConditions(Latency sync, Latency apply, Latency read, Latency flushEvery) {
    public static final NodeConditions CALM =
            new NodeConditions(
                    Latency.micros(200, 2_000),
                    Latency.micros(20, 500),
                    Latency.micros(5, 300),
                    Latency.micros(300_000, 4_000_000));
}
