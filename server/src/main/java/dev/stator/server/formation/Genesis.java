package dev.stator.server.formation;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How a cluster began: who its first members were. Written once, into the directory of each of
 * them, and never changed.
 *
 * @param members in the order of the configuration
 */
public record Genesis(UUID clusterId, List<Founder> members) {
    private static final int VERSION = 1;
    private static final int FOUNDER_BYTES_MIN = 18;

    public Genesis {
        members = List.copyOf(members);
    }

    /**
     * A first member: the name in the configuration and the identity of the directory it stood for
     * at that time.
     */
    public record Founder(String name, String zone, NodeId node) {}

    public Optional<Founder> founder(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** Whether a directory is that of the member with the name. */
    public boolean lists(String name, NodeId node) {
        return members.stream()
                .anyMatch(member -> member.name().equals(name) && member.node().equals(node));
    }

    public byte[] encode() {
        BinaryWriter out = new BinaryWriter();
        write(out);
        return out.toByteArray();
    }

    void write(BinaryWriter out) {
        out.writeByte(VERSION);
        out.writeFixed64(clusterId.getMostSignificantBits());
        out.writeFixed64(clusterId.getLeastSignificantBits());
        out.writeVarint(members.size());
        for (Founder member : members) {
            out.writeString(member.name());
            out.writeString(member.zone());
            out.writeFixed64(member.node().high());
            out.writeFixed64(member.node().low());
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static Genesis decode(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        Genesis genesis = read(in);
        in.expectEnd();
        return genesis;
    }

    static Genesis read(BinaryReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedEncodingException(
                    "unknown version of a cluster's beginning: " + version);
        }
        UUID id = new UUID(in.readFixed64(), in.readFixed64());
        int count = in.readCount(FOUNDER_BYTES_MIN);
        List<Founder> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            String zone = in.readString();
            members.add(new Founder(name, zone, new NodeId(in.readFixed64(), in.readFixed64())));
        }
        return new Genesis(id, members);
    }
}
