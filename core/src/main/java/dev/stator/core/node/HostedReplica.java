package dev.stator.core.node;

import dev.stator.core.format.PartitionState;
import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.StoreKey;
import dev.stator.core.partition.Partition;
import dev.stator.core.partition.PartitionHost;
import dev.stator.core.partition.UnappliableEntryException;
import dev.stator.core.store.KeyRange;
import dev.stator.core.store.RangeDelete;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.GroupPort;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.Leases;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import dev.stator.replication.RecoveredReplica;
import dev.stator.replication.ReplicationGroup;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a partition on this node: joins the replication group, which orders and replicates
 * commands, with the partition, which evaluates requests into commands and applies them.
 */
final class HostedReplica implements GroupPort, PartitionHost, Census.Subject {
    private final StorageShard shard;
    private final ReplicaDescriptor descriptor;
    private final ReplicationGroup group;
    private final IndexMaintenance indexes;
    private Partition partition;

    /**
     * The snapshot that is being taken, while the store's content is void; null where it is whole.
     */
    private @Nullable Installation installation;

    private long recordsPersisted;
    private boolean wantsFlush;
    private boolean stopped;

    /** What was found in the midst of the present event; until it is settled no entry is taken. */
    private @Nullable Doubt doubt;

    private final Freshness freshness = new Freshness();

    /**
     * Why this replica cannot go on as it is.
     *
     * @param inStore the store's content is damaged, and is to be replaced by a snapshot; else the
     *     replica stops
     */
    private record Doubt(String reason, boolean inStore) {}

    /** A snapshot that is being taken: whose, which one, and what comes next. */
    private record Installation(NodeId sender, long snapshotId, int nextIndex) {
        /** Numbers of snapshots are unique to their sender only. */
        boolean isOf(NodeId from, long id) {
            return sender.equals(from) && snapshotId == id;
        }
    }

    /** What became of a chunk. */
    enum Chunk {
        IGNORED,
        TAKEN,
        COMPLETE
    }

    /**
     * In the place of a partition's state, for a store whose content is void until a snapshot is
     * whole.
     */
    private static final byte[] VOID_STATE = {(byte) 0xFF};

    private static final Installation NO_SNAPSHOT_YET = new Installation(Ballot.NONE.owner(), 0, 0);

    /** Who waits for an answer, and under what identifier. */
    private record RemoteCaller(Address address, long callId) implements Caller {}

    HostedReplica(
            StorageShard shard,
            Leases leases,
            ReplicaDescriptor descriptor,
            @Nullable RecoveredReplica durable,
            StorePosition position) {
        this.shard = shard;
        this.descriptor = descriptor;
        this.indexes = new IndexMaintenance(this, shard);
        RecoveredReplica origin = durable == null ? new RecoveredReplica() : durable;
        this.group =
                new ReplicationGroup(
                        new ReplicationGroup.Origin(
                                descriptor.group(), descriptor.members(), origin, durable != null),
                        shard.limits(),
                        leases,
                        this);
        Partition found =
                Arrays.equals(position.state(), VOID_STATE) ? null : partitionAt(position);
        this.partition = found == null ? new Partition(descriptor, this, shard.itemCache()) : found;
        this.installation = found == null ? NO_SNAPSHOT_YET : null;
    }

    /** Null where the store's record of the position cannot be read. */
    private @Nullable Partition partitionAt(StorePosition position) {
        try {
            return new Partition(
                    descriptor, this, shard.itemCache(), position.appliedLsn(), position.state());
        } catch (MalformedEncodingException e) {
            return null;
        }
    }

    /** To be called once the shard knows this replica. */
    void start(StorePosition position) {
        if (installation == null) {
            Ballot ballot = PartitionState.decode(position.state()).appliedBallot();
            holds(position.appliedLsn(), ballot);
            group.startFrom(position.appliedLsn(), ballot);
        } else {
            group.loseStore();
        }
    }

    /** The parts of the store that hold what a replica keeps. */
    static List<RangeDelete> storeRanges(ReplicaDescriptor descriptor) {
        return StoreKey.allOf(descriptor).stream().map(RangeDelete::new).toList();
    }

    Partition partition() {
        return partition;
    }

    /** Whether it takes part, with content that is whole. */
    boolean holdsItems() {
        return !stopped && installation == null;
    }

    IndexMaintenance indexes() {
        return indexes;
    }

    // ---- Snapshots

    /**
     * Takes a chunk of a snapshot if it is the next one. The first one voids what the store holds.
     */
    Chunk takeChunk(NodeId from, Message.SnapshotChunk chunk) {
        Installation current = installation;
        boolean underWay = current != null && current.isOf(from, chunk.snapshotId());
        boolean begins = chunk.index() == 0 && !underWay;
        if (begins) {
            if (!helps(chunk)) {
                return Chunk.IGNORED;
            }
            partition.close();
            group.loseStore();
        } else if (current == null || !underWay || chunk.index() > current.nextIndex()) {
            return Chunk.IGNORED;
        } else if (chunk.index() < current.nextIndex()) {
            return chunk.last() ? Chunk.IGNORED : Chunk.TAKEN;
        }
        installation = new Installation(from, chunk.snapshotId(), chunk.index() + 1);
        List<RangeDelete> cleared = begins ? storeRanges(descriptor) : List.of();
        long lsn = chunk.last() ? chunk.lsn() : 0;
        byte[] state = chunk.last() ? chunk.state() : VOID_STATE;
        shard.port()
                .applyToStore(
                        new StoreBatch(
                                descriptor.group().value(), lsn, state, chunk.writes(), cleared));
        return chunk.last() ? Chunk.COMPLETE : Chunk.TAKEN;
    }

