package dev.stator.core.node;

import dev.stator.core.changes.Propagator;
import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.partition.ItemCache;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.IndexMessage;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PushRoutes;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.Invariants;
import dev.stator.replication.Leases;
import dev.stator.replication.Limits;
import dev.stator.replication.NodeId;
import dev.stator.replication.NodeMessage;
import dev.stator.replication.RecoveredReplica;
import dev.stator.replication.Timing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a storage node: many replicas with one owner thread, and the leases between them and
 * the same shard of the other nodes. All nodes of a cluster have the same number of shards, and a
 * group is in the same shard everywhere.
 *
 * <p>Each event comes with the time; what follows from several events is written and sent together
 * at {@link #flush}. Only groups that have something under way are woken as time passes: an idle
 * one costs memory only.
 */
public final class StorageShard {
    /** A run of a node makes fewer calls than this many bits can tell apart. */
    private static final int INCARNATION_SHIFT = 40;

    private final Setup setup;
    private final ShardPort port;
    private final Leases leases;
    private final Address address;
    private final Snapshots snapshots;
    private final ItemCache itemCache;
    private final RouteReporter routes = new RouteReporter();
    private final Census census;

    private final NavigableMap<GroupId, HostedReplica> replicas = new TreeMap<>();
    private final SequencedMap<GroupId, ReplicaDescriptor> dropped = new TreeMap<>();
    private final SequencedMap<GroupId, Recovering> recovering = new TreeMap<>();

    /**
     * Groups with records before the one that introduces them: what those say is in that one as
     * well, and what stood before them went with an old segment of the log.
     */
    private final SequencedSet<GroupId> unintroduced = new LinkedHashSet<>();

    private final SequencedSet<HostedReplica> awake = new LinkedHashSet<>();
    private final SequencedSet<HostedReplica> doubtful = new LinkedHashSet<>();
    private final List<HostedReplica> unflushed = new ArrayList<>();
    private final SequencedMap<NodeId, Long> heard = new TreeMap<>();

    /**
     * The replicas that the records on their way to the disk belong to; null for other records of
     * the shard.
     */
    private final ArrayDeque<LogTicket> tickets = new ArrayDeque<>();

    private long recordsSynced;
    private long nextReportNanos;
    private long lastCallId;
    private long nowNanos;
    private boolean started;

    /**
     * How large an item collection of a table with local secondary indexes may become: 10 GB (API
     * reference, quotas), of items and entries of such indexes together.
     */
    public static final long COLLECTION_BYTES_MAX = 10L << 30;

    /**
     * What a shard is made with.
     *
     * @param nodes all nodes of the cluster, this one included
     * @param index of this shard
     * @param incarnation of this run of the node, above every earlier one
     * @param limits of what the shard's groups send and keep
     * @param itemCacheBytes how much of the store is remembered item by item
     * @param collectionBytesMax see {@link #COLLECTION_BYTES_MAX}
     */
    public record Setup(
            NodeId self,
            List<NodeId> nodes,
            int index,
            long incarnation,
            Timing timing,
            Limits limits,
            long itemCacheBytes,
            long collectionBytesMax) {}

    private static final class Recovering {
        private final ReplicaDescriptor descriptor;
        private final RecoveredReplica durable = new RecoveredReplica();

        Recovering(ReplicaDescriptor descriptor) {
            this.descriptor = descriptor;
        }
    }

    /**
     * What follows when a record is durable: news for its replica, the removal of what a dropped
     * one has in the store, an answer.
     */
    private record LogTicket(
            @Nullable HostedReplica replica,
            @Nullable StoreBatch removal,
            @Nullable Envelope answer) {}

    public StorageShard(Setup setup, ShardPort port, long nowNanos) {
        this.setup = setup;
        this.port = port;
        this.nowNanos = nowNanos;
        this.nextReportNanos = nowNanos;
        this.lastCallId = setup.incarnation() << INCARNATION_SHIFT;
        this.address = new Address(setup.self(), Address.Role.STORAGE, setup.index());
        this.leases =
                new Leases(
                        setup.self(), setup.incarnation(), setup.nodes(), setup.timing(), nowNanos);
        this.snapshots = new Snapshots(this);
        this.itemCache = new ItemCache(setup.itemCacheBytes());
        this.census =
                new Census(
                        (range, collector, done, damaged) ->
                                port.scanStore(
                                        new ShardPort.StoreScan(range, true, collector),
                                        done,
                                        damaged),
                        nowNanos);
    }

    long collectionBytesMax() {
        return setup.collectionBytesMax();
    }

    // ---- Start

    /**
     * Takes the records of the WAL that belong to this shard, in their order, before {@link
     * #start}.
     */
    public void recover(GroupId group, byte[] encoded) {
        switch (ReplicaRecordCodec.decode(encoded)) {
            case ReplicaRecord.Hosted(ReplicaDescriptor descriptor, var state) -> {
                Recovering fresh = new Recovering(descriptor);
                fresh.durable.replay(state);
                recovering.put(group, fresh);
                unintroduced.remove(group);
            }
            case ReplicaRecord.Progress(var record) -> {
                Recovering known = recovering.get(group);
                if (known != null) {
                    known.durable.replay(record);
                } else {
                    unintroduced.add(group);
                }
            }
            case ReplicaRecord.Dropped(ReplicaDescriptor descriptor) -> {
                recovering.remove(group);
                unintroduced.remove(group);
                dropped.put(group, descriptor);
            }
        }
    }

    /** Starts the replicas that were recovered, from where the store stands. */
    public void start(Map<Long, StorePosition> positions, long now) {
        nowNanos = now;
        Invariants.check(
                unintroduced.isEmpty(), "the log speaks of replicas that it does not introduce");
        for (ReplicaDescriptor descriptor : dropped.values()) {
            if (positions.containsKey(descriptor.group().value())) {
                port.applyToStore(removal(descriptor));
            }
        }
        for (Recovering known : recovering.values()) {
            GroupId group = known.descriptor.group();
            StorePosition position = positions.getOrDefault(group.value(), StorePosition.NONE);
            open(known.descriptor, known.durable, position);
        }
        recovering.clear();
        started = true;
    }

    private void open(
            ReplicaDescriptor descriptor,
            @Nullable RecoveredReplica durable,
            StorePosition position) {
        HostedReplica replica = new HostedReplica(this, leases, descriptor, durable, position);
        replicas.put(descriptor.group(), replica);
        routes.holds(descriptor.group());
        replica.start(position);
        awake.add(replica);
    }

    /**
     * Hosts a replica from now on; nothing happens where it is hosted already or was dropped
     * before.
     */
    public void host(ReplicaDescriptor descriptor) {
        Invariants.check(started, "a replica is hosted before the log was replayed");
        if (replicas.containsKey(descriptor.group()) || dropped.containsKey(descriptor.group())) {
            return;
        }
        open(descriptor, null, StorePosition.NONE);
        HostedReplica replica = replicas.get(descriptor.group());
        if (replica != null) {
            replica.group().checkpoint();
        }
    }

    // ---- Events

    /**
     * A message that comes before the start is lost: a replica whose log has not been replayed to
     * its end must neither answer nor be taken for one that is not here. Senders repeat themselves.
     */
    public void onMessage(Envelope envelope, long now) {
        nowNanos = now;
        if (!started) {
            return;
        }
        Address from = envelope.from();
        switch (envelope.message()) {
            case Message.Replication(GroupId group, var message) -> {
                HostedReplica replica = replicas.get(group);
                if (replica != null && !replica.stopped()) {
                    awake.add(replica);
                    replica.onMessage(from.node(), message);
                }
            }
            case Message.BetweenNodes(NodeMessage message) -> onNodeMessage(from.node(), message);
            case Message.PartitionCall call -> {
                HostedReplica replica = replicas.get(call.group());
                if (replica == null) {
                    answer(
                            from,
                            new Message.PartitionAnswer(
                                    call.callId(), new PartitionResponse.NotHere()));
                } else {
                    replica.onCall(from, call);
                }
            }
            case Message.HostReplica(long callId, ReplicaDescriptor descriptor) -> {
                host(descriptor);
                answerWhenDurable(from, new Message.ReplicaHosted(callId, descriptor.group()));
            }
            case Message.DropReplica(long callId, GroupId group) -> {
                drop(group);
                answerWhenDurable(from, new Message.ReplicaDropped(callId, group));
            }
            case IndexMessage.DefineIndexes define -> onIndexMessage(define.group(), from, define);
            case IndexMessage.TakeChanges take -> onIndexMessage(take.group(), from, take);
            case IndexMessage.ChangesTaken taken -> onIndexMessage(taken.source(), from, taken);
            case IndexMessage.ChangesNotTaken notTaken ->
                    onIndexMessage(notTaken.source(), from, notTaken);
            case Message.SnapshotChunk chunk -> {
                HostedReplica replica = replicas.get(chunk.group());
                if (replica != null && !replica.stopped()) {
                    snapshots.onChunk(replica, from, chunk);
                }
            }
            case Message.SnapshotTaken taken -> snapshots.onTaken(from.node(), taken);
            default ->
                    throw new IllegalArgumentException(
                            "not a message for a storage node: " + envelope);
        }
    }

    private void onIndexMessage(GroupId group, Address from, IndexMessage message) {
        HostedReplica replica = replicas.get(group);
        if (replica != null) {
            awake.add(replica);
            replica.indexes().onMessage(from, message);
        }
    }

    private void onNodeMessage(NodeId from, NodeMessage message) {
        leases.onMessage(
                from,
                message,
                nowNanos,
                this::sendToNode,
                new Leases.GroupNews() {
                    @Override
                    public void ceded(NodeMessage.GroupBallot ceded) {
                        HostedReplica replica = replicas.get(ceded.group());
                        if (replica != null) {
                            awake.add(replica);
                            replica.group().onCeded(ceded.ballot(), nowNanos);
                        }
                    }

                    @Override
                    public void withdrawn(NodeId follower, NodeMessage.GroupBallot withdrawn) {
                        HostedReplica replica = replicas.get(withdrawn.group());
                        if (replica != null) {
                            awake.add(replica);
                            replica.group().onWithdrawn(follower, withdrawn.ballot());
                        }
                    }
                });
    }

    private void sendToNode(NodeId to, NodeMessage message) {
        port.send(new Envelope(address, storageOf(to), new Message.BetweenNodes(message)));
    }

    /** The first so many records of this shard are durable. */
    public void onLogSynced(long records, long now) {
        nowNanos = now;
        SequencedSet<HostedReplica> touched = new LinkedHashSet<>();
        while (recordsSynced < records) {
            recordsSynced++;
            LogTicket ticket = tickets.remove();
            if (ticket.replica() != null) {
                ticket.replica().onRecordPersisted();
                touched.add(ticket.replica());
            }
            if (ticket.removal() != null) {
                port.applyToStore(ticket.removal());
            }
            if (ticket.answer() != null) {
                port.send(ticket.answer());
            }
        }
        for (HostedReplica replica : touched) {
            awake.add(replica);
            replica.afterSync();
        }
    }

    /** The store has applied the group's log up to the LSN. */
    public void onStoreApplied(GroupId group, long lsn, long now) {
        nowNanos = now;
        HostedReplica replica = replicas.get(group);
        if (replica != null && !replica.stopped()) {
            awake.add(replica);
            replica.onApplied(lsn);
        }
    }

    /** The store holds these groups' effects on disk up to these LSNs. */
    public void onStoreFlushed(Map<Long, Long> lsns, long now) {
        nowNanos = now;
        lsns.forEach((id, lsn) -> {
            HostedReplica replica = replicas.get(new GroupId(id));
            if (replica != null && !replica.stopped()) {
                awake.add(replica);
                replica.group().onFlushed(lsn);
            }
        });
    }

    /** The WAL wants the group's records in its present segment, so that an old one can go. */
    public void checkpoint(GroupId group, long now) {
        nowNanos = now;
        HostedReplica replica = replicas.get(group);
        ReplicaDescriptor tombstone = dropped.get(group);
        if (replica != null) {
            replica.group().checkpoint();
        } else if (tombstone != null) {
            appendTombstone(tombstone, null);
        }
    }

    /** Lets time pass; to be called about every {@link #TICK_NANOS}. */
    public void onTick(long now) {
        nowNanos = now;
        if (!started) {
            return;
        }
        leases.onTick(now, this::sendToNode);
        watchPeers();
        for (HostedReplica replica : new ArrayList<>(awake)) {
            if (!replica.onTick()) {
                awake.remove(replica);
            }
        }
        snapshots.onTick();
        census.onTick(replicas, now);
        report();
    }

    /**
     * Tells every MemDS and auto-admin what this shard leads and hosts: news at once, the rest
     * slice by slice.
     */
    private void report() {
        routes.takeNews()
                .ifPresent(news -> {
                    sendToAll(Address::memDs, news);
                    sendToAll(Address::admin, news);
                });
        if (nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + setup.timing().heartbeatNanos();
            PushRoutes slice = routes.nextRoutes();
            sendToAll(Address::memDs, slice);
            sendToAll(Address::admin, slice);
            sendToAll(Address::admin, routes.nextReplicas());
            sendToAll(Address::admin, census.nextCounted());
        }
    }

    private void sendToAll(Function<NodeId, Address> role, Message message) {
        for (NodeId node : setup.nodes()) {
            port.send(new Envelope(address, role.apply(node), message));
        }
    }

    /**
     * How often time should pass: often enough for commit notices to be prompt, seldom enough to
     * cost nothing.
     */
    public static final long TICK_NANOS = 20_000_000L;

    /**
     * Where a node falls silent or begins a new run, its groups need a leader; where it comes back,
     * it may need what it has missed.
     */
    private void watchPeers() {
        for (NodeId node : setup.nodes()) {
            long run = leases.heardIncarnation(node, nowNanos);
            Long before = heard.put(node, run);
            if (before != null && before != run) {
                awake.addAll(replicas.values());
            }
        }
    }

    /** Writes and sends what has come together since the last call. */
    public void flush(long now) {
        nowNanos = now;
        doubtful.forEach(HostedReplica::settleDoubt);
        doubtful.clear();
        for (HostedReplica replica : unflushed) {
            awake.add(replica);
            replica.flush();
        }
        unflushed.clear();
    }

    /** Gives up every office, so that others need not wait for leases to end. */
    public void resignAll(long now) {
        nowNanos = now;
        for (HostedReplica replica : replicas.values()) {
            replica.group().resign(now);
        }
    }

    /** The end: no event comes any more, and nothing reads the store. */
    public void close() {
        snapshots.close();
    }

    // ---- Dropping

    private void drop(GroupId group) {
        HostedReplica replica = replicas.remove(group);
        if (replica == null) {
            return;
        }
        awake.remove(replica);
        routes.holdsNoMore(group);
        replica.stop();
        dropped.put(group, replica.descriptor());
        // Only once the tombstone is durable: the log cannot be replayed on a store without items.
        appendTombstone(replica.descriptor(), removal(replica.descriptor()));
    }

    private static StoreBatch removal(ReplicaDescriptor descriptor) {
        return StoreBatch.removing(
                descriptor.group().value(), HostedReplica.storeRanges(descriptor));
    }

    private void appendTombstone(ReplicaDescriptor descriptor, @Nullable StoreBatch removal) {
        tickets.add(new LogTicket(null, removal, null));
        port.appendLog(descriptor.group(), new ReplicaRecord.Dropped(descriptor));
    }

    // ---- For the replicas and the parts of this shard

    void appendLog(HostedReplica replica, ReplicaRecord record) {
        tickets.add(new LogTicket(replica, null, null));
        port.appendLog(replica.descriptor().group(), record);
    }

    private void answer(Address to, Message message) {
        port.send(new Envelope(address, to, message));
    }

    /** Answers once all that was written so far is durable. */
    private void answerWhenDurable(Address to, Message message) {
        LogTicket last = tickets.pollLast();
        Envelope answer = new Envelope(address, to, message);
        if (last == null) {
            port.send(answer);
        } else if (last.answer() == null) {
            tickets.add(new LogTicket(last.replica(), last.removal(), answer));
        } else {
            tickets.add(last); // The caller repeats its request; by then the record is durable.
        }
    }

    /** The replica is to settle its doubt once the present event is done. */
    void doubts(HostedReplica replica) {
        doubtful.add(replica);
    }

    void flushLater(HostedReplica replica) {
        unflushed.add(replica);
    }

    void leadershipChanged(HostedReplica replica, Ballot ballot, boolean leads) {
        if (replica.id().equals(GroupId.SYSTEM)) {
            port.systemLeadership(leads, ballot.round());
        }
        if (leads) {
            routes.leads(
                    new GroupRoute(
                            replica.id(),
                            setup.self(),
                            replica.descriptor().members(),
                            ballot.round()));
        } else {
            routes.leadsNoMore(replica.id());
            census.leadsNoMore(replica.id());
        }
    }

    /** Never used before by this shard, in no run of the node. */
    long newCallId() {
        return ++lastCallId;
    }

    long nowNanos() {
        return nowNanos;
    }

    Timing timing() {
        return setup.timing();
    }

    Limits limits() {
        return setup.limits();
    }

    ShardPort port() {
        return port;
    }

    Address address() {
        return address;
    }

    Address storageOf(NodeId node) {
        return new Address(node, Address.Role.STORAGE, setup.index());
    }

    Snapshots snapshots() {
        return snapshots;
    }

    ItemCache itemCache() {
        return itemCache;
    }

    Leases leases() {
        return leases;
    }

    void wake(HostedReplica replica) {
        awake.add(replica);
    }

    /** Reports what the shard hosts, for metrics, tests and checkers. */
    public List<ReplicaStatus> status(long now) {
        List<ReplicaStatus> all = new ArrayList<>();
        for (HostedReplica replica : replicas.values()) {
            var group = replica.group();
            all.add(
                    new ReplicaStatus(
                            group.id(),
                            group.leads(),
                            group.serves(now),
                            group.leaderBallot(),
                            group.baseLsn(),
                            group.committedLsn(),
                            group.lastLsn(),
                            replica.stopped(),
                            replica.indexes().lag()));
        }
        return all;
    }

    /**
     * What a replica is doing.
     *
     * @param serves leads, has applied all and holds a lease
     * @param leaderBallot NONE where it knows no leader
     * @param indexLag how far the slowest index is behind this partition; known where it leads
     */
    public record ReplicaStatus(
            GroupId group,
            boolean leads,
            boolean serves,
            Ballot leaderBallot,
            long baseLsn,
            long committedLsn,
            long lastLsn,
            boolean stopped,
            Propagator.Lag indexLag) {}
}
