package dev.stator.simulator.cluster;

import dev.stator.simulator.engine.Latency;

/**
 * How fast a machine's disk and store are.
 *
 * @param sync of the log
 * @param apply of a batch to the store
 * @param read of an item or a page
 * @param flushEvery between two flushes of the store: what is not flushed is lost in a crash
 * @param itemCacheBytes how much a shard remembers of its store
 */
public record NodeConditions(
        Latency sync, Latency apply, Latency read, Latency flushEvery, long itemCacheBytes) {
    public NodeConditions withSync(Latency changed) {
        return new NodeConditions(changed, apply, read, flushEvery, itemCacheBytes);
    }

    public NodeConditions withApply(Latency changed) {
        return new NodeConditions(sync, changed, read, flushEvery, itemCacheBytes);
    }

    public NodeConditions withRead(Latency changed) {
        return new NodeConditions(sync, apply, changed, flushEvery, itemCacheBytes);
    }
}
