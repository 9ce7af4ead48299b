package dev.stator.server.rpc;

import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.MessageCodec;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import dev.stator.server.transport.Transport;
import dev.stator.storage.identity.RunHistory;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Sends messages to the nodes of other processes over TCP, and to those of this process directly.
 */
public final class RpcTransport implements Transport, AutoCloseable {
    private final NodeId self;
    private final Consumer<Envelope> local;
    private final Losses losses;
    private final Map<NodeId, RpcPeer> peers = new LinkedHashMap<>();

    /** The node that sends, its cluster, and its runs. */
    public record Place(UUID cluster, NodeId self, RunHistory runs) {}

    /**
     * What is known of messages that do not arrive. Called by any thread; none may send from
     * within.
     */
    public interface Losses {
        /** The message will certainly not arrive. */
        void undelivered(Envelope envelope);

        /**
         * What was sent to the node lately may not have arrived, and what it was asked may not be
         * answered.
         */
        void disconnected(NodeId node);

        /**
         * Another node knows runs of this one that its directory does not: it was put back to an
         * older copy, or there are two of it. It must not vote.
         */
        void forgetful(String reason);
    }

    /**
     * Sends nothing yet; connections are opened when needed.
     *
     * @param addresses of the other nodes
     * @param local takes what is for this node
     */
    public RpcTransport(
            Place place,
            Map<NodeId, InetSocketAddress> addresses,
            EventLoopGroup group,
            Consumer<Envelope> local,
            Losses losses) {
        this(place, addresses, new Io(group, Liveness.DEFAULT), local, losses);
    }

    /** What connections run on. */
    record Io(EventLoopGroup group, Liveness liveness) {}

    RpcTransport(
            Place place,
            Map<NodeId, InetSocketAddress> addresses,
            Io io,
            Consumer<Envelope> local,
            Losses losses) {
        this.self = place.self();
        this.local = local;
        this.losses = losses;
        addresses.forEach((node, address) -> {
            byte[] greeting =
                    new Greeting.Messages(place.cluster(), self, node, place.runs()).encode();
            peers.put(
                    node,
                    new RpcPeer(
                            address,
                            greeting,
                            io.group(),
                            io.liveness(),
                            new RpcPeer.Losses() {
                                @Override
                                public void disconnected() {
                                    losses.disconnected(node);
                                }

                                @Override
                                public void forgetful(String reason) {
                                    losses.forgetful(reason);
                                }
                            }));
        });
    }

    @Override
    public void send(Envelope envelope) {
        NodeId to = envelope.to().node();
        if (to.equals(self)) {
            local.accept(envelope);
            return;
        }
        RpcPeer peer = peers.get(to);
        if (peer == null || !peer.send(MessageCodec.encode(envelope), orderOf(envelope))) {
            losses.undelivered(envelope);
        }
    }

    /**
     * Heartbeats carry the leases of all groups, and are not to wait behind, or be dropped because
     * of, what single groups send. Messages of one group keep their order: a follower cannot take
     * an entry before the one below it.
     */
    private static SendOrder orderOf(Envelope envelope) {
        return switch (envelope.message()) {
            case Message.BetweenNodes _ -> new SendOrder.Urgent();
            case Message.Replication(GroupId group, var _) -> new SendOrder.InGroup(group);
            default -> new SendOrder.Any();
        };
    }

    /** Messages that could not be sent, to all nodes together. */
    public long dropped() {
        return peers.values().stream().mapToLong(RpcPeer::dropped).sum();
    }

    /** Bytes of messages that wait to be sent, to all nodes together. */
    long queuedBytes() {
        return peers.values().stream().mapToLong(RpcPeer::queuedBytes).sum();
    }

    @Override
    public void close() {
        peers.values().forEach(RpcPeer::close);
    }
}
