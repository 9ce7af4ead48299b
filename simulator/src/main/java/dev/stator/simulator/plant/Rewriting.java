package dev.stator.simulator.plant;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.NodeMessage;
import java.util.List;
import java.util.Optional;

/** Planted bugs that need no memory: one message or record is another one. */
final class Rewriting {
    private Rewriting() {}

    /** Promises name no accepted entries. */
    static final class ForgetsAccepted implements ShardPlant {
        @Override
        public Envelope leaving(Envelope envelope) {
            if (envelope.message()
                    instanceof Message.Replication(GroupId group, GroupMessage.Promise promise)) {
                GroupMessage empty =
                        new GroupMessage.Promise(
                                promise.ballot(),
                                promise.trimmedLsn(),
                                Ballot.NONE,
                                promise.trimmedLsn());
                return new Envelope(
                        envelope.from(), envelope.to(), new Message.Replication(group, empty));
            }
            return envelope;
        }
    }

    /** Answers to heartbeats renew every lease, and name none that was given away. */
    static final class RenewsAllLeases implements ShardPlant {
        @Override
        public Envelope leaving(Envelope envelope) {
            if (envelope.message()
                    instanceof Message.BetweenNodes(NodeMessage.HeartbeatAnswer answer)) {
                NodeMessage all =
                        new NodeMessage.HeartbeatAnswer(
                                answer.incarnation(),
                                answer.leaderIncarnation(),
                                answer.sequence(),
                                answer.number(),
                                true,
                                List.of());
                return new Envelope(envelope.from(), envelope.to(), new Message.BetweenNodes(all));
            }
            return envelope;
        }
    }

    /** A promise is not written; an empty run of entries keeps the count of records right. */
    static final class ForgetsPromises implements ShardPlant {
        @Override
        public byte[] written(GroupId group, byte[] record) {
            boolean promise =
                    ReplicaRecordCodec.decode(record)
                            instanceof ReplicaRecord.Progress(GroupRecord.Promised _);
            return promise
                    ? ReplicaRecordCodec.encode(
                            new ReplicaRecord.Progress(new GroupRecord.Appended(List.of())))
                    : record;
        }
    }

    /** A consistent read asks nobody for a lease. */
    static final class ReadsWithoutLease implements ShardPlant {
        @Override
        public Optional<Envelope> arriving(Envelope envelope) {
            if (envelope.message()
                            instanceof
                            Message.PartitionCall(
                                    long callId,
                                    GroupId group,
                                    PartitionRequest.Get(var key, var consistent, var projection))
                    && consistent) {
                PartitionRequest.Get get = new PartitionRequest.Get(key, false, projection);
                return Optional.of(
                        new Envelope(
                                envelope.from(),
                                envelope.to(),
                                new Message.PartitionCall(callId, group, get)));
            }
            return Optional.of(envelope);
        }
    }
}