    /**
     * Whether a snapshot is wanted: not a late one that this replica has got past, nor one that
     * ends below what the log has cut, since the entries in between would be missing.
     */
    private boolean helps(Message.SnapshotChunk chunk) {
        return !group.leads()
                && chunk.lsn() >= group.baseLsn()
                && (installation != null || chunk.lsn() > group.committedLsn());
    }

    /**
     * The snapshot is whole and on disk.
     *
     * @return false where another one has taken its place meanwhile
     */
    boolean snapshotComplete(NodeId from, Message.SnapshotChunk last) {
        Installation current = installation;
        if (stopped || current == null || !current.isOf(from, last.snapshotId())) {
            return false;
        }
        installation = null;
        partition = new Partition(descriptor, this, shard.itemCache(), last.lsn(), last.state());
        Ballot ballot = PartitionState.decode(last.state()).appliedBallot();
        holds(last.lsn(), ballot);
        group.onSnapshotInstalled(last.lsn(), ballot);
        return true;
    }

    /** The store holds all up to this entry. */
    private void holds(long lsn, Ballot ballot) {
        freshness.committed(lsn, ballot);
        freshness.applied(lsn);
    }

    ReplicaDescriptor descriptor() {
        return descriptor;
    }

    ReplicationGroup group() {
        return group;
    }

    boolean stopped() {
        return stopped;
    }

    /**
     * Takes no part any more: neither votes nor answers. Whoever leads goes on without this
     * replica.
     */
    void stop() {
        if (!stopped) {
            group.resign(shard.nowNanos());
            partition.close();
            stopped = true;
        }
    }

    /** Acts on what was found in the event that is done now. */
    void settleDoubt() {
        Doubt found = doubt;
        doubt = null;
        if (found == null || stopped) {
            return;
        }
        if (found.inStore()) {
            voidStore();
        } else {
            stop();
        }
        shard.port().replicaStopped(descriptor.group(), found.reason());
    }

    /**
     * Gives the store's content up, on disk too, so that it is not taken for whole after a restart.
     * The leader is told, and sends a snapshot; the log goes on promising.
     */
    private void voidStore() {
        group.resign(shard.nowNanos());
        partition.close();
        installation = NO_SNAPSHOT_YET;
        shard.port()
                .applyToStore(
                        new StoreBatch(
                                descriptor.group().value(), 0, VOID_STATE, List.of(), List.of()));
        shard.port().flushStore(() -> {});
        group.loseStore();
        shard.wake(this);
    }

    // ---- Events from the shard

    void onMessage(NodeId from, GroupMessage message) {
        group.onMessage(from, message, shard.nowNanos());
        flushLater();
        if (message instanceof GroupMessage.Accept accept
                && accept.ballot().equals(group.leaderBallot())) {
            freshness.leaderSaid(accept.ballot(), accept.committedLsn(), shard.nowNanos());
        }
    }

    void onCall(Address from, Message.PartitionCall call) {
        if (stopped || installation != null) {
            send(from, new Message.PartitionAnswer(call.callId(), new PartitionResponse.NotHere()));
        } else {
            partition.handle(new RemoteCaller(from, call.callId()), call.request());
        }
    }

    void onRecordPersisted() {
        recordsPersisted++;
    }

    void afterSync() {
        if (!stopped) {
            group.onPersisted(recordsPersisted, shard.nowNanos());
            flushLater();
        }
    }

    void onApplied(long lsn) {
        if (installation == null) {
            group.onApplied(lsn, shard.nowNanos());
            partition.applied(lsn);
            freshness.applied(lsn);
            indexes.advance();
        }
    }

    /**
     * @return whether the group wants to be woken again
     */
    boolean onTick() {
        boolean feeds = !stopped && indexes.advance();
        return !stopped && (group.onTick(shard.nowNanos()) || feeds);
    }

    void flush() {
        if (wantsFlush) {
            wantsFlush = false;
            group.flush(shard.nowNanos());
        }
    }

    /** Once what has come with this one is done, so that one message tells of all. */
    private void flushLater() {
        if (!wantsFlush && group.leads()) {
            wantsFlush = true;
            shard.flushLater(this);
        }
    }

    // ---- GroupPort

    @Override
    public void send(NodeId to, GroupMessage message) {
        send(shard.storageOf(to), new Message.Replication(descriptor.group(), message));
    }

    private void send(Address to, Message message) {
        shard.port().send(new Envelope(shard.address(), to, message));
    }

