package dev.stator.core.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A host that lets nothing happen by itself: what the partition asks for waits until the test
 * completes it, in whatever order. Its store is a sorted map.
 */
final class ScriptedHost implements PartitionHost {
    /** Takes commands, gives LSNs. */
    Function<byte[], OptionalLong> log = command -> OptionalLong.empty();

    boolean serves;
    boolean servesEventually = true;
    Optional<NodeId> leader = Optional.empty();
    long wallClockMillis = 1_000;
    long collectionBytesMax = Long.MAX_VALUE;

    /** Whether a read sees the store as it is at the call, or else as it is at its completion. */
    boolean viewsAtCall;

    final NavigableMap<byte[], byte[]> store = new TreeMap<>(Arrays::compareUnsigned);
    byte[] state = {};
    long storedLsn;
    final List<Read> reads = new ArrayList<>();
    final List<Scan> scans = new ArrayList<>();
    final Map<TestCaller, PartitionResponse> answers = new LinkedHashMap<>();
    final List<String> corruptions = new ArrayList<>();
    int evaluationsFailed;

    /** Told of each answer. */
    Consumer<TestCaller> answered = caller -> {};

    record TestCaller(int id) implements Caller {}

    /** A read that waits, and what it saw if it has looked already. */
    record Read(
            byte[] key,
            Consumer<byte @Nullable []> then,
            Runnable damaged,
            boolean looked,
            Optional<byte[]> seen) {}

    /** A range that is being read, one value with each step. */
    final class Scan {
        private final NavigableMap<byte[], byte[]> range;
        private final Collector collector;
        private final ScanEnd end;
        private byte @Nullable [] last;

        Scan(NavigableMap<byte[], byte[]> range, Collector collector, ScanEnd end) {
            this.range = range;
            this.collector = collector;
            this.end = end;
        }

        /** Fetches one value; where there is no more, or no more is wanted, the scan ends. */
        void step() {
            Map.Entry<byte[], byte[]> next =
                    last == null ? range.firstEntry() : range.higherEntry(last);
            if (next != null && collector.collect(next.getKey(), next.getValue())) {
                last = next.getKey();
                return;
            }
            scans.remove(this);
            end.done();
        }

        /** Meets damage in place of the next value. */
        void fail() {
            scans.remove(this);
            end.damaged();
        }
    }

    @Override
    public OptionalLong propose(byte[] command) {
        return log.apply(command);
    }

    @Override
    public boolean serves() {
        return serves;
    }

    @Override
    public boolean servesEventually() {
        return servesEventually;
    }

    @Override
    public Optional<NodeId> leader() {
        return leader;
    }

    @Override
    public void read(byte[] key, Consumer<byte @Nullable []> then, Runnable damaged) {
        reads.add(new Read(key, then, damaged, viewsAtCall, Optional.ofNullable(store.get(key))));
    }

    @Override
    public void scan(
            byte[] from, byte @Nullable [] to, boolean forward, Collector collector, ScanEnd end) {
        NavigableMap<byte[], byte[]> range =
                to == null ? store.tailMap(from, true) : store.subMap(from, true, to, false);
        scans.add(new Scan(forward ? range : range.descendingMap(), collector, end));
    }

    @Override
    public long collectionBytesMax() {
        return collectionBytesMax;
    }

    @Override
    public long wallClockMillis() {
        return wallClockMillis;
    }

    @Override
    public void answer(Caller caller, PartitionResponse response) {
        TestCaller testCaller = (TestCaller) caller;
        assertThat(answers.putIfAbsent(testCaller, response))
                .as("a second answer to %s, which is %s", caller, response)
                .isNull();
        answered.accept(testCaller);
    }

    @Override
    public void corrupt(byte[] key, String detail) {
        corruptions.add(detail);
    }

    @Override
    public void evaluationFailed(Throwable cause) {
        evaluationsFailed++;
    }

    /** Completes a read that waits. */
    void completeRead(int index) {
        Read read = reads.remove(index);
        read.then().accept(read.looked() ? read.seen().orElse(null) : store.get(read.key()));
    }

    void completeReads() {
        while (!reads.isEmpty()) {
            completeRead(0);
        }
    }

    void completeScans() {
        while (!scans.isEmpty()) {
            scans.getFirst().step();
        }
    }

    /** Takes a batch into the store. */
    void store(StoreBatch batch) {
        assertThat(batch.rangeDeletes()).isEmpty();
        assertThat(batch.appliedLsn()).isEqualTo(storedLsn + 1);
        for (StoreWrite write : batch.writes()) {
            switch (write) {
                case StoreWrite.Put(byte[] key, byte[] value) -> store.put(key, value);
                case StoreWrite.Delete(byte[] key) -> store.remove(key);
            }
        }
        storedLsn = batch.appliedLsn();
        state = batch.state();
    }
}
