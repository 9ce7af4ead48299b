package dev.stator.core.operations;

import dev.stator.core.partition.ItemCache;
import dev.stator.core.partition.Partition;
import dev.stator.core.partition.PartitionHost;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.TableDescriptor;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A partition without other replicas, whose log commits at once and whose store is a map. */
final class LonePartition implements PartitionHost {
    private static final NodeId SELF = new NodeId(0, 1);
    private static final Ballot BALLOT = new Ballot(1, SELF);

    final KeyRange range;
    private final Partition partition;
    private final NavigableMap<byte[], byte[]> store = new TreeMap<>(Arrays::compareUnsigned);
    private final Deque<Runnable> agenda = new ArrayDeque<>();
    private long lastLsn;
    private @Nullable PartitionResponse response;

    private record OnlyCaller() implements Caller {}

    LonePartition(TableDescriptor table, KeyRange range) {
        this.range = range;
        partition =
                new Partition(
                        new ReplicaDescriptor(
                                new GroupId(3),
                                table.id().value(),
                                range,
                                List.of(),
                                table.schema().local()),
                        this,
                        new ItemCache(0));
        LogEntry start = new LogEntry(++lastLsn, BALLOT, LogEntry.Kind.BALLOT_START, new byte[0]);
        partition.startLeading(start.lsn());
        apply(start);
    }

    PartitionResponse call(PartitionRequest request) {
        response = null;
        partition.handle(new OnlyCaller(), request);
        while (!agenda.isEmpty()) {
            agenda.removeFirst().run();
        }
        if (response == null) {
            throw new AssertionError("no answer to " + request);
        }
        return response;
    }

    private void apply(LogEntry entry) {
        StoreBatch batch = partition.apply(entry);
        for (StoreWrite write : batch.writes()) {
            switch (write) {
                case StoreWrite.Put(byte[] key, byte[] value) -> store.put(key, value);
                case StoreWrite.Delete(byte[] key) -> store.remove(key);
            }
        }
        partition.applied(entry.lsn());
    }

    @Override
    public OptionalLong propose(byte[] command) {
        LogEntry entry = new LogEntry(++lastLsn, BALLOT, LogEntry.Kind.COMMAND, command);
        agenda.add(() -> apply(entry));
        return OptionalLong.of(entry.lsn());
    }

    @Override
    public boolean serves() {
        return true;
    }

    @Override
    public boolean servesEventually() {
        return true;
    }

    @Override
    public Optional<NodeId> leader() {
        return Optional.of(SELF);
    }

    @Override
    public void read(byte[] key, Consumer<byte @Nullable []> then, Runnable damaged) {
        agenda.add(() -> then.accept(store.get(key)));
    }

    @Override
    public void scan(
            byte[] from, byte @Nullable [] to, boolean forward, Collector collector, ScanEnd end) {
        NavigableMap<byte[], byte[]> part =
                to == null ? store.tailMap(from, true) : store.subMap(from, true, to, false);
        agenda.add(() -> {
            for (Map.Entry<byte[], byte[]> entry :
                    (forward ? part : part.descendingMap()).entrySet()) {
                if (!collector.collect(entry.getKey(), entry.getValue())) {
                    break;
                }
            }
            end.done();
        });
    }

    @Override
    public long collectionBytesMax() {
        return FakeCluster.COLLECTION_BYTES_MAX;
    }

    @Override
    public long wallClockMillis() {
        return FakeCluster.NOW_MILLIS;
    }

    @Override
    public void answer(Caller caller, PartitionResponse answer) {
        response = answer;
    }

    @Override
    public void corrupt(byte[] key, String detail) {
        throw new AssertionError(detail);
    }

    @Override
    public void evaluationFailed(Throwable cause) {
        throw new AssertionError(cause);
    }
}
