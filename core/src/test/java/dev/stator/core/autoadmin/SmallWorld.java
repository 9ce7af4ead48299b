package dev.stator.core.autoadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.metadata.MemDs;
import dev.stator.core.metadata.SampleTables;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.AdminMessage.AdminAnswer;
import dev.stator.core.wire.AdminMessage.AdminCall;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.IndexMessage.DefineIndexes;
import dev.stator.core.wire.IndexMessage.IndexesDefined;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.Message.DropReplica;
import dev.stator.core.wire.Message.HostReplica;
import dev.stator.core.wire.Message.PartitionAnswer;
import dev.stator.core.wire.Message.PartitionCall;
import dev.stator.core.wire.Message.ReplicaDropped;
import dev.stator.core.wire.Message.ReplicaHosted;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PushRoutes;
import dev.stator.core.wire.MetadataMessage.ReplicasHeld;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Three nodes, each with an auto-admin, a MemDS node, and a storage node of which only the list of
 * replicas is real; and a network that a seed makes lose, delay, repeat and reorder. Calls are
 * never repeated, since connections do not repeat. Checks on the way that no replica of a living
 * table is dropped, and that nothing is hosted or activated too early.
 */
final class SmallWorld {
    static final long WALL_MILLIS = 1_700_000_000_000L;
    private static final int TICK_MILLIS = 50;
    private static final int REPORT_MILLIS = 100;

    /** What goes wrong, in percent, and how long messages take at most. */
    record Faults(int lost, int repeated, int unknownOutcomes, int maxDelayMillis) {
        static final Faults NONE = new Faults(0, 0, 0, 2);
        static final Faults MANY = new Faults(10, 10, 15, 300);
    }

    private record Event(long atMillis, long number, Runnable action) {}

    /** One node. */
    final class Host {
        final NodeId node;
        final TreeMap<GroupId, ReplicaDescriptor> held = new TreeMap<>();
        final TreeSet<GroupId> dropped = new TreeSet<>();
        AutoAdmin admin;
        MemDs memDs;
        boolean up = true;
        long toldMillis;

        Host(NodeId node) {
            this.node = node;
            admin = newAdmin();
            memDs = newMemDs();
        }

        private AutoAdmin newAdmin() {
            return new AutoAdmin(
                    Address.admin(node), SampleTables.NODES, SmallWorld.this::transmit);
        }

        private MemDs newMemDs() {
            return new MemDs(Address.memDs(node), SmallWorld.this::transmit);
        }

        void restartMemDs() {
            memDs = newMemDs();
        }
    }

    final Random random;
    final SystemStore store = new SystemStore();
    final TreeMap<NodeId, Host> hosts = new TreeMap<>();
    final Map<Long, AdminResponse> answers = new TreeMap<>();
    final List<Envelope> transmitted = new ArrayList<>();
    Faults faults = Faults.NONE;

    /** Whether partitions know their indexes, and whether what was there before is in them. */
    boolean knowsIndexes = true;

    boolean isBackfilled = true;

    /** Acts before the message of this number is delivered. */
    long interruptAt = -1;

    Runnable interrupt = () -> {};

