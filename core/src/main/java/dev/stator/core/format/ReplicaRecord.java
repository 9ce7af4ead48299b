package dev.stator.core.format;

import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.GroupRecord;

/** What a node's WAL holds of one replica. */
public sealed interface ReplicaRecord {

    /** Whether earlier records of the replica are void. */
    default boolean isReset() {
        return switch (this) {
            case Hosted _, Dropped _ -> true;
            case Progress _ -> false;
        };
    }

    /** The replica exists, and this is all that is known of it; earlier records are void. */
    record Hosted(ReplicaDescriptor descriptor, GroupRecord.Checkpoint state)
            implements ReplicaRecord {}

    /** The replica has promised or accepted. */
    record Progress(GroupRecord record) implements ReplicaRecord {}

    /**
     * The replica was dropped; earlier records are void. Stays for ever, so that a late request to
     * host the replica does not bring back a member that has forgotten what it voted for.
     *
     * @param descriptor of what is to be removed from the store
     */
    record Dropped(ReplicaDescriptor descriptor) implements ReplicaRecord {}
}
