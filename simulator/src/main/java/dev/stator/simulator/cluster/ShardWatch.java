package dev.stator.simulator.cluster;

import dev.stator.core.node.StorageShard.ReplicaStatus;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.GroupId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Is told, in order, what passes the ports of one shard for as long as its process runs: what the
 * shard is given, and what of its effects really comes about. Must not interfere.
 */
public interface ShardWatch {
    /** Looks at nothing. */
    ShardWatch NOTHING = new ShardWatch() {};

    /** A record of the log was read back. */
    default void recovered(GroupId group, byte[] record) {}

    /** The replicas that were recovered have started. */
    default void started(Supplier<List<ReplicaStatus>> replicas) {}

    /** The shard is about to take a message. */
    default void arriving(Envelope envelope) {}

    /** A message leaves. */
    default void leaving(Envelope envelope) {}

    /** A record was handed to the log. */
    default void written(GroupId group, byte[] record) {}

    /** The first so many records of the shard are on the disk, whether or not it was told so. */
    default void durable(long records) {}

    /** The store has these groups' effects on the disk up to these LSNs. */
    default void flushed(Map<Long, Long> lsns) {}

    /** The shard has done all that follows from one event. */
    default void settled(Supplier<List<ReplicaStatus>> replicas) {}
}
