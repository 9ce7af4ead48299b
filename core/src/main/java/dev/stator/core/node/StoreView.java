package dev.stator.core.node;

import dev.stator.core.partition.PartitionHost.Collector;
import dev.stator.replication.GroupId;

/** The store as it was when the view was opened: positions and items go together. To be closed. */
public interface StoreView {

    /** How far the group's log was applied. */
    StorePosition position(GroupId group);

    /**
     * Reads values in key order; the collector is used by one other thread until {@code then} is
     * called.
     */
    void scan(byte[] from, byte[] to, Collector collector, Runnable then);

    void close();
}
