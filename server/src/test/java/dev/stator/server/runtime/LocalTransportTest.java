package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.MetadataMessage.FindTable;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalTransportTest {
    private static final NodeId STOPPED = new NodeId(0, 1);

    private final List<Envelope> delivered = new ArrayList<>();
    private final List<Envelope> undelivered = new ArrayList<>();
    private final List<NodeId> disconnected = new ArrayList<>();
    private final LocalTransport transport = new LocalTransport();

    private final class Routers implements LocalTransport.RouterSide {
        @Override
        public void deliver(Envelope envelope) {
            delivered.add(envelope);
        }

        @Override
        public void undelivered(Envelope envelope) {
            undelivered.add(envelope);
        }

        @Override
        public void disconnected(NodeId node) {
            disconnected.add(node);
        }
    }

    @Test
    void routersAreToldWhatANodeThatHasStoppedWillNotAnswer() {
        transport.routeRoutersTo(new Routers());
        transport.remove(STOPPED);
        assertThat(disconnected).containsExactly(STOPPED);

        Address router = new Address(STOPPED, Address.Role.ROUTER, 0);
        Envelope question =
                new Envelope(router, Address.memDs(STOPPED), new FindTable(1, "account", "table"));
        transport.send(question);
        assertThat(undelivered).containsExactly(question);
        assertThat(delivered).isEmpty();
    }
}
