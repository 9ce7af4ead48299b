package dev.stator.simulator.plant;

import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A candidate recovers each LSN for itself, as textbook Multi-Paxos does: above the end of the best
 * log it keeps the entries that its own log has there, and proposes them again in its own ballot,
 * though they were evaluated on another prefix.
 */
final class RecoversSlotBySlot implements ShardPlant {
    private final ReplicaLogs logs = new ReplicaLogs();

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
        if (!(envelope.message()
                instanceof Message.Replication(GroupId group, GroupMessage.Fetched fetched))) {
            return Optional.of(envelope);
        }
        long end = fetched.fromLsn() + fetched.entries().size() - 1;
        if (end < fetched.lastLsn()) {
            return Optional.of(envelope);
        }
        List<LogEntry> entries = new ArrayList<>(fetched.entries());
        for (LogEntry own : logs.above(group, end)) {
            entries.add(new LogEntry(own.lsn(), fetched.ballot(), own.kind(), own.payload()));
        }
        GroupMessage mixed =
                new GroupMessage.Fetched(
                        fetched.ballot(),
                        fetched.fromLsn(),
                        entries,
                        fetched.fromLsn() + entries.size() - 1);
        return Optional.of(
                new Envelope(
                        envelope.from(), envelope.to(), new Message.Replication(group, mixed)));
    }
}
