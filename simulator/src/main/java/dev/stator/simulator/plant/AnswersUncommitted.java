package dev.stator.simulator.plant;

import dev.stator.core.format.Command;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.LogEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A leader answers that a condition failed as soon as it knows, from the image of a write that is
 * not committed and may never be.
 */
final class AnswersUncommitted implements ShardPlant {
    private final ShardGate gate;
    private final Map<Place, Image> uncommitted = new HashMap<>();

    private record Place(GroupId group, PlacementKey key) {}

    private record Image(long lsn, @Nullable Item item) {}

    AnswersUncommitted(ShardGate gate) {
        this.gate = gate;
    }

    @Override
    public byte[] written(GroupId group, byte[] record) {
        if (ReplicaRecordCodec.decode(record)
                instanceof ReplicaRecord.Progress(GroupRecord.Appended(List<LogEntry> entries))) {
            for (LogEntry entry : entries) {
                boolean proposedHere = entry.ballot().owner().equals(gate.self());
                if (entry.kind() == LogEntry.Kind.COMMAND && proposedHere) {
                    note(group, entry);
                }
            }
        }
        return record;
    }

    private void note(GroupId group, LogEntry entry) {
        if (group.equals(GroupId.SYSTEM)) {
            return;
        }
        for (Command.Change change : changes(CommandCodec.decode(entry.payload()))) {
            Item item =
                    switch (change) {
                        case Command.Change.Put put -> put.item().item();
                        case Command.Change.Delete _ -> null;
                    };
            uncommitted.put(new Place(group, change.key()), new Image(entry.lsn(), item));
        }
    }

    private static List<Command.Change> changes(Command command) {
        return switch (command) {
            case Command.Changes(var all) -> all;
            case Command.RecordedChanges(var all, var _) -> all;
            case Command.CollectionChanges(var recorded, var _, var _) -> recorded.changes();
            case Command.TransactionFinished finished ->
                    finished.change()
                            .map(made -> changes(CommandCodec.decode(made.toArray())))
                            .orElse(List.of());
            case Command.Prepared _,
                    Command.IndexChanges _,
                    Command.IndexesDefined _,
                    Command.RecordsTrimmed _ ->
                    List.of();
        };
    }

    @Override
    public void applied(GroupId group, long lsn) {
        uncommitted
                .entrySet()
                .removeIf(image ->
                        image.getKey().group().equals(group) && image.getValue().lsn() <= lsn);
    }

    @Override
    public Optional<Envelope> arriving(Envelope envelope) {
        if (envelope.message()
                instanceof
                Message.PartitionCall(long callId, GroupId group, PartitionRequest.Write write)) {
            Image image = uncommitted.get(new Place(group, write.key()));
            boolean fails =
                    image != null
                            && write.condition().isPresent()
                            && !write.condition().get().matches(image.item());
            if (fails) {
                PartitionResponse failed =
                        new PartitionResponse.ConditionFailed(Optional.empty(), 0);
                gate.send(
                        new Envelope(
                                envelope.to(),
                                envelope.from(),
                                new Message.PartitionAnswer(callId, failed)));
                return Optional.empty();
            }
        }
        return Optional.of(envelope);
    }
}
