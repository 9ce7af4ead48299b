package dev.stator.benchmarks.micro;

import dev.stator.benchmarks.sample.SampleItem;
import dev.stator.core.format.Command;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.format.StoredItem;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import java.util.List;

/** What the log takes for one write of an item of 900 bytes. */
final class LogRecord {
    static final long GROUP = 7;
    private static final long TIMESTAMP_MICROS = 1_700_000_000_000_000L;
    private static final Ballot BALLOT = new Ballot(3, new NodeId(1, 2));

    private LogRecord() {}

    /** From the item as it was evaluated to the bytes. */
    static byte[] encode(PlacementKey key, Item item) {
        StoredItem stored = StoredItem.of(item, TIMESTAMP_MICROS, SampleItem.SIZE_BYTES);
        byte[] command =
                CommandCodec.encode(
                        new Command.Changes(List.of(new Command.Change.Put(key, stored))));
        LogEntry entry = new LogEntry(1_000_000, BALLOT, LogEntry.Kind.COMMAND, command);
        return ReplicaRecordCodec.encode(
                new ReplicaRecord.Progress(new GroupRecord.Appended(List.of(entry))));
    }

    static byte[] encode(int number) {
        return encode(
                PlacementKey.of(new AttributeValue.S(SampleItem.key(number))),
                SampleItem.of(number));
    }
}
