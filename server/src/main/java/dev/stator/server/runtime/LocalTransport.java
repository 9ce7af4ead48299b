package dev.stator.server.runtime;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.NodeId;
import dev.stator.server.transport.Transport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Nodes of one process: the very objects are handed over to the receiver's queue. Messages to a
 * node that is not there are lost.
 */
final class LocalTransport implements Transport {
    private final Map<NodeId, NodeRuntime> nodes = new ConcurrentHashMap<>();
    private volatile Consumer<Envelope> routers = lost -> {};

    void add(NodeRuntime node) {
        nodes.put(node.nodeId(), node);
    }

    void remove(NodeId node) {
        nodes.remove(node);
    }

    /**
     * Where messages to routers go, whichever node they are counted to: they do not stop with it.
     */
    void routeRoutersTo(Consumer<Envelope> receiver) {
        routers = receiver;
    }

    @Override
    public void send(Envelope envelope) {
        if (envelope.to().role() == Address.Role.ROUTER) {
            routers.accept(envelope);
            return;
        }
        NodeRuntime node = nodes.get(envelope.to().node());
        if (node != null) {
            node.deliver(envelope);
        }
    }
}
