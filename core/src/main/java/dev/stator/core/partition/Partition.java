package dev.stator.core.partition;

import dev.stator.core.format.Command;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.IndexCatalog;
import dev.stator.core.format.PartitionState;
import dev.stator.core.format.StoreKey;
import dev.stator.core.partition.PartitionHost.Caller;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.IndexMessage.TakeChanges;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.Ballot;
import dev.stator.replication.Invariants;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A storage replica of one partition: evaluates requests where it leads, turns committed entries
 * into changes of the store, and reads. The system group's partition is one like any other.
 *
 * <pre>
 *               startLeading                     the ballot's first entry is applied (for writes
 *                                                also: the group's own rows are read)
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
    private final OwnCommands ownCommands;
    private final LocalIndexes local;
    private final IndexSource source;
    private final IndexTarget target;

    /** Whether this replica leads and has read what it must know for that. */
    private boolean inOffice;

    private boolean takingOffice;
    private boolean trimming;

    /** Counts the times that this replica came to lead. */
    private long term;

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
        this.ownCommands = new OwnCommands(host);
        this.local = new LocalIndexes(descriptor);
        this.source = new IndexSource(local);
        this.target = new IndexTarget(host, ownCommands, descriptor.range());
        this.writes = new Writes(host, serving, items, source, descriptor);
        this.reads = new Reads(host, serving, items, local, descriptor.tableId());
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
    public void handle(Caller caller, PartitionRequest asked) {
        switch (asked) {
            case PartitionRequest.OnItem request -> {
                if (isHere(caller, request.key())) {
                    PartitionResponse refusal = refusalOf(request);
                    if (refusal == null) {
                        writes.submit(caller, request);
                    } else {
                        host.answer(caller, refusal);
                    }
                }
            }
            case PartitionRequest.ReadVersion read -> {
                if (isHere(caller, read.key())) {
                    readVersion(caller, read);
                }
            }
            case PartitionRequest.Get get -> {
                if (isHere(caller, get.key())) {
                    reads.get(caller, get);
                }
            }
            case PartitionRequest.Range range -> {
                KeyRange wanted = range.range();
                Optional<KeyRange> part =
                        wanted.isEmpty()
                                ? Optional.of(wanted)
                                : descriptor.range().intersect(wanted);
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
        term++;
        takeOffice();
    }

    /**
     * This replica leads no more, or is to be closed. Every write that waits is answered. Reads
     * that were let through go on.
     */
    public void stopLeading() {
        if (serving.leading()) {
            serving.stop();
            term++;
            inOffice = false;
            takingOffice = false;
            trimming = false;
            writes.abandon(state.maxDeleteMicros());
            ownCommands.abandon();
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
        EntryEffects effects = EntryEffects.of(entry, descriptor, local, state.records());
        takenLsn = entry.lsn();
        long maxDelete = Math.max(state.maxDeleteMicros(), effects.maxDeleteMicros());
        if (maxDelete != state.maxDeleteMicros()
                || !entry.ballot().equals(ballotBefore)
                || !effects.records().equals(state.records())) {
            state = new PartitionState(entry.ballot(), maxDelete, effects.records());
            encodedState = state.encode();
            writes.deleted(maxDelete);
        }
        items.committed(entry.lsn(), effects.items());
        if (serving.leading() && !ownCommands.committed(entry)) {
            writes.committed(entry);
        }
        return new StoreBatch(
                descriptor.group().value(),
                entry.lsn(),
                encodedState,
                effects.writes(),
                effects.rangeDeletes());
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
        ownCommands.applied(lsn);
        takeOffice();
    }

    // ---- Global secondary indexes

    /**
     * Reads what a leader must know, once the first entry of its ballot is applied. Few groups have
     * anything to read.
     */
    private void takeOffice() {
        if (inOffice || takingOffice || !serving.ready()) {
            return;
        }
        if (!state.records().ownRows()) {
            beginOffice(new OfficeRows());
            return;
        }
        takingOffice = true;
        long ofTerm = term;
        OfficeRows rows = new OfficeRows();
        dev.stator.core.store.KeyRange range = StoreKey.officeRowsOf(descriptor.group());
        host.scan(
                range.from(),
                range.to(),
                true,
                rows,
                new PartitionHost.ScanEnd() {
                    @Override
                    public void done() {
                        if (ofTerm == term) {
                            takingOffice = false;
                            beginOffice(rows);
                        }
                    }

                    @Override
                    public void damaged() {} // The host takes this replica's content away.
                });
    }

    private void beginOffice(OfficeRows rows) {
        PageCollector.Corrupt corrupt = rows.corrupt();
        if (corrupt != null) {
            host.corrupt(corrupt.key(), corrupt.detail());
            return;
        }
        inOffice = true;
        source.load(rows.catalog());
        target.load(rows.positions());
        writes.beginOffice(rows.prepared());
    }

    private void readVersion(Caller caller, PartitionRequest.ReadVersion read) {
        PartitionResponse refusal = officeRefusal();
        if (refusal == null) {
            refusal = writes.conflictOfRead(read.key());
        }
        if (refusal == null) {
            reads.version(caller, read, () -> state.maxDeleteMicros());
        } else {
            host.answer(caller, refusal);
        }
    }

    /** Null where this replica serves and knows what a leader must know. */
    private @Nullable PartitionResponse officeRefusal() {
        PartitionResponse refusal = serving.refusal();
        if (refusal != null) {
            return refusal;
        }
        return inOffice ? null : Refusals.NO_LEASE;
    }

    /** Null where this replica may evaluate the request. What is prepared can always be ended. */
    private @Nullable PartitionResponse refusalOf(PartitionRequest.OnItem request) {
        PartitionResponse refusal = officeRefusal();
        if (refusal != null || request instanceof PartitionRequest.Finish) {
            return refusal;
        }
        return state.records().bytes() < Bounds.RECORD_BYTES_MAX
                ? null
                : Refusals.INDEXES_TOO_FAR_BEHIND;
    }

    /**
     * Takes over what indexes the table has.
     *
     * @param version of the table's record that says so
     * @param known called when the partition knows them, or a later version; not where it cannot
     *     take them now
     */
    public void defineIndexes(long version, TableSchema schema, Runnable known) {
        if (!inOffice || serving.refusal() != null || !source.settled()) {
            return;
        }
        if (source.knows(version)) {
            known.run();
            return;
        }
        long evaluatedLsn =
                Math.max(
                        serving.ballotStartLsn(),
                        Math.max(writes.lastProposedLsn(), ownCommands.lastLsn()));
        IndexCatalog next = source.next(version, schema, evaluatedLsn);
        boolean taken =
                ownCommands.propose(
                        CommandCodec.encode(new Command.IndexesDefined(next)),
                        new OwnCommands.Outcome() {
                            @Override
                            public void applied() {
                                source.applied();
                                known.run();
                            }

                            @Override
                            public void lost() {}
                        });
        if (taken) {
            source.proposed(next);
        }
    }

    /** The table's indexes, where this replica leads and knows them. */
    public Optional<IndexCatalog> indexCatalog() {
        return inOffice && serving.leading() ? source.catalog() : Optional.empty();
    }

    /** What there is of change records at the last entry taken. */
    public PartitionState.Records records() {
        return state.records();
    }

    /** Removes change records that all indexes have taken, if this replica leads. */
    public void trimRecords(long upToLsn, long upToBytes) {
        if (!inOffice || trimming || serving.refusal() != null) {
            return;
        }
        trimming =
                ownCommands.propose(
                        CommandCodec.encode(new Command.RecordsTrimmed(upToLsn, upToBytes)),
                        new OwnCommands.Outcome() {
                            @Override
                            public void applied() {
                                trimming = false;
                            }

                            @Override
                            public void lost() {}
                        });
    }

    /**
     * Takes what follows for this partition of an index from changes of its table.
     *
     * @param answer where the index is with the source then; nothing where it cannot be told or
     *     taken here and now
     */
    public void takeChanges(TakeChanges piece, Consumer<Optional<FeedPosition>> answer) {
        if (!inOffice || serving.refusal() != null) {
            answer.accept(Optional.empty());
        } else {
            target.take(piece, answer);
        }
    }

    /** The leader, as far as this replica knows. */
    public Optional<NodeId> leader() {
        return host.leader();
    }
}
