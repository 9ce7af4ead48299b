package dev.stator.server.runtime;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.MetadataMessage;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.replication.NodeId;
import java.util.List;
import java.util.Optional;

/** Messages as somebody else may send them. */
final class WrongMessages {
    private static final Address SOMEBODY = Address.storage(new NodeId(0, 99));

    private WrongMessages() {}

    static Envelope partitionAnswer(Address to) {
        return new Envelope(
                SOMEBODY, to, new Message.PartitionAnswer(1, new PartitionResponse.NotHere()));
    }

    /** One for each role of a node, of a kind that it does not take. */
    static List<Envelope> forRolesOf(NodeId node) {
        Message notForThem = new MetadataMessage.TableFound(1, Optional.empty(), true);
        return List.of(
                partitionAnswer(Address.storage(node)),
                partitionAnswer(Address.memDs(node)),
                new Envelope(SOMEBODY, Address.admin(node), notForThem));
    }
}
