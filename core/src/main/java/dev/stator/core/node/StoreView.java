package dev.stator.core.node;

import dev.stator.replication.GroupId;
import java.util.function.Consumer;

/** The store as it was when the view was opened: positions and items go together. To be closed. */
public interface StoreView {

    /** How far the group's log was applied. */
    StorePosition position(GroupId group);

    /**
     * Reads values in key order; the collector is used by one other thread until {@code then} is
     * called.
     */
    void scan(ShardPort.StoreScan scan, Runnable then, Consumer<String> damaged);

    void close();
}
