package dev.stator.simulator.cluster;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.AdminMessage;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.replication.NodeId;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.Simulation;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The network between the machines: delays, loses, repeats and reorders messages, and can be cut
 * between any two machines, in one direction or in both.
 *
 * <p>Calls of routers and of auto-admin are never repeated: the transport sends them once over a
 * connection that repeats nothing, and a write that arrives twice is done twice. All else may be.
 */
public final class SimulatedNetwork {
    /** Between roles on one machine. */
    private static final Latency LOCAL = Latency.micros(1, 50);

    /** A one-way cut. */
    private record Link(NodeId from, NodeId to) implements Comparable<Link> {
        @Override
        public int compareTo(Link other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    private final Simulation simulation;
    private final SplittableRandom random;
    private final boolean repeatsCalls;
    private final Consumer<Envelope> deliver;
    private final TreeSet<Link> cut = new TreeSet<>();
    private NetworkConditions conditions = NetworkConditions.CALM;
    private long lost;
    private long repeated;

    SimulatedNetwork(Simulation simulation, PlantedBug bug, Consumer<Envelope> deliver) {
        this.simulation = simulation;
        this.random = simulation.split();
        this.repeatsCalls = bug == PlantedBug.REPEATED_CALLS;
        this.deliver = deliver;
    }

    public void setConditions(NetworkConditions changed) {
        conditions = changed;
    }

    public void cut(NodeId from, NodeId to) {
        cut.add(new Link(from, to));
    }

    public void heal() {
        cut.clear();
    }

    public boolean reaches(NodeId from, NodeId to) {
        return from.equals(to) || !cut.contains(new Link(from, to));
    }

    void send(Envelope envelope) {
        NodeId from = envelope.from().node();
        NodeId to = envelope.to().node();
        if (from.equals(to)) {
            simulation.after(LOCAL.draw(random), () -> deliver.accept(envelope));
            return;
        }
        if (!reaches(from, to) || random.nextDouble() < conditions.lossRate()) {
            lost++;
            return;
        }
        transmit(envelope);
        if (random.nextDouble() < conditions.repeatRate() && mayBeRepeated(envelope.message())) {
            repeated++;
            transmit(envelope);
        }
    }

    private void transmit(Envelope envelope) {
        simulation.after(
                conditions.latency().draw(random),
                () -> {
                    if (reaches(envelope.from().node(), envelope.to().node())) {
                        deliver.accept(envelope);
                    } else {
                        lost++;
                    }
                });
    }

    private boolean mayBeRepeated(Message message) {
        boolean call =
                message instanceof Message.PartitionCall
                        || message instanceof AdminMessage.AdminCall;
        return repeatsCalls || !call;
    }

    /** Something a transport notices about a connection, after the time that it takes to. */
    void notice(Address of, NodeId about, Runnable notice) {
        if (reaches(about, of.node())) {
            simulation.after(conditions.latency().draw(random), notice);
        }
    }

    public long lost() {
        return lost;
    }

    public long repeated() {
        return repeated;
    }
}
