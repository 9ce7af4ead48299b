package dev.stator.server.runtime;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.NodeId;
import dev.stator.server.transport.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nodes of one process: the very objects are handed over to the receiver's queue. Messages to a
 * node that is not there are lost, of which routers are told.
 */
final class LocalTransport implements Transport {
    private final Map<NodeId, NodeRuntime> nodes = new ConcurrentHashMap<>();
    private volatile Optional<Routers> routers = Optional.empty();

    void add(NodeRuntime node) {
        nodes.put(node.nodeId(), node);
    }

    /** The node has stopped: what it was asked will not be answered. */
    void remove(NodeId node) {
        nodes.remove(node);
        routers.ifPresent(asking -> asking.disconnected(node));
    }

    /**
     * Where messages to routers go, whichever node they are counted to: they do not stop with it.
     */
    void routeRoutersTo(Routers receiver) {
        routers = Optional.of(receiver);
    }

    @Override
    public void send(Envelope envelope) {
        if (envelope.to().role() == Address.Role.ROUTER) {
            routers.ifPresent(receiver -> receiver.deliver(envelope));
            return;
        }
        NodeRuntime node = nodes.get(envelope.to().node());
        if (node != null) {
            node.deliver(envelope);
        } else {
            routers.ifPresent(asking -> asking.undelivered(envelope));
        }
    }
}
