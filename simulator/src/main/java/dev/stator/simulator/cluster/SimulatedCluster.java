package dev.stator.simulator.cluster;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.metadata.Members;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import dev.stator.replication.Timing;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.plant.PlantedBug;
import dev.stator.storage.identity.RunHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All machines, and the network between them. */
public final class SimulatedCluster {
    /**
     * How often a sender is told that what it sent found no process any more. One that has been
     * down for longer has no connections: what is sent to it is always known not to have left.
     */
    private static final double REFUSAL_NOTICED_RATE = 0.5;

    private static final long CONNECTION_GONE_NANOS = 2_000_000_000L;

    private static final int SYSTEM_MEMBERS = 3;
    private static final long SYSTEM_TABLE = 0;
    private static final int FIRST_NAME = 0xA;
    private static final int NAME_SHIFT = 48;

    /**
     * What a cluster is made with.
     *
     * @param nodes machines, one in each zone
     * @param shards of each node
     * @param usual what holds while nothing is wrong
     */
    public record Setup(
            int nodes, int shards, Timing timing, UsualConditions usual, PlantedBug bug) {}

    private final Simulation simulation;
    private final Setup setup;
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final ClusterObserver observer;
    private final MessageWatch watch;
    private final List<ClusterNode> clusterNodes = new ArrayList<>();
    private final SequencedMap<NodeId, SimulatedNode> nodes = new TreeMap<>();

    public SimulatedCluster(Simulation simulation, Setup setup, ClusterObserver observer) {
        this.simulation = simulation;
        this.setup = setup;
        this.observer = observer;
        this.random = simulation.split();
        this.watch = new MessageWatch(simulation);
        this.network = new SimulatedNetwork(simulation, setup, new Delivery());
        List<UUID> uuids = new ArrayList<>();
        for (int i = 0; i < setup.nodes(); i++) {
            // The first bits are the node's name, so that ballots can be read.
            long high = ((long) (FIRST_NAME + i) << NAME_SHIFT) | (random.nextLong() >>> 16);
            uuids.add(new UUID(high, random.nextLong()));
            NodeId id = new NodeId(high, uuids.getLast().getLeastSignificantBits());
            clusterNodes.add(new ClusterNode(id, Character.toString((char) ('a' + i))));
        }
        for (int i = 0; i < setup.nodes(); i++) {
            ClusterNode place = clusterNodes.get(i);
            nodes.put(place.node(), new SimulatedNode(this, place, uuids.get(i)));
        }
    }

    public Simulation simulation() {
        return simulation;
    }

    public Setup setup() {
        return setup;
    }

    public SimulatedNetwork network() {
        return network;
    }

    ClusterObserver observer() {
        return observer;
    }

    public List<SimulatedNode> nodes() {
        return List.copyOf(nodes.sequencedValues());
    }

    public SimulatedNode node(NodeId id) {
        SimulatedNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no such node: " + id);
        }
        return node;
    }

    List<ClusterNode> clusterNodes() {
        return clusterNodes;
    }

    public List<NodeId> nodeIds() {
        return List.copyOf(nodes.sequencedKeySet());
    }

    /** The group of the cluster's own metadata: on the first three nodes, for ever. */
    public ReplicaDescriptor systemReplica() {
        List<Member> members = new ArrayList<>();
        for (NodeId node : nodes.sequencedKeySet()) {
            if (members.size() < SYSTEM_MEMBERS) {
                members.add(new Member(node, Member.Role.STORAGE));
            }
        }
        return new ReplicaDescriptor(GroupId.SYSTEM, SYSTEM_TABLE, KeyRange.ALL, members);
    }

    /**
     * A table that takes requests at every node: all of their MemDSs know it, but for nodes that
     * are lost for good.
     */
    public Optional<TableDescriptor> findTable(String name) {
        Optional<TableDescriptor> found = Optional.empty();
        for (SimulatedNode node : nodes.sequencedValues()) {
            if (node.lost()) {
                continue;
            }
            found = node.findTable(name);
            if (found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    /** The groups of a table, with their members. */
    public static List<ReplicaDescriptor> groupsOf(TableDescriptor table) {
        List<ReplicaDescriptor> groups = new ArrayList<>();
        addGroups(table.id(), table.partitions(), table.schema().local(), groups);
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            addGroups(
                    index.placement().id(),
                    index.placement().partitions(),
                    Optional.empty(),
                    groups);
        }
        return groups;
    }

    private static void addGroups(
            TableId id,
            List<PartitionDescriptor> partitions,
            Optional<TableSchema> localSchema,
            List<ReplicaDescriptor> groups) {
        for (PartitionDescriptor partition : partitions) {
            groups.add(
                    new ReplicaDescriptor(
                            new GroupId(partition.groupId()),
                            id.value(),
                            partition.range(),
                            Members.of(partition),
                            localSchema));
        }
    }

    private final class Delivery implements SimulatedNetwork.Receiver {
        @Override
        public void deliver(Envelope envelope, RunHistory sender) {
            SimulatedCluster.this.deliver(envelope, sender);
        }

        @Override
        public @Nullable RunHistory run(NodeId node) {
            return SimulatedCluster.this.node(node).runs();
        }

        @Override
        public void connectionLost(NodeId sender, NodeId receiver) {
            SimulatedNode losing = node(sender);
            Address router = new Address(sender, Address.Role.ROUTER, 0);
            network.notice(router, receiver, () -> losing.disconnected(receiver));
        }
    }

    private void deliver(Envelope envelope, RunHistory sender) {
        simulation.trace().fold(simulation.nowNanos());
        simulation.trace().fold(envelope.message().getClass().getName().hashCode());
        boolean delivered = node(envelope.to().node()).deliver(envelope, sender);
        if (delivered) {
            watch.delivered(node(envelope.from().node()), envelope.message());
        }
        if (!delivered
                && envelope.from().role() == Address.Role.ROUTER
                && (node(envelope.to().node()).isDownFor(CONNECTION_GONE_NANOS)
                        || random.nextDouble() < REFUSAL_NOTICED_RATE)) {
            SimulatedNode calling = node(envelope.from().node());
            network.notice(
                    envelope.from(), envelope.to().node(), () -> calling.undelivered(envelope));
        }
    }

    /** The machine's process has ended: the others notice it, where the network lets them. */
    void connectionsLost(NodeId ended) {
        for (SimulatedNode other : nodes.sequencedValues()) {
            if (!other.id().equals(ended)) {
                Address router = new Address(other.id(), Address.Role.ROUTER, 0);
                network.notice(router, ended, () -> other.disconnected(ended));
            }
        }
    }
}
