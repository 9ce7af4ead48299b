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
import dev.stator.storage.identity.RunHistory;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
        /**
         * @param sender the run of the node that has sent it
         */
        void deliver(Envelope envelope, RunHistory sender);

        /** The run that a node is in, or was in last; null before the first. */
        @Nullable RunHistory run(NodeId node);

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
    private final Set<Cut> cuts = new LinkedHashSet<>();
    private final Map<Link, Traffic> traffic = new TreeMap<>();
    private final long leaseNanos;
    private NetworkConditions conditions;
    private long lost;
    private long repeated;

    SimulatedNetwork(Simulation simulation, SimulatedCluster.Setup setup, Receiver receiver) {
        this.simulation = simulation;
        this.random = simulation.split();
        this.usual = setup.usual();
        this.conditions = usual.network();
        this.bug = setup.bug();
        this.leaseNanos = setup.timing().leaseNanos();
        this.receiver = receiver;
    }

    public void setConditions(NetworkConditions changed) {
        conditions = changed;
    }

    /** Links that carry nothing until they are mended; several cuts may hold at a time. */
    public final class Cut {
        private final TreeSet<Link> links = new TreeSet<>();

        private Cut() {}

        /** Cuts one direction more. */
        public Cut link(NodeId from, NodeId to) {
            links.add(new Link(from, to));
            return this;
        }

        public void mend() {
            cuts.remove(this);
        }
    }

    /** A cut of nothing yet. */
    public Cut cut() {
        Cut cut = new Cut();
        cuts.add(cut);
        return cut;
    }

    /** Messages are carried as usual again, but for what is cut. */
    public void calm() {
        conditions = usual.network();
    }

    /** Everything is as usual again. */
    public void heal() {
        cuts.clear();
        calm();
    }

    public boolean reaches(NodeId from, NodeId to) {
        if (from.equals(to) || cuts.isEmpty()) {
            return true;
        }
        Link link = new Link(from, to);
        return cuts.stream().noneMatch(cut -> cut.links.contains(link));
    }

    void send(Envelope envelope) {
        NodeId from = envelope.from().node();
        NodeId to = envelope.to().node();
        if (from.equals(to)) {
            RunHistory self = runOf(from);
            simulation.after(LOCAL.draw(random), () -> receiver.deliver(envelope, self));
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
        RunHistory sender = runOf(link.from());
        RunHistory addressed = receiver.run(link.to());
        long delayNanos = conditions.latency().draw(random);
        simulation.after(
                delayNanos,
                () -> {
                    if (!reaches(link.from(), link.to()) || known.connection != connection) {
                        lose();
                        return;
                    }
                    if (number < known.lastArrived) {
                        simulation.happened(RareEvent.MESSAGE_OVERTAKEN);
                    }
                    known.lastArrived = Math.max(number, known.lastArrived);
                    if (delayNanos > leaseNanos) {
                        simulation.happened(RareEvent.MESSAGE_HELD);
                    }
                    if (!Objects.equals(receiver.run(link.to()), addressed)) {
                        simulation.happened(RareEvent.MESSAGE_TO_LATER_RUN);
                    }
                    if (corrupted) {
                        arriveCorrupted(envelope, sender, known);
                    } else {
                        receiver.deliver(
                                usual.encoded() ? throughCodec(envelope) : envelope, sender);
                    }
                });
    }

    private RunHistory runOf(NodeId sending) {
        return Objects.requireNonNull(receiver.run(sending), "who sends has been started");
    }

    private static Envelope throughCodec(Envelope envelope) {
        return MessageCodec.decode(MessageCodec.encode(envelope));
    }

    private static boolean isOfConnection(Envelope taken, Envelope sent) {
        return taken.from().node().equals(sent.from().node())
                && taken.to().node().equals(sent.to().node());
    }

    private void arriveCorrupted(Envelope envelope, RunHistory sender, Traffic known) {
        WireFrame frame = WireFrame.of(envelope);
        frame.flipBits(1 + random.nextInt(3), random);
        boolean checked = bug != PlantedBug.SKIP_FRAME_CHECKSUM;
        Optional<Envelope> taken = frame.open(checked);
        // What names other nodes by now is not of this connection.
        if (taken.isPresent() && isOfConnection(taken.get(), envelope)) {
            receiver.deliver(taken.get(), sender);
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
