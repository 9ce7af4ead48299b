package dev.stator.core.wire;

import dev.stator.core.store.StoreWrite;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.NodeMessage;
import java.util.List;

/**
 * Everything that roles say to each other. A call identifier is chosen by the caller and comes back
 * in the answer.
 */
public sealed interface Message
        permits Message.Replication,
                Message.BetweenNodes,
                Message.PartitionCall,
                Message.PartitionAnswer,
                Message.HostReplica,
                Message.ReplicaHosted,
                Message.DropReplica,
                Message.ReplicaDropped,
                Message.SnapshotChunk,
                Message.SnapshotTaken,
                IndexMessage,
                MetadataMessage,
                AdminMessage {

    /**
     * Whether a role takes messages of this kind. What comes over the network may be for nobody.
     */
    default boolean isFor(Address.Role role) {
        return switch (this) {
            case Replication _,
                    BetweenNodes _,
                    PartitionCall _,
                    HostReplica _,
                    DropReplica _,
                    SnapshotChunk _,
                    SnapshotTaken _,
                    IndexMessage.DefineIndexes _,
                    IndexMessage.TakeChanges _,
                    IndexMessage.ChangesTaken _,
                    IndexMessage.ChangesNotTaken _ ->
                    role == Address.Role.STORAGE;
            case PartitionAnswer _ -> role == Address.Role.ROUTER || role == Address.Role.ADMIN;
            case MetadataMessage.PushRoutes _ ->
                    role == Address.Role.MEMDS || role == Address.Role.ADMIN;
            case MetadataMessage.PushTables _,
                    MetadataMessage.FindTable _,
                    MetadataMessage.FindPartition _ ->
                    role == Address.Role.MEMDS;
            case MetadataMessage.TableFound _,
                    MetadataMessage.PartitionFound _,
                    AdminMessage.AdminAnswer _ ->
                    role == Address.Role.ROUTER;
            case ReplicaHosted _,
                    ReplicaDropped _,
                    IndexMessage.IndexesDefined _,
                    MetadataMessage.ReplicasHeld _,
                    MetadataMessage.ContentsCounted _,
                    MetadataMessage.TablesTaken _,
                    AdminMessage.AdminCall _ ->
                    role == Address.Role.ADMIN;
        };
    }

    /** Between the members of one group. */
    record Replication(GroupId group, GroupMessage message) implements Message {}

    /** Between two storage nodes. */
    record BetweenNodes(NodeMessage message) implements Message {}

    /** A router, or auto-admin for the system group, calls a replica. */
    record PartitionCall(long callId, GroupId group, PartitionRequest request) implements Message {}

    record PartitionAnswer(long callId, PartitionResponse response) implements Message {}

    /** Auto-admin asks a node to host a replica. Repeating it changes nothing. */
    record HostReplica(long callId, ReplicaDescriptor descriptor) implements Message {}

    /** The replica exists on disk. */
    record ReplicaHosted(long callId, GroupId group) implements Message {}

    /** Auto-admin asks a node to drop its replica and its items. Repeating it changes nothing. */
    record DropReplica(long callId, GroupId group) implements Message {}

    /** The replica does not exist (any more), on disk too. */
    record ReplicaDropped(long callId, GroupId group) implements Message {}

    /**
     * A part of a leader's replica, for a member whose log ends where the leader's no longer
     * reaches.
     *
     * @param index of the chunk in the snapshot, from 0
     * @param lsn up to where the snapshot has the log applied
     * @param state that goes with the LSN
     * @param writes items in key order
     */
    @SuppressWarnings("ArrayRecordComponent") // Moved, never compared.
    record SnapshotChunk(
            GroupId group,
            long snapshotId,
            int index,
            long lsn,
            byte[] state,
            List<StoreWrite> writes,
            boolean last)
            implements Message {}

    /** The chunk is in the receiver's store; after the last one, on its disk. */
    record SnapshotTaken(GroupId group, long snapshotId, int index) implements Message {}
}
