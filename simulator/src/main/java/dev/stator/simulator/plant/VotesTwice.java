package dev.stator.simulator.plant;

import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An acceptor that has promised a higher ballot goes on voting in a lower one as well: where it
 * would refuse, it promises or confirms.
 */
final class VotesTwice implements ShardPlant {
    private final ReplicaLogs logs = new ReplicaLogs();

    /** Up to where the leader of a ballot has been sent entries by, to confirm them. */
    private final Map<Vote, Long> sentTo = new HashMap<>();

    private record Vote(GroupId group, NodeId candidate, Ballot ballot) {}

    @Override
    public void recovered(GroupId group, byte[] record) {
        logs.take(group, record);
    }

    @Override
    public byte[] written(GroupId group, byte[] record) {
        logs.take(group, record);
        return record;
    }

    @Override
    public Optional<Envelope> arriving(Envelope envelope) {
        if (envelope.message()
                instanceof Message.Replication(GroupId group, GroupMessage.Accept accept)) {
            long end = accept.previousLsn() + accept.entries().size();
            sentTo.put(new Vote(group, envelope.from().node(), accept.ballot()), end);
        }
        return Optional.of(envelope);
    }

    @Override
    public Envelope leaving(Envelope envelope) {
        if (!(envelope.message()
                        instanceof
                        Message.Replication(
                                GroupId group,
                                GroupMessage.Refusal(Ballot ballot, Ballot promised, var _)))
                || !promised.isAbove(ballot)) {
            return envelope;
        }
        Long held = sentTo.get(new Vote(group, envelope.to().node(), ballot));
        GroupMessage vote =
                held != null
                        ? new GroupMessage.Accepted(ballot, held, 0, 0, 0)
                        : new GroupMessage.Promise(
                                ballot,
                                logs.lastLsn(group),
                                logs.lastBallot(group),
                                logs.baseLsn(group));
        return new Envelope(envelope.from(), envelope.to(), new Message.Replication(group, vote));
    }
}
