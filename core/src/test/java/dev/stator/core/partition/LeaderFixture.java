package dev.stator.core.partition;

import dev.stator.core.partition.ScriptedHost.TestCaller;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.key.KeyRange;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A partition that leads, on a log that commits and applies when it is told to. */
final class LeaderFixture {
    static final NodeId SELF = new NodeId(0, 1);
    static final long TABLE_ID = 7;

    final ScriptedHost host = new ScriptedHost();
    final List<LogEntry> log = new ArrayList<>();
    private final ReplicaDescriptor descriptor;
    Partition partition;
    private Ballot ballot = new Ballot(1, SELF);
    private int callers;

    LeaderFixture() {
        this(KeyRange.ALL);
    }

    LeaderFixture(KeyRange range) {
        this(descriptor(range));
    }

    LeaderFixture(ReplicaDescriptor descriptor) {
        this.descriptor = descriptor;
        partition = new Partition(descriptor, host, new ItemCache(0));
        host.log = this::propose;
        lead();
    }

    /** The replica after a restart of its node. */
    Partition over(ItemCache cache) {
        return new Partition(descriptor, host, cache, host.storedLsn, host.state);
    }

    static ReplicaDescriptor descriptor(KeyRange range) {
        return new ReplicaDescriptor(new GroupId(3), TABLE_ID, range, List.of());
    }

    private OptionalLong propose(byte[] command) {
        return OptionalLong.of(append(LogEntry.Kind.COMMAND, command).lsn());
    }

    LogEntry append(LogEntry.Kind kind, byte[] payload) {
        LogEntry entry = new LogEntry(log.size() + 1, ballot, kind, payload);
        log.add(entry);
        return entry;
    }

    /** Begins to lead in a new ballot, up to where it serves. */
    void lead() {
        ballot = ballot.next(SELF);
        LogEntry start = append(LogEntry.Kind.BALLOT_START, new byte[0]);
        partition.startLeading(start.lsn());
        host.serves = true;
        applyAll();
    }

    /** Asks, and lets nothing happen. */
    TestCaller send(PartitionRequest request) {
        TestCaller caller = new TestCaller(callers++);
        partition.handle(caller, request);
        return caller;
    }

    /** Asks, and lets everything happen. */
    PartitionResponse call(PartitionRequest request) {
        TestCaller caller = send(request);
        host.completeReads();
        host.completeScans();
        host.completeReads(); // Of items that a scan has found.
        applyAll();
        PartitionResponse response = answer(caller);
        if (response == null) {
            throw new AssertionError("no answer to " + request);
        }
        return response;
    }

    @Nullable PartitionResponse answer(TestCaller caller) {
        return host.answers.get(caller);
    }

    void applyAll() {
        while (host.storedLsn < log.size()) {
            applyNext();
        }
    }

    void applyNext() {
        host.store(partition.apply(log.get((int) host.storedLsn)));
        partition.applied(host.storedLsn);
    }
}
