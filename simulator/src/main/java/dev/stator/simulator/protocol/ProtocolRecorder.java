package dev.stator.simulator.protocol;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.node.StorageShard.ReplicaStatus;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import dev.stator.simulator.cluster.ClusterObserver;
import dev.stator.simulator.cluster.ShardWatch;
import dev.stator.simulator.cluster.SimulatedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what the replicas of one group do, from the start of a history up to so many steps, or up
 * to the first snapshot: snapshots are not traced. Everything that it is told it passes on.
 */
public final class ProtocolRecorder implements ClusterObserver {
    private final ClusterObserver next;
    private final GroupId group;
    private final int stepsMax;
    private final List<ProtocolStep> steps = new ArrayList<>();

    /** Whether a replica that serves is to say so again: another one has promised something. */
    private final Map<Integer, Boolean> saysAgain = new HashMap<>();

    private List<NodeId> members = List.of();
    private boolean ended;

    public ProtocolRecorder(ClusterObserver next, GroupId group, int stepsMax) {
        this.next = next;
        this.group = group;
        this.stepsMax = stepsMax;
    }

    /** What was recorded, in the order in which it happened. */
    public List<ProtocolStep> steps() {
        return List.copyOf(steps);
    }

    /** Who the replicas are that steps number; empty before the first node has started. */
    public List<NodeId> members() {
        return members;
    }

    private void add(ProtocolStep step) {
        if (ended) {
            return;
        }
        steps.add(step);
        ended = steps.size() == stepsMax;
    }

    @Override
    public ShardWatch watchOf(SimulatedNode node) {
        members = node.cluster().nodeIds();
        return new Watch(members.indexOf(node.id()) + 1);
    }

    /** One run of one shard; of its records and messages those of the group count. */
    private final class Watch implements ShardWatch {
        private final int replica;
        private Ballot promised = Ballot.NONE;
        private long lastLsn;
        private boolean hosted;
        private boolean started;
        private long recordsWritten;
        private long lastWritten;
        private long lastSynced;
        private final List<ProtocolStep> beforeStart = new ArrayList<>();
        private ProtocolStep.@Nullable Settled settled;

        Watch(int replica) {
            this.replica = replica;
        }

        /**
         * @return the ballots of the entries that the record brings
         */
        private List<Ballot> take(GroupRecord record) {
            return switch (record) {
                case GroupRecord.Promised(Ballot ballot) -> {
                    promised = ballot;
                    saysAgain.replaceAll((_, _) -> true);
                    yield List.of();
                }
                case GroupRecord.Appended(List<LogEntry> entries) -> {
                    if (!entries.isEmpty()) {
                        lastLsn = entries.getLast().lsn();
                    }
                    yield ballots(entries);
                }
                case GroupRecord.Checkpoint checkpoint -> {
                    hosted = true;
                    promised = checkpoint.promised();
                    lastLsn = checkpoint.baseLsn() + checkpoint.entries().size();
                    yield ballots(checkpoint.entries());
                }
            };
        }

        private static List<Ballot> ballots(List<LogEntry> entries) {
            return entries.stream().map(LogEntry::ballot).toList();
        }

        private @Nullable GroupRecord decode(GroupId written, byte[] record) {
            if (!written.equals(group)) {
                return null;
            }
            return switch (ReplicaRecordCodec.decode(record)) {
                case ReplicaRecord.Hosted(var _, GroupRecord.Checkpoint checkpoint) -> checkpoint;
                case ReplicaRecord.Progress(GroupRecord progress) -> progress;
                case ReplicaRecord.Dropped _ -> null;
            };
        }

        @Override
        public void recovered(GroupId recovered, byte[] encoded) {
            GroupRecord record = decode(recovered, encoded);
            if (record != null) {
                take(record);
            }
        }

        @Override
        public void started(Supplier<List<ReplicaStatus>> replicas) {
            started = true;
            if (hosted) {
                for (ReplicaStatus status : replicas.get()) {
                    if (status.group().equals(group)) {
                        add(
                                new ProtocolStep.Restarted(
                                        replica,
                                        promised,
                                        status.lastLsn(),
                                        status.committedLsn()));
                    }
                }
            }
            beforeStart.forEach(ProtocolRecorder.this::add);
        }

