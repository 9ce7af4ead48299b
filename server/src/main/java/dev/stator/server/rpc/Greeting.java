package dev.stator.server.rpc;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.replication.NodeId;
import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.identity.RunHistory;
import java.util.UUID;

/**
 * The first frame of a connection: what it is for, and between whom. A node takes messages only if
 * they were meant for it: one whose directory was replaced has another identity and refuses what
 * was sent to the old one.
 */
sealed interface Greeting {
    int MAGIC = 0x53545452; // "STTR"
    int VERSION = 1;
    int MESSAGES = 1;
    int FORMATION = 2;

    /**
     * Messages of a formed cluster follow.
     *
     * @param runs of the sender, by which it is told whether its directory is what it was
     */
    record Messages(UUID cluster, NodeId from, NodeId to, RunHistory runs) implements Greeting {}

    /** One hello follows, from a node that may belong to no cluster yet. */
    record Formation() implements Greeting {}

    default byte[] encode() {
        BinaryWriter out = new BinaryWriter();
        out.writeFixed32(MAGIC);
        out.writeByte(VERSION);
        switch (this) {
            case Messages(UUID cluster, NodeId from, NodeId to, RunHistory runs) -> {
                out.writeByte(MESSAGES);
                out.writeFixed64(cluster.getMostSignificantBits());
                out.writeFixed64(cluster.getLeastSignificantBits());
                write(out, from);
                write(out, to);
                out.writeBytes(runs.encode());
            }
            case Formation() -> out.writeByte(FORMATION);
        }
        return out.toByteArray();
    }

    private static void write(BinaryWriter out, NodeId node) {
        out.writeFixed64(node.high());
        out.writeFixed64(node.low());
    }

    /** Reads what {@link #encode} wrote; throws a MalformedEncodingException if it is not that. */
    static Greeting decode(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        if (in.readFixed32() != MAGIC) {
            throw new MalformedEncodingException("not a node of a cluster");
        }
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedEncodingException(
                    "version " + version + " of the protocol between nodes is not known");
        }
        int kind = in.readByte();
        Greeting greeting =
                switch (kind) {
                    case MESSAGES ->
                            new Messages(
                                    new UUID(in.readFixed64(), in.readFixed64()),
                                    readNode(in),
                                    readNode(in),
                                    readRuns(in));
                    case FORMATION -> new Formation();
                    default ->
                            throw new MalformedEncodingException(
                                    "unknown kind of connection: " + kind);
                };
        in.expectEnd();
        return greeting;
    }

    private static RunHistory readRuns(BinaryReader in) {
        try {
            return RunHistory.decode(in.readBytes().toArray());
        } catch (DamagedFileException e) {
            throw new MalformedEncodingException("not a history of runs: " + e.getMessage());
        }
    }

    private static NodeId readNode(BinaryReader in) {
        long high = in.readFixed64();
        return new NodeId(high, in.readFixed64());
    }
}
