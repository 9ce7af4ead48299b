package dev.stator.simulator.plant;

import dev.stator.core.wire.Envelope;
import dev.stator.replication.NodeId;
import org.jspecify.annotations.Nullable;

/** What a planted bug may do of its own accord. */
public interface ShardGate {
    NodeId self();

    /** Gives the shard a message, soon. */
    void deliver(Envelope envelope);

    /** Gives the shard a message, so much later. */
    void deliverAfter(long nanos, Envelope envelope);

    void send(Envelope envelope);

    /** What the store holds now. */
    byte @Nullable [] read(byte[] storeKey);
}