        @Override
        public void written(GroupId written, byte[] encoded) {
            recordsWritten++;
            GroupRecord record = decode(written, encoded);
            if (record != null) {
                lastWritten = recordsWritten;
                List<Ballot> entries = take(record);
                ProtocolStep step =
                        new ProtocolStep.Wrote(replica, recordsWritten, promised, lastLsn, entries);
                if (started) {
                    add(step);
                } else {
                    beforeStart.add(step);
                }
            }
        }

        @Override
        public void durable(long records) {
            if (lastWritten > lastSynced) {
                add(new ProtocolStep.Synced(replica, records));
            }
            lastSynced = records;
        }

        @Override
        public void flushed(Map<Long, Long> lsns) {
            Long lsn = lsns.get(group.value());
            if (lsn != null) {
                add(new ProtocolStep.Flushed(replica, lsn));
            }
        }

        @Override
        public void arriving(Envelope envelope) {
            switch (envelope.message()) {
                case Message.Replication(GroupId to, GroupMessage.Accept accept) -> {
                    if (to.equals(group) && started && hosted) {
                        add(
                                new ProtocolStep.Received(
                                        replica, said(accept), accept.entries().size()));
                    }
                }
                case Message.SnapshotChunk chunk -> ended |= chunk.group().equals(group);
                default -> {}
            }
        }

        private static ProtocolStep.Accept said(GroupMessage.Accept accept) {
            return new ProtocolStep.Accept(
                    accept.ballot(), accept.previousLsn(), accept.committedLsn(), accept.trimLsn());
        }

        @Override
        public void leaving(Envelope envelope) {
            if (envelope.message() instanceof Message.Replication(GroupId to, GroupMessage message)
                    && to.equals(group)) {
                sent(message);
            }
        }

        private void sent(GroupMessage message) {
            switch (message) {
                case GroupMessage.Prepare prepare ->
                        add(new ProtocolStep.SentPrepare(replica, prepare.ballot()));
                case GroupMessage.Promise promise ->
                        add(
                                new ProtocolStep.SentPromise(
                                        replica,
                                        promise.ballot(),
                                        promise.lastLsn(),
                                        promise.lastBallot(),
                                        promise.trimmedLsn()));
                case GroupMessage.Accept accept ->
                        add(
                                new ProtocolStep.SentAccept(
                                        replica,
                                        said(accept),
                                        accept.previousBallot(),
                                        ballots(accept.entries())));
                case GroupMessage.Accepted accepted ->
                        add(
                                new ProtocolStep.SentAccepted(
                                        replica, accepted.ballot(), accepted.lsn()));
                case GroupMessage.Inquiry _,
                        GroupMessage.InquiryAnswer _,
                        GroupMessage.Refusal _,
                        GroupMessage.Fetch _,
                        GroupMessage.Fetched _,
                        GroupMessage.Behind _,
                        GroupMessage.Resigned _ -> {}
            }
        }

        @Override
        public void settled(Supplier<List<ReplicaStatus>> replicas) {
            if (ended || !started || !hosted) {
                return;
            }
            for (ReplicaStatus status : replicas.get()) {
                if (status.group().equals(group)) {
                    say(status);
                }
            }
        }

        private void say(ReplicaStatus status) {
            ProtocolStep.Settled now =
                    new ProtocolStep.Settled(
                            replica,
                            status.leads() ? status.leaderBallot() : Ballot.NONE,
                            status.committedLsn(),
                            status.lastLsn(),
                            status.serves());
            boolean again = status.serves() && saysAgain.getOrDefault(replica, false);
            if (!now.equals(settled) || again) {
                settled = now;
                saysAgain.put(replica, false);
                add(now);
            }
        }
    }

    // ---- What is passed on

    @Override
    public void storageEvent(SimulatedNode node) {
        next.storageEvent(node);
    }

    @Override
    public void applied(SimulatedNode node, StoreBatch batch) {
        next.applied(node, batch);
    }

    @Override
    public void crashed(SimulatedNode node) {
        next.crashed(node);
    }

    @Override
    public void replicaStopped(SimulatedNode node, GroupId stopped, String reason) {
        next.replicaStopped(node, stopped, reason);
    }

    @Override
    public void failed(SimulatedNode node, Throwable cause) {
        next.failed(node, cause);
    }

    @Override
    public void cannotStart(SimulatedNode node, Throwable cause) {
        next.cannotStart(node, cause);
    }
}
