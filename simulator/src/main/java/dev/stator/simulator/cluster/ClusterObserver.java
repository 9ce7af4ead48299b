package dev.stator.simulator.cluster;

import dev.stator.core.store.StoreBatch;
import dev.stator.replication.GroupId;

/** Is told what happens inside the cluster, where no client can see it. Must not interfere. */
public interface ClusterObserver {

    /** Whom to tell what passes the ports of one shard of the node, from now to its end. */
    default ShardWatch watchOf(SimulatedNode node) {
        return ShardWatch.NOTHING;
    }

    /** A storage shard of the node has done something. */
    void storageEvent(SimulatedNode node);

    /** A replica has handed a batch of changes to the node's store. */
    void applied(SimulatedNode node, StoreBatch batch);

    /** The node's process has ended, however it came to. */
    void crashed(SimulatedNode node);

    /** A replica has stopped by itself; no fault that is simulated gives it reason to. */
    void replicaStopped(SimulatedNode node, GroupId group, String reason);

    /** The node's code has failed: a violated invariant, or any other exception. */
    void failed(SimulatedNode node, Throwable cause);

    /** The node cannot start from what is on its disk. */
    void cannotStart(SimulatedNode node, Throwable cause);
}
