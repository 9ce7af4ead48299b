package dev.stator.simulator.plant;

import dev.stator.core.wire.Envelope;
import dev.stator.replication.GroupId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What sits between one shard and its ports, for as long as its process runs. By itself it passes
 * everything on; a planted bug changes something on its way.
 */
public interface ShardPlant {
    /** Changes nothing. */
    ShardPlant NOTHING = new ShardPlant() {};

    /** A record of the log was read back at the start. */
    default void recovered(GroupId group, byte[] record) {}

    /**
     * A message comes.
     *
     * @return what the shard gets in its place; empty where that is nothing, or later
     */
    default Optional<Envelope> arriving(Envelope envelope) {
        return Optional.of(envelope);
    }

    /** A message leaves; what is sent in its place. */
    default Envelope leaving(Envelope envelope) {
        return envelope;
    }

    /** A record is to be written; what is written in its place. */
    default byte[] written(GroupId group, byte[] record) {
        return record;
    }

    /** An entry is committed, and goes to the store. */
    default void applied(GroupId group, long lsn) {}

    /** An item is to be read; what is read in its place, or null to read the store. */
    default @Nullable Supplier<byte @Nullable []> reading(byte[] storeKey) {
        return null;
    }
}
