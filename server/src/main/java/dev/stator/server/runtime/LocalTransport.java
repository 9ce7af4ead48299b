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
public final class LocalTransport implements Transport {
    private final Map<NodeId, NodeRuntime> nodes = new ConcurrentHashMap<>();
    private volatile Optional<RouterSide> routers = Optional.empty();

    /** The request routers of the process; called by any thread. */
    public interface RouterSide {
        void deliver(Envelope envelope);

        /** The message will certainly not arrive. */
        void undelivered(Envelope envelope);

        /** What the node was asked and has not answered it will not answer. */
        void disconnected(NodeId node);
    }

    public void add(NodeRuntime node) {
        nodes.put(node.nodeId(), node);
    }

    /** The node has stopped: what it was asked will not be answered. */
    public void remove(NodeId node) {
        nodes.remove(node);
        routers.ifPresent(asking -> asking.disconnected(node));
    }

    /**
     * Where messages to routers go, whichever node they are counted to: they do not stop with it.
     */
    public void routeRoutersTo(RouterSide receiver) {
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
