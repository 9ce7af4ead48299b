package dev.stator.core.wire;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.List;

/**
 * Envelopes as bytes, for messages between processes.
 *
 * <pre>
 * envelope := version(1 byte) from to kind(1 byte) message
 * address  := node(16 bytes) role(1 byte) instance(varint)
 * node     := high(8 bytes) low(8 bytes)
 * list     := count(varint) element*
 * optional := 0 | 1 value
 * </pre>
 *
 * <p>Identifiers, LSNs and lengths are varints; what may be negative is a zigzag varint; strings
 * are UTF-8 with their length; keys, items and tables are in the forms of their own codecs. Kinds
 * and constants are numbers that are never given another meaning. There is no field numbering: a
 * message that needs another form gets another kind, and while two versions of the program run side
 * by side the newer one sends what the older one reads.
 *
 * <p>Bytes that no known version wrote are answered by {@link MalformedEncodingException} and
 * nothing else: lengths and counts are checked against what is left before anything is allocated,
 * and nesting is bounded.
 */
public final class MessageCodec {
    /** The oldest version that is read. */
    public static final int OLDEST_VERSION = 1;

    /** The newest version that is read, and the one that is written. */
    public static final int VERSION = 1;

    private static final int REPLICATION = 1;
    private static final int BETWEEN_NODES = 2;
    private static final int PARTITION_CALL = 3;
    private static final int PARTITION_ANSWER = 4;
    private static final int HOST_REPLICA = 5;
    private static final int REPLICA_HOSTED = 6;
    private static final int DROP_REPLICA = 7;
    private static final int REPLICA_DROPPED = 8;
    private static final int SNAPSHOT_CHUNK = 9;
    private static final int SNAPSHOT_TAKEN = 10;
    private static final int METADATA = 11;
    private static final int ADMIN = 12;
    private static final int INDEX = 13;

    private static final EnumCode<Address.Role> ROLES =
            EnumCode.of(
                    List.of(
                            Address.Role.STORAGE,
                            Address.Role.ROUTER,
                            Address.Role.MEMDS,
                            Address.Role.ADMIN));

    private MessageCodec() {}

    public static byte[] encode(Envelope envelope) {
        BinaryWriter writer = new BinaryWriter();
        write(writer, envelope);
        return writer.toByteArray();
    }

    /** Appends an envelope. */
    public static void write(BinaryWriter writer, Envelope envelope) {
        writer.writeByte(VERSION);
        write(writer, envelope.from());
        write(writer, envelope.to());
        write(writer, envelope.message());
    }

    /** Writes a request to a partition as messages carry it. */
    public static void write(BinaryWriter writer, PartitionRequest request) {
        PartitionCodec.write(writer, request);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static Envelope decode(byte[] bytes) {
        return decode(new BinaryReader(bytes));
    }

    /**
     * Reads what {@link #write} wrote, up to the end of the reader.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static Envelope decode(BinaryReader reader) {
        int version = reader.readByte();
        if (version < OLDEST_VERSION || version > VERSION) {
            throw Fields.unknown("version of a message", version);
        }
        Envelope envelope =
                new Envelope(readAddress(reader), readAddress(reader), readMessage(reader));
        reader.expectEnd();
        return envelope;
    }

    private static void write(BinaryWriter writer, Address address) {
        Fields.writeNode(writer, address.node());
        ROLES.write(writer, address.role());
        writer.writeVarint(address.instance());
    }

    private static Address readAddress(BinaryReader reader) {
        return new Address(Fields.readNode(reader), ROLES.read(reader), reader.readVarint32());
    }

    private static void write(BinaryWriter writer, Message message) {
        switch (message) {
            case Message.Replication(var group, var inner) -> {
                writer.writeByte(REPLICATION);
                Fields.writeGroup(writer, group);
                ReplicationCodec.write(writer, inner);
            }
            case Message.BetweenNodes(var inner) -> {
                writer.writeByte(BETWEEN_NODES);
                ReplicationCodec.write(writer, inner);
            }
            case Message.PartitionCall(long callId, var group, var request) -> {
                start(writer, PARTITION_CALL, callId);
                Fields.writeGroup(writer, group);
                PartitionCodec.write(writer, request);
            }
            case Message.PartitionAnswer(long callId, var response) -> {
                start(writer, PARTITION_ANSWER, callId);
                PartitionCodec.write(writer, response);
            }
            case Message.HostReplica(long callId, var descriptor) -> {
                start(writer, HOST_REPLICA, callId);
                HostingCodec.write(writer, descriptor);
            }
            case Message.ReplicaHosted(long callId, var group) -> {
                start(writer, REPLICA_HOSTED, callId);
                Fields.writeGroup(writer, group);
            }
            case Message.DropReplica(long callId, var group) -> {
                start(writer, DROP_REPLICA, callId);
                Fields.writeGroup(writer, group);
            }
            case Message.ReplicaDropped(long callId, var group) -> {
                start(writer, REPLICA_DROPPED, callId);
                Fields.writeGroup(writer, group);
            }
            case Message.SnapshotChunk chunk -> {
                writer.writeByte(SNAPSHOT_CHUNK);
                HostingCodec.write(writer, chunk);
            }
            case Message.SnapshotTaken(var group, long snapshotId, int index) -> {
                writer.writeByte(SNAPSHOT_TAKEN);
                Fields.writeGroup(writer, group);
                writer.writeVarint(snapshotId);
                writer.writeVarint(index);
            }
            case IndexMessage index -> {
                writer.writeByte(INDEX);
                IndexCodec.write(writer, index);
            }
            case MetadataMessage metadata -> {
                writer.writeByte(METADATA);
                MetadataCodec.write(writer, metadata);
            }
            case AdminMessage admin -> {
                writer.writeByte(ADMIN);
                AdminCodec.write(writer, admin);
            }
        }
    }

    private static void start(BinaryWriter writer, int kind, long callId) {
        writer.writeByte(kind);
        writer.writeVarint(callId);
    }

    private static Message readMessage(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case REPLICATION ->
                    new Message.Replication(
                            Fields.readGroup(reader), ReplicationCodec.readGroupMessage(reader));
            case BETWEEN_NODES ->
                    new Message.BetweenNodes(ReplicationCodec.readNodeMessage(reader));
            case PARTITION_CALL ->
                    new Message.PartitionCall(
                            reader.readVarint(),
                            Fields.readGroup(reader),
                            PartitionCodec.readRequest(reader));
            case PARTITION_ANSWER ->
                    new Message.PartitionAnswer(
                            reader.readVarint(), PartitionCodec.readResponse(reader));
            case HOST_REPLICA ->
                    new Message.HostReplica(
                            reader.readVarint(), HostingCodec.readDescriptor(reader));
            case REPLICA_HOSTED ->
                    new Message.ReplicaHosted(reader.readVarint(), Fields.readGroup(reader));
            case DROP_REPLICA ->
                    new Message.DropReplica(reader.readVarint(), Fields.readGroup(reader));
            case REPLICA_DROPPED ->
                    new Message.ReplicaDropped(reader.readVarint(), Fields.readGroup(reader));
            case SNAPSHOT_CHUNK -> HostingCodec.readChunk(reader);
            case SNAPSHOT_TAKEN ->
                    new Message.SnapshotTaken(
                            Fields.readGroup(reader), reader.readVarint(), reader.readVarint32());
            case METADATA -> MetadataCodec.read(reader);
            case ADMIN -> AdminCodec.read(reader);
            case INDEX -> IndexCodec.read(reader);
            default -> throw Fields.unknown("kind of message", kind);
        };
    }
}
