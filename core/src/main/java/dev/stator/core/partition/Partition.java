package dev.stator.core.partition;

import dev.stator.core.format.Command;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.PartitionState;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.PartitionHost.Caller;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Ballot;
import dev.stator.replication.Invariants;
import dev.stator.replication.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A storage replica of one partition: evaluates requests where it leads, turns committed entries
 * into changes of the store, and reads. The system group's partition is one like any other.
 *
 * <pre>
 *               startLeading                     the ballot's first entry is applied
 *  FOLLOWING ─────────────────► LEADING, NOT READY ─────────────────► SERVING (while a lease is held)
 *      ▲                             │ stopLeading                        │ stopLeading
 *      └─────────────────────────────┴────────────────────────────────────┘
 * </pre>
 *
 * <p>In every state: {@link #apply} for each committed entry in the order of the log, each once,
 * and {@link #applied} when the store holds it; eventually consistent reads.
 *
 * <p><b>Why consistent answers are linearizable.</b>
 *
 * <ul>
 *   <li>Writes take effect in the order of the log, and each is evaluated on exactly the log below
 *       it (see {@link Writes}); so the answers fit one sequential history, the log's.
 *   <li>A write is answered only when it is committed, so whatever this leader has acknowledged is
 *       in what it reads: {@link CommittedItems} for single items, and the store, once it has
 *       applied what was committed at the call, for ranges. Whatever earlier leaders have
 *       acknowledged lies below its ballot's first entry, and it serves nothing before that is
 *       applied.
 *   <li>A read is let through at a moment at which this replica serves, and sees what is committed
 *       then or later. As it held the lease then, nobody else has acknowledged anything that it
 *       does not see. What it sees is committed, so no later read at any leader sees less. It may
 *       be answered after the lease ran out: what matters is the moment at which it was let
 *       through, which lies between call and answer.
 *   <li>A write that changes nothing is a read of the image on which it was evaluated, while this
 *       replica served. Where that image is not committed yet, the answer waits until it is.
 * </ul>
 *
 * <p>Single owner; pure. A violated invariant, as {@link Invariants.Violation}, means that this
 * replica must be stopped.
 */
public final class Partition {
    private final ReplicaDescriptor descriptor;
    private final PartitionHost host;
    private final Serving serving;
    private final CommittedItems items;
    private final Writes writes;
    private final Reads reads;

    /** The last entry that {@link #apply} was called with. */
    private long takenLsn;

    private PartitionState state;
    private byte[] encodedState;

    /**
     * @param cache of the shard
     * @param appliedLsn up to where the store holds the effects of the log; zero for none
     * @param state what {@link StoreBatch#state} was in the batch of that LSN; empty for none
     * @throws MalformedEncodingException if the state is damaged or of an unknown version
     */
    public Partition(
            ReplicaDescriptor descriptor,
            PartitionHost host,
            ItemCache cache,
            long appliedLsn,
            byte[] state) {
        this.descriptor = descriptor;
        this.host = host;
        this.serving = new Serving(host, appliedLsn);
        this.items = new CommittedItems(cache, host, appliedLsn);
        this.writes = new Writes(host, serving, items, descriptor.tableId());
        this.reads = new Reads(host, serving, items, descriptor.tableId());
        this.takenLsn = appliedLsn;
        this.state = PartitionState.decode(state);
        this.encodedState = this.state.encode();
        writes.deleted(this.state.maxDeleteMicros());
    }

    /** A replica that has applied nothing. */
    public Partition(ReplicaDescriptor descriptor, PartitionHost host, ItemCache cache) {
        this(descriptor, host, cache, 0, PartitionState.INITIAL.encode());
    }

    public ReplicaDescriptor descriptor() {
        return descriptor;
    }

    /** Up to where the store holds the effects of the log. */
    public long appliedLsn() {
        return serving.appliedLsn();
    }

    /** Takes a request; it is answered exactly once, now or later, through the host. */
    public void handle(Caller caller, PartitionRequest request) {
        switch (request) {
            case PartitionRequest.Write write -> {
                if (isHere(caller, write.key())) {
                    PartitionResponse refusal = serving.refusal();
                    if (refusal == null) {
                        writes.submit(caller, write);
                    } else {
                        host.answer(caller, refusal);
                    }
                }
            }
            case PartitionRequest.Get get -> {
                if (isHere(caller, get.key())) {
                    reads.get(caller, get);
                }
            }
            case PartitionRequest.Range range -> {
                KeyRange asked = range.range();
                Optional<KeyRange> part =
                        asked.isEmpty() ? Optional.of(asked) : descriptor.range().intersect(asked);
                if (part.isPresent()) {
                    reads.range(caller, range, part.get());
                } else {
                    host.answer(caller, Refusals.NOT_HERE);
                }
            }
        }
    }

    private boolean isHere(Caller caller, PlacementKey key) {
        boolean here = descriptor.range().contains(key);
        if (!here) {
            host.answer(caller, Refusals.NOT_HERE);
        }
        return here;
    }

    /**
     * This replica leads.
     *
     * @param ballotStartLsn the first entry of its ballot; nothing is evaluated or read before that
     *     is applied
     */
    public void startLeading(long ballotStartLsn) {
        serving.start(ballotStartLsn);
    }

    /**
     * This replica leads no more, or is to be closed. Every write that waits is answered. Reads
     * that were let through go on.
     */
    public void stopLeading() {
        if (serving.leading()) {
            serving.stop();
            writes.abandon(state.maxDeleteMicros());
        }
    }

    /**
     * The end of this object, to be called before its part of the store is removed or replaced, and
     * where the replica stops. Every write that waits is answered now, every read when the store
     * has come back to it; both that nothing was done, or that it is not known.
     */
    public void close() {
        stopLeading();
        reads.close();
        items.close();
    }

    /**
     * Takes the next committed entry. The store is to take the batch, after those of the entries
     * before it, and {@link #applied} to be called then.
     *
     * @throws UnappliableEntryException if this replica does not know how to; nothing was done
     */
    public StoreBatch apply(LogEntry entry) {
        Invariants.check(
                entry.lsn() == takenLsn + 1, "entries out of order", entry.lsn(), takenLsn);
        Ballot ballotBefore = state.appliedBallot();
        Invariants.check(
                entry.ballot().compareTo(ballotBefore) >= 0,
                "ballots never fall along a log",
                entry,
                ballotBefore);
        long maxDeleteBefore = state.maxDeleteMicros();
        long maxDelete = maxDeleteBefore;
        List<StoreWrite> storeWrites = List.of();
        if (entry.kind() == LogEntry.Kind.COMMAND) {
            List<Change> changes = changes(entry);
            maxDelete = Math.max(maxDelete, maxDeleteOf(changes));
            storeWrites = storeWrites(changes);
        }
        takenLsn = entry.lsn();
        if (maxDelete != maxDeleteBefore || !entry.ballot().equals(ballotBefore)) {
            state = new PartitionState(entry.ballot(), maxDelete);
            encodedState = state.encode();
            writes.deleted(maxDelete);
        }
        items.committed(entry.lsn(), storeWrites);
        if (serving.leading()) {
            writes.committed(entry);
        }
        return new StoreBatch(
                descriptor.group().value(), entry.lsn(), encodedState, storeWrites, List.of());
    }

    private List<Change> changes(LogEntry entry) {
        Command command;
        try {
            command = CommandCodec.decode(entry.payload());
        } catch (MalformedEncodingException e) {
            throw new UnappliableEntryException(entry.lsn(), String.valueOf(e.getMessage()), e);
        }
        return switch (command) {
            case Command.Changes(List<Change> changes) -> changes;
        };
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

    private List<StoreWrite> storeWrites(List<Change> changes) {
        if (changes.size() == 1) {
            return List.of(storeWrite(changes.getFirst()));
        }
        List<StoreWrite> storeWrites = new ArrayList<>(changes.size());
        for (Change change : changes) {
            storeWrites.add(storeWrite(change));
        }
        return storeWrites;
    }

    private StoreWrite storeWrite(Change change) {
        Invariants.check(
                descriptor.range().contains(change.key()),
                "a change of another partition",
                change.key(),
                descriptor.range());
        byte[] key = StoreKey.of(descriptor.tableId(), change.key());
        return switch (change) {
            case Change.Put(PlacementKey ignored, StoredItem item) ->
                    new StoreWrite.Put(key, item.bytes());
            case Change.Delete ignored -> new StoreWrite.Delete(key);
        };
    }

    /** The store holds everything up to this LSN; several entries may be reported at once. */
    public void applied(long lsn) {
        Invariants.check(
                lsn >= serving.appliedLsn() && lsn <= takenLsn,
                "applied what was not taken",
                lsn,
                takenLsn);
        serving.applied(lsn);
        items.applied(lsn);
        writes.applied(lsn);
        reads.applied(lsn);
    }
}
