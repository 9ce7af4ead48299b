package dev.stator.simulator.cluster;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.AdminMessage;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.MessageCodec;
import dev.stator.replication.NodeId;
import dev.stator.simulator.engine.Latency;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.plant.PlantedBug;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The network between the machines: delays, loses, repeats, reorders and corrupts messages, and can
 * be cut between any two machines, in one direction or in both.
 *
 * <p>Calls of routers and of auto-admin are never repeated: the transport sends them once over a
 * connection that repeats nothing, and a write that arrives twice is done twice. All else may be.
 *
 * <p>A message whose frame is corrupted is encoded as on the wire. The receiver finds the wrong
 * checksum and closes the connection, since what follows cannot be trusted to begin where it seems
 * to: what is on its way is lost with it.
 */
public final class SimulatedNetwork {
    /** Between roles on one machine. */
    private static final Latency LOCAL = Latency.micros(1, 50);

    /** What becomes of messages. */
    interface Receiver {
        void deliver(Envelope envelope);

        /** The connection over which this node sent to the other has ended. */
        void connectionLost(NodeId sender, NodeId receiver);
    }

    /** One direction between two machines. */
    private record Link(NodeId from, NodeId to) implements Comparable<Link> {
        @Override
        public int compareTo(Link other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    /** What is known of the traffic over one link. */
    private static final class Traffic {
        private long lastSent;
        private long lastArrived;
        private long connection;
    }

    private final Simulation simulation;
    private final SplittableRandom random;
    private final PlantedBug bug;
    private final UsualConditions usual;
    private final Receiver receiver;
    private final TreeSet<Link> cut = new TreeSet<>();
    private final Map<Link, Traffic> traffic = new TreeMap<>();
    private NetworkConditions conditions;
    private long lost;
    private long repeated;

    SimulatedNetwork(
            Simulation simulation, UsualConditions usual, PlantedBug bug, Receiver receiver) {
        this.simulation = simulation;
        this.random = simulation.split();
        this.usual = usual;
        this.conditions = usual.network();
        this.bug = bug;
        this.receiver = receiver;
    }

    public void setConditions(NetworkConditions changed) {
        conditions = changed;
    }

    public void cut(NodeId from, NodeId to) {
        cut.add(new Link(from, to));
    }

    /** Everything is as usual again. */
    public void heal() {
        cut.clear();
        conditions = usual.network();
    }

    public boolean reaches(NodeId from, NodeId to) {
        return from.equals(to) || !cut.contains(new Link(from, to));
    }

    void send(Envelope envelope) {
        NodeId from = envelope.from().node();
        NodeId to = envelope.to().node();
        if (from.equals(to)) {
            simulation.after(LOCAL.draw(random), () -> receiver.deliver(envelope));
            return;
        }
        if (!reaches(from, to) || random.nextDouble() < conditions.lossRate()) {
            lose();
            return;
        }
        transmit(envelope);
        if (random.nextDouble() < conditions.repeatRate() && mayBeRepeated(envelope.message())) {
            repeated++;
            simulation.happened(RareEvent.MESSAGE_REPEATED);
            transmit(envelope);
        }
    }

    private void lose() {
        lost++;
        simulation.happened(RareEvent.MESSAGE_LOST);
    }

    private void transmit(Envelope envelope) {
        Link link = new Link(envelope.from().node(), envelope.to().node());
        Traffic known = traffic.computeIfAbsent(link, _ -> new Traffic());
        long number = ++known.lastSent;
        long connection = known.connection;
        boolean corrupted =
                conditions.corruptRate() > 0 && random.nextDouble() < conditions.corruptRate();
        simulation.after(
                conditions.latency().draw(random),
                () -> {
                    if (!reaches(link.from(), link.to()) || known.connection != connection) {
                        lose();
                        return;
                    }
                    if (number < known.lastArrived) {
                        simulation.happened(RareEvent.MESSAGE_OVERTAKEN);
                    }
                    known.lastArrived = Math.max(number, known.lastArrived);
                    if (corrupted) {
                        arriveCorrupted(envelope, known);
                    } else {
                        receiver.deliver(usual.encoded() ? throughCodec(envelope) : envelope);
                    }
                });
    }

    private static Envelope throughCodec(Envelope envelope) {
        return MessageCodec.decode(MessageCodec.encode(envelope));
    }

    private static boolean isOfConnection(Envelope taken, Envelope sent) {
        return taken.from().node().equals(sent.from().node())
                && taken.to().node().equals(sent.to().node());
    }

    private void arriveCorrupted(Envelope envelope, Traffic known) {
        WireFrame frame = WireFrame.of(envelope);
        frame.flipBits(1 + random.nextInt(3), random);
        boolean checked = bug != PlantedBug.SKIP_FRAME_CHECKSUM;
        Optional<Envelope> taken = frame.open(checked);
        // What names other nodes by now is not of this connection.
        if (taken.isPresent() && isOfConnection(taken.get(), envelope)) {
            receiver.deliver(taken.get());
            return;
        }
        simulation.happened(RareEvent.FRAME_CORRUPTED);
        known.connection++;
        lose();
        receiver.connectionLost(envelope.from().node(), envelope.to().node());
    }

    private boolean mayBeRepeated(Message message) {
        boolean call =
                message instanceof Message.PartitionCall
                        || message instanceof AdminMessage.AdminCall;
        return bug == PlantedBug.REPEAT_CALLS || !call;
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
