package dev.stator.server.formation;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.replication.NodeId;
import java.util.Optional;

/**
 * What a node tells another one about the cluster it belongs to, if any.
 *
 * @param receiver the identity that the sender has last heard the receiver by; zeros before
 * @param nodeList the configured names, zones and addresses, as one line: it must be the same
 *     everywhere
 * @param answered whether an answer is wanted
 */
public record Hello(
        String name,
        NodeId node,
        NodeId receiver,
        String nodeList,
        Optional<Genesis> genesis,
        boolean answered) {
    private static final int VERSION = 1;

    public byte[] encode() {
        BinaryWriter out = new BinaryWriter();
        out.writeByte(VERSION);
        out.writeString(name);
        out.writeFixed64(node.high());
        out.writeFixed64(node.low());
        out.writeFixed64(receiver.high());
        out.writeFixed64(receiver.low());
        out.writeString(nodeList);
        out.writeBoolean(answered);
        out.writeBoolean(genesis.isPresent());
        genesis.ifPresent(known -> known.write(out));
        return out.toByteArray();
    }

    /** Reads what {@link #encode} wrote; throws a MalformedEncodingException if it is not that. */
    public static Hello decode(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedEncodingException("unknown version of a hello: " + version);
        }
        String name = in.readString();
        NodeId node = new NodeId(in.readFixed64(), in.readFixed64());
        NodeId receiver = new NodeId(in.readFixed64(), in.readFixed64());
        String nodeList = in.readString();
        boolean answered = in.readBoolean();
        Optional<Genesis> genesis =
                in.readBoolean() ? Optional.of(Genesis.read(in)) : Optional.empty();
        in.expectEnd();
        return new Hello(name, node, receiver, nodeList, genesis, answered);
    }
}
