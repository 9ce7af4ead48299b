package dev.stator.core.partition;

import dev.stator.core.format.Command;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.IndexMessage.TakeChanges;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.replication.GroupId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the leader of a partition of a global secondary index does: takes what follows from the
 * changes of each partition of the table, each piece exactly once and in order.
 *
 * <p>A piece says from where to where it leads, and is taken only if the index is exactly there. So
 * it does no harm that a piece comes twice, late, or from a leader of the table's partition that
 * was deposed: what follows from committed changes is the same, whoever sends it. The position is
 * changed by the very entry that makes the changes.
 */
final class IndexTarget {
    private final PartitionHost host;
    private final OwnCommands commands;
    private final KeyRange range;
    private final Map<GroupId, FeedPosition> positions = new TreeMap<>();
    private final Set<GroupId> inFlight = new TreeSet<>();

    IndexTarget(PartitionHost host, OwnCommands commands, KeyRange range) {
        this.host = host;
        this.commands = commands;
        this.range = range;
    }

    /** A new leader has read its rows. */
    void load(Map<GroupId, FeedPosition> found) {
        positions.clear();
        positions.putAll(found);
        inFlight.clear();
    }

    /**
     * @param answer given where the index is then, or nothing where the piece could not be taken
     */
    void take(TakeChanges piece, Consumer<Optional<FeedPosition>> answer) {
        GroupId source = piece.source();
        FeedPosition present = positions.getOrDefault(source, FeedPosition.START);
        if (inFlight.contains(source)) {
            answer.accept(Optional.empty());
            return;
        }
        if (piece.command().size() == 0 || !piece.from().equals(present)) {
            answer.accept(Optional.of(present));
            return;
        }
        byte[] command = piece.command().unsafeArray();
        FeedPosition reached;
        try {
            reached = check(source, command);
        } catch (MalformedEncodingException e) {
            host.evaluationFailed(e); // Not to be put in a log, where it would stop all replicas.
            answer.accept(Optional.empty());
            return;
        }
        boolean taken =
                commands.propose(
                        command,
                        new OwnCommands.Outcome() {
                            @Override
                            public void applied() {
                                inFlight.remove(source);
                                positions.put(source, reached);
                                answer.accept(Optional.of(reached));
                            }

                            @Override
                            public void lost() {
                                answer.accept(Optional.empty());
                            }
                        });
        if (taken) {
            inFlight.add(source);
        } else {
            answer.accept(Optional.empty());
        }
    }

    private FeedPosition check(GroupId source, byte[] command) {
        if (command.length > CommandCodec.COMMAND_BYTES_MAX
                || !(CommandCodec.decode(command) instanceof Command.IndexChanges changes)
                || !changes.source().equals(source)) {
            throw new MalformedEncodingException("not changes of an index from " + source);
        }
        for (Change change : changes.changes()) {
            if (!range.contains(change.key())) {
                throw new MalformedEncodingException("a change of another partition of the index");
            }
        }
        return changes.position();
    }
}