    @Override
    public void persist(GroupRecord record) {
        ReplicaRecord written =
                record instanceof GroupRecord.Checkpoint checkpoint
                        ? new ReplicaRecord.Hosted(descriptor, checkpoint)
                        : new ReplicaRecord.Progress(record);
        shard.appendLog(this, written);
    }

    @Override
    public void committed(LogEntry entry) {
        if (stopped || doubt != null || installation != null) {
            return; // What follows an entry that was not applied cannot be applied either.
        }
        try {
            StoreBatch batch = partition.apply(entry);
            freshness.committed(entry.lsn(), entry.ballot());
            shard.port().applyToStore(batch);
        } catch (UnappliableEntryException e) {
            doubt(new Doubt("entry " + entry + " cannot be applied: " + e.getMessage(), false));
        }
    }

    @Override
    public void leadershipGained(Ballot ballot, long ballotStartLsn) {
        partition.startLeading(ballotStartLsn);
        indexes.leadershipChanged();
        shard.leadershipChanged(this, ballot, true);
    }

    @Override
    public void leadershipLost(Ballot ballot) {
        partition.stopLeading();
        indexes.leadershipChanged();
        shard.leadershipChanged(this, ballot, false);
    }

    @Override
    public void snapshotNeeded(NodeId follower) {
        shard.snapshots().offer(this, follower);
    }

    // ---- PartitionHost

    @Override
    public OptionalLong propose(byte[] command) {
        OptionalLong lsn = group.propose(command);
        if (lsn.isPresent()) {
            flushLater();
        }
        return lsn;
    }

    @Override
    public boolean serves() {
        return group.serves(shard.nowNanos());
    }

    @Override
    public boolean servesEventually() {
        long now = shard.nowNanos();
        boolean upToDate =
                group.leads()
                        ? group.serves(now)
                        : group.exchangesWithLeader(now)
                                && freshness.hasAllOf(group.leaderBallot());
        if (upToDate) {
            freshness.renew(now);
        }
        return freshness.within(shard.timing().eventualReadNanos(), now);
    }

    @Override
    public Optional<NodeId> leader() {
        Ballot ballot = group.leaderBallot();
        return ballot.equals(Ballot.NONE) ? Optional.empty() : Optional.of(ballot.owner());
    }

    @Override
    public void read(byte[] key, Consumer<byte @Nullable []> then, Runnable damaged) {
        shard.port()
                .readStore(
                        key,
                        then,
                        detail -> {
                            damaged(detail);
                            damaged.run();
                        });
    }

    @Override
    public void scan(
            byte[] from, byte @Nullable [] to, boolean forward, Collector collector, ScanEnd end) {
        shard.port()
                .scanStore(
                        new ShardPort.StoreScan(
                                new KeyRange(from, Objects.requireNonNull(to)), forward, collector),
                        end::done,
                        detail -> {
                            damaged(detail);
                            end.damaged();
                        });
    }

    @Override
    public long collectionBytesMax() {
        return shard.collectionBytesMax();
    }

    @Override
    public long wallClockMillis() {
        return shard.port().wallClockMillis();
    }

    @Override
    public void answer(Caller caller, PartitionResponse response) {
        if (!(caller instanceof RemoteCaller(Address address, long callId))) {
            throw new IllegalArgumentException("not a caller of this replica");
        }
        send(address, new Message.PartitionAnswer(callId, response));
    }

    @Override
    public void corrupt(byte[] key, String detail) {
        damaged(detail);
    }

    @Override
    public void evaluationFailed(Throwable cause) {
        shard.port().evaluationFailed(descriptor.group(), cause);
    }

    /**
     * Gives up the store's content once the present event is done: the one who found the damage is
     * in the middle of something. Nothing new where it is given up already.
     */
    @Override
    public void damaged(String detail) {
        if (installation == null) {
            doubt(new Doubt("damaged content in the store: " + detail, true));
        }
    }

    private void doubt(Doubt found) {
        if (doubt == null) {
            doubt = found;
            shard.doubts(this);
        }
    }

    // ---- Census.Subject

    @Override
    public GroupId id() {
        return descriptor.group();
    }

    @Override
    public boolean countable() {
        return holdsItems()
                && group.serves(shard.nowNanos())
                && !descriptor.group().equals(GroupId.SYSTEM);
    }

    @Override
    public long ballotRound() {
        return group.leaderBallot().round();
    }

    @Override
    public long appliedLsn() {
        return partition.appliedLsn();
    }

    @Override
    public KeyRange items() {
        return StoreKey.itemsOf(descriptor.tableId(), descriptor.range());
    }

    @Override
    public SequencedMap<String, KeyRange> localIndexes() {
        SequencedMap<String, KeyRange> ranges = new LinkedHashMap<>();
        List<SecondaryIndex.Local> indexes =
                descriptor.localSchema().map(TableSchema::localIndexes).orElse(List.of());
        for (int place = 0; place < indexes.size(); place++) {
            long prefix = StoreKey.localIndex(descriptor.tableId(), place);
            ranges.put(indexes.get(place).name(), StoreKey.itemsOf(prefix, descriptor.range()));
        }
        return ranges;
    }
}