    /** Told of each request to drop a replica. */
    Runnable whenDropping = () -> {};

    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) ->
                    a.atMillis != b.atMillis
                            ? Long.compare(a.atMillis, b.atMillis)
                            : Long.compare(a.number, b.number));
    private final TreeMap<GroupId, GroupRoute> leaders = new TreeMap<>();
    private Optional<NodeId> systemLeader = Optional.empty();
    private long systemRound;
    private long eventNumber;
    private long delivered;
    private long lastCall;
    long nowMillis;

    SmallWorld(long seed) {
        random = new Random(seed);
        for (ClusterNode node : SampleTables.NODES) {
            Host host = new Host(node.node());
            hosts.put(node.node(), host);
            every(TICK_MILLIS, () -> tick(host));
            every(REPORT_MILLIS, () -> report(host));
        }
        store.whenActivated = this::checkHosted;
    }

    // ---- Time

    private void at(long millis, Runnable action) {
        events.add(new Event(millis, eventNumber++, action));
    }

    private void every(int millis, Runnable action) {
        at(
                nowMillis + millis,
                () -> {
                    action.run();
                    every(millis, action);
                });
    }

    void run(int millis) {
        long end = nowMillis + millis;
        while (true) {
            Event next = events.peek();
            if (next == null || next.atMillis > end) {
                nowMillis = end;
                return;
            }
            events.remove();
            nowMillis = next.atMillis;
            next.action.run();
        }
    }

    long nowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(nowMillis) - TimeUnit.DAYS.toNanos(1);
    }

    long wallMillis() {
        return WALL_MILLIS + nowMillis;
    }

    // ---- Network

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    void transmit(Envelope envelope) {
        transmitted.add(envelope);
        if (chance(faults.lost)) {
            return;
        }
        later(envelope);
        boolean isCall =
                envelope.message() instanceof PartitionCall
                        || envelope.message() instanceof AdminCall;
        if (!isCall && chance(faults.repeated)) {
            later(envelope);
        }
    }

    private void later(Envelope envelope) {
        at(nowMillis + random.nextInt(faults.maxDelayMillis), () -> deliver(envelope));
    }

    private void deliver(Envelope envelope) {
        if (delivered++ == interruptAt) {
            interrupt.run();
        }
        if (envelope.to().role() == Address.Role.ROUTER) {
            AdminAnswer answer = (AdminAnswer) envelope.message();
            answers.putIfAbsent(answer.callId(), answer.response());
            return;
        }
        Host host = host(envelope.to().node());
        if (!host.up) {
            return;
        }
        switch (envelope.to().role()) {
            case ADMIN -> host.admin.receive(envelope, nowNanos(), wallMillis());
            case MEMDS -> host.memDs.receive(envelope);
            case STORAGE -> stored(host, envelope);
            case ROUTER -> throw new AssertionError(envelope);
        }
    }

    long messagesDelivered() {
        return delivered;
    }

    Host host(NodeId node) {
        Host host = hosts.get(node);
        if (host == null) {
            throw new AssertionError("no such node: " + node);
        }
        return host;
    }

    // ---- Storage nodes

    private void stored(Host host, Envelope envelope) {
        switch (envelope.message()) {
            case PartitionCall call -> {
                PartitionResponse response = called(host, call);
                transmit(
                        new Envelope(
                                envelope.to(),
                                envelope.from(),
                                new PartitionAnswer(call.callId(), response)));
            }
            case HostReplica(long callId, ReplicaDescriptor descriptor) -> {
                GroupId group = descriptor.group();
                assertThat(store.wasGiven(group)).as("hosted before it was committed").isTrue();
                if (!host.dropped.contains(group)) {
                    host.held.put(group, descriptor);
                }
                reply(envelope, new ReplicaHosted(callId, group));
            }
            case DropReplica(long callId, GroupId group) -> {
                whenDropping.run();
                store.tableOf(group)
                        .ifPresent(table ->
                                assertThat(table.status())
                                        .as("dropped: %s of %s", group, table)
                                        .matches(_ -> mayBeDropped(table, group)));
                if (host.held.remove(group) != null) {
                    host.dropped.add(group);
                }
                reply(envelope, new ReplicaDropped(callId, group));
            }
            case DefineIndexes(long callId, GroupId group, long version, TableSchema schema) -> {
                List<TableId> all = new ArrayList<>();
                for (SecondaryIndex.Global index : schema.globalIndexes()) {
                    all.add(index.placement().id());
                }
                if (knowsIndexes) {
                    List<TableId> backfilled = isBackfilled ? all : List.of();
                    reply(envelope, new IndexesDefined(callId, group, version, backfilled));
                }
            }
            case Message other -> throw new AssertionError("not expected: " + other);
        }
    }

    private static boolean mayBeDropped(TableRecord table, GroupId group) {
        if (table.status() == TableStatus.DELETING) {
            return true;
        }
        for (SecondaryIndex.Global index : table.table().schema().globalIndexes()) {
            for (PartitionDescriptor partition : index.placement().partitions()) {
                if (partition.groupId() == group.value()) {
                    return index.state().status() == IndexStatus.DELETING;
                }
            }
        }
        return false;
    }

    private void reply(Envelope question, Message answer) {
        transmit(new Envelope(question.to(), question.from(), answer));
    }

    private PartitionResponse called(Host host, PartitionCall call) {
        assertThat(call.group()).isEqualTo(GroupId.SYSTEM);
        if (!systemLeader.equals(Optional.of(host.node))) {
            return new PartitionResponse.NotLeader(systemLeader);
        }
        if (chance(faults.unknownOutcomes)) {
            store.serve(call.request(), random.nextBoolean());
            return new PartitionResponse.Indeterminate();
        }
        if (chance(faults.lost)) {
            return new PartitionResponse.Unavailable("busy");
        }
        return store.serve(call.request(), true);
    }

    private void tick(Host host) {
        if (host.up) {
            host.admin.tick(nowNanos(), wallMillis());
        }
    }

    /** Elects leaders of the groups that this node is the first to be able to lead, and reports. */
    private void report(Host host) {
        if (!host.up) {
            return;
        }
        List<GroupRoute> routes = new ArrayList<>();
        for (ReplicaDescriptor replica : host.held.values()) {
            GroupRoute route = leaders.get(replica.group());
            if (route == null || !leads(route.leader(), replica)) {
                route = elect(replica).orElse(route);
            }
            if (route != null && route.leader().equals(host.node)) {
                routes.add(route);
            }
        }
        for (Host other : hosts.values()) {
            transmit(storageSays(host, Address.memDs(other.node), new PushRoutes(routes)));
            transmit(storageSays(host, Address.admin(other.node), new PushRoutes(routes)));
            transmit(
                    storageSays(
                            host,
                            Address.admin(other.node),
                            new ReplicasHeld(List.copyOf(host.held.keySet()))));
        }
    }

    private static Envelope storageSays(Host host, Address to, Message message) {
        return new Envelope(Address.storage(host.node), to, message);
    }

    private Optional<GroupRoute> elect(ReplicaDescriptor replica) {
        List<Member> able =
                replica.members().stream().filter(m -> leads(m.node(), replica)).toList();
        if (able.size() * 2 <= replica.members().size()) {
            return Optional.empty();
        }
        GroupRoute before = leaders.get(replica.group());
        long round = before == null ? 1 : before.ballotRound() + 1;
        GroupRoute route =
                new GroupRoute(replica.group(), able.getFirst().node(), replica.members(), round);
        leaders.put(replica.group(), route);
        return Optional.of(route);
    }

    private boolean leads(NodeId node, ReplicaDescriptor replica) {
        return host(node).up && host(node).held.containsKey(replica.group());
    }

    private void checkHosted(TableRecord record) {
        TreeMap<GroupId, Integer> hosted = new TreeMap<>();
        for (GroupReplica replica : record.replicas()) {
            hosted.merge(
                    replica.group(),
                    host(replica.node()).held.containsKey(replica.group()) ? 1 : 0,
                    Integer::sum);
        }
        assertThat(hosted.values()).as("replicas of each group").allMatch(count -> count >= 2);
    }

    // ---- The system group

    /** The system group gets another leader; both auto-admins are told in their time. */
    void lead(NodeId node) {
        systemLeader.ifPresent(before -> tell(host(before), systemRound, false));
        systemLeader = Optional.of(node);
        systemRound++;
        tell(host(node), systemRound, true);
    }

    /** The system group gets another leader, and the auto-admin of the old one is never told. */
    void deposeSilently(NodeId newLeader) {
        systemLeader = Optional.of(newLeader);
        systemRound++;
        tell(host(newLeader), systemRound, true);
    }

    private void tell(Host host, long round, boolean leading) {
        int delay = faults.maxDelayMillis * (leading ? 1 : 3);
        host.toldMillis = Math.max(host.toldMillis, nowMillis + random.nextInt(delay));
        AutoAdmin told = host.admin;
        at(
                host.toldMillis,
                () -> {
                    if (host.up && told == host.admin) {
                        told.systemLeadership(round, leading, nowNanos(), wallMillis());
                    }
                });
    }

    Optional<NodeId> systemLeader() {
        return systemLeader;
    }

    // ---- Crashes

    /** The process of the node ends; what it held on disk stays. */
    void crash(NodeId node) {
        Host host = host(node);
        host.up = false;
        if (systemLeader.equals(Optional.of(node))) {
            systemLeader = Optional.empty();
        }
    }

    void restart(NodeId node) {
        Host host = host(node);
        if (!host.up) {
            host.up = true;
            host.admin = host.newAdmin();
            host.memDs = host.newMemDs();
        }
    }

    List<NodeId> up() {
        return hosts.values().stream().filter(host -> host.up).map(host -> host.node).toList();
    }

    // ---- Clients

    /** Sends a request to the auto-admin of a node; its answer is found under what is returned. */
    long ask(NodeId node, AdminRequest request) {
        long callId = ++lastCall;
        Address client = new Address(node, Address.Role.ROUTER, 0);
        transmit(new Envelope(client, Address.admin(node), new AdminCall(callId, request)));
        return callId;
    }

    /** Asks the leader, and waits for the answer. */
    AdminResponse ask(AdminRequest request) {
        long callId = ask(systemLeader.orElseThrow(), request);
        for (int i = 0; i < 100 && !answers.containsKey(callId); i++) {
            run(20);
        }
        AdminResponse answer = answers.get(callId);
        if (answer == null) {
            throw new AssertionError("not answered: " + request);
        }
        return answer;
    }

    // ---- What must be true in the end

    /** Every table is active and complete, every MemDS node knows it, and nothing else is left. */
    void checkSettled() {
        TreeSet<GroupReplica> wanted = new TreeSet<>();
        for (TableRecord record : store.tables()) {
            assertThat(record.status()).as("%s", record).isEqualTo(TableStatus.ACTIVE);
            assertThat(record.unhosted()).isEmpty();
            wanted.addAll(record.replicas());
        }
        TreeSet<GroupReplica> held = new TreeSet<>();
        for (Host host : hosts.values()) {
            host.held.keySet().forEach(group -> held.add(new GroupReplica(group, host.node)));
            assertThat(host.memDs.isReady()).isTrue();
            assertThat(host.memDs.tableCount()).isEqualTo(store.tables().size());
            for (TableRecord record : store.tables()) {
                assertThat(host.memDs.find(record.table().accountId(), record.table().name()))
                        .map(entry -> entry.table())
                        .contains(record.table());
            }
            assertThat(host.memDs.digest()).isEqualTo(hosts.firstEntry().getValue().memDs.digest());
        }
        assertThat(held).isEqualTo(wanted);
    }
}
