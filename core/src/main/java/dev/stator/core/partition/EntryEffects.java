package dev.stator.core.partition;

import dev.stator.core.format.ChangeRecord;
import dev.stator.core.format.Command;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.PartitionState.Records;
import dev.stator.core.format.SealedRow;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.store.RangeDelete;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import dev.stator.replication.Invariants;
import dev.stator.replication.LogEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What an entry of the log does to the store and to the state of its partition. It follows from the
 * entry and the state alone, so that it is the same at every replica.
 *
 * @param items changes of what is read one by one: items, and sizes of item collections
 * @param rows changes of all else: entries of local indexes, and what the group keeps for itself
 * @param maxDeleteMicros the latest timestamp of a delete in the entry; zero where there is none
 */
record EntryEffects(
        List<StoreWrite> items,
        List<StoreWrite> rows,
        List<RangeDelete> rangeDeletes,
        long maxDeleteMicros,
        Records records) {

    /**
     * @throws UnappliableEntryException if this replica does not know the command
     */
    static EntryEffects of(
            LogEntry entry, ReplicaDescriptor partition, LocalIndexes local, Records before) {
        if (entry.kind() != LogEntry.Kind.COMMAND) {
            return new EntryEffects(List.of(), List.of(), List.of(), 0, before);
        }
        return of(new Entry(entry.lsn(), entry.payload()), partition, local, before);
    }

    /** A command, and the entry that holds it. */
    private record Entry(long lsn, byte[] payload) {}

    private static EntryEffects of(
            Entry entry, ReplicaDescriptor partition, LocalIndexes local, Records before) {
        GroupId group = partition.group();
        byte[] payload = entry.payload();
        return switch (decode(entry)) {
            case Command.Changes(List<Change> changes) -> {
                List<StoreWrite> items = writes(partition, changes);
                yield new EntryEffects(items, List.of(), List.of(), maxDeleteOf(changes), before);
            }
            case Command.RecordedChanges(List<Change> changes, var _) -> {
                Records after = before.plus(payload.length);
                List<StoreWrite> row = List.of(record(group, entry, after));
                List<StoreWrite> items = writes(partition, changes);
                yield new EntryEffects(items, row, List.of(), maxDeleteOf(changes), after);
            }
            case Command.CollectionChanges command -> {
                List<Change> changes = command.changes().changes();
                Records after = command.recorded() ? before.plus(payload.length) : before;
                List<StoreWrite> items = new ArrayList<>(writes(partition, changes));
                items.addAll(local.sizes(command));
                List<StoreWrite> rows = new ArrayList<>(local.entries(command));
                if (command.recorded()) {
                    rows.add(record(group, entry, after));
                }
                yield new EntryEffects(items, rows, List.of(), maxDeleteOf(changes), after);
            }
            case Command.Prepared prepared -> {
                StoreWrite row =
                        new StoreWrite.Put(
                                StoreKey.prepared(group, prepared.key()), SealedRow.of(payload));
                yield ofRow(List.of(), row, before);
            }
            case Command.TransactionFinished finished -> {
                StoreWrite row = new StoreWrite.Delete(StoreKey.prepared(group, finished.key()));
                EntryEffects change =
                        finished.change().isEmpty()
                                ? new EntryEffects(List.of(), List.of(), List.of(), 0, before)
                                : of(
                                        new Entry(entry.lsn(), finished.change().get().toArray()),
                                        partition,
                                        local,
                                        before);
                yield change.and(row, finished.unchangedAtMicros());
            }
            case Command.IndexesDefined _ -> {
                StoreWrite row = new StoreWrite.Put(StoreKey.catalog(group), SealedRow.of(payload));
                yield ofRow(List.of(), row, before);
            }
            case Command.RecordsTrimmed(long upToLsn, long upToBytes) -> {
                var gone = StoreKey.changes(group, before.trimmedLsn(), upToLsn);
                Records after = before.trimmed(upToLsn, upToBytes);
                yield new EntryEffects(
                        List.of(), List.of(), List.of(new RangeDelete(gone)), 0, after);
            }
            case Command.IndexChanges(var source, var position, var changes) -> {
                StoreWrite row =
                        new StoreWrite.Put(
                                StoreKey.position(group, source), SealedRow.of(position));
                yield ofRow(writes(partition, changes), row, before);
            }
        };
    }

    private EntryEffects and(StoreWrite row, long deletedMicros) {
        List<StoreWrite> all = new ArrayList<>(rows);
        all.add(row);
        return new EntryEffects(
                items, all, rangeDeletes, Math.max(maxDeleteMicros, deletedMicros), records);
    }

    private static StoreWrite record(GroupId group, Entry entry, Records after) {
        return new StoreWrite.Put(
                StoreKey.change(group, entry.lsn()),
                ChangeRecord.row(after.recordedBytes(), entry.payload()));
    }

    private static EntryEffects ofRow(List<StoreWrite> items, StoreWrite row, Records before) {
        return new EntryEffects(items, List.of(row), List.of(), 0, before.withOwnRows());
    }

    /** All that is written. */
    List<StoreWrite> writes() {
        if (rows.isEmpty()) {
            return items;
        }
        List<StoreWrite> all = new ArrayList<>(items);
        all.addAll(rows);
        return all;
    }

    private static Command decode(Entry entry) {
        try {
            return CommandCodec.decode(entry.payload());
        } catch (MalformedEncodingException e) {
            throw new UnappliableEntryException(entry.lsn(), String.valueOf(e.getMessage()), e);
        }
    }

    private static long maxDeleteOf(List<Change> changes) {
        long max = 0;
        for (Change change : changes) {
            if (change instanceof Change.Delete delete) {
                max = Math.max(max, delete.timestampMicros());
            }
        }
        return max;
    }

    private static List<StoreWrite> writes(ReplicaDescriptor partition, List<Change> changes) {
        if (changes.size() == 1) {
            return List.of(write(partition, changes.getFirst()));
        }
        List<StoreWrite> writes = new ArrayList<>(changes.size());
        for (Change change : changes) {
            writes.add(write(partition, change));
        }
        return writes;
    }

    private static StoreWrite write(ReplicaDescriptor partition, Change change) {
        Invariants.check(
                partition.range().contains(change.key()),
                "a change of another partition",
                change.key(),
                partition.range());
        byte[] key = StoreKey.of(partition.tableId(), change.key());
        return switch (change) {
            case Change.Put(PlacementKey ignored, StoredItem item) ->
                    new StoreWrite.Put(key, item.bytes());
            case Change.Delete ignored -> new StoreWrite.Delete(key);
        };
    }
}
