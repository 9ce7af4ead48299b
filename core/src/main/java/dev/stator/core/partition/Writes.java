package dev.stator.core.partition;

import dev.stator.core.format.Command;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.Command.CollectionEffect;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.PartitionHost.Caller;
import dev.stator.core.wire.PartitionRequest.Finish;
import dev.stator.core.wire.PartitionRequest.OnItem;
import dev.stator.core.wire.PartitionRequest.Prepare;
import dev.stator.core.wire.PartitionRequest.Write;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.Finished;
import dev.stator.core.wire.PartitionResponse.Indeterminate;
import dev.stator.core.wire.PartitionResponse.Served;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.Bytes;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Invariants;
import dev.stator.replication.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes under way at the leader of a partition.
 *
 * <p>A write is evaluated on the newest image of its item: that of the newest write to the key
 * which is proposed and not yet applied, else the committed one. While an item is read from the
 * store, later writes to its key wait; so no two of them are ever evaluated on the same image and
 * both proposed. The log keeps the order of proposals, and a leader's entry is taken only on top of
 * the leader's own prefix; so every entry was evaluated on exactly the log below it.
 *
 * <p>Where the table has local secondary indexes, a write is evaluated on the size of its item
 * collection as well, see {@link CollectionSizes}.
 *
 * <p>What transactions prepare and finish is evaluated in the same order, see {@link
 * PreparedItems}. To prepare a change leaves the image as it is; to finish it is a write like
 * others, whose result is known already.
 *
 * <p>Answers leave in the order of the log: that of a change when it is committed; that of a write
 * which changes nothing (a failed condition, a refusal, a delete of what is not there) when the
 * change is committed that made the image it was evaluated on. Where the store falls behind, what
 * is committed and not applied counts against the bounds of what may be pending.
 */
final class Writes {
    private static final Indeterminate INDETERMINATE = new Indeterminate();
    private static final Finished FINISHED = new Finished();
    private static final long MICROS_PER_MILLI = 1_000;

    private final PartitionHost host;
    private final Serving serving;
    private final CommittedItems items;
    private final IndexSource indexes;
    private final LocalIndexes local;
    private final CollectionSizes collections;
    private final PreparedItems prepared = new PreparedItems();
    private final long tableId;

    private final SequencedMap<PlacementKey, KeyQueue> keys = new LinkedHashMap<>();
    private final ArrayDeque<PendingWrite> proposed = new ArrayDeque<>();

    /**
     * Committed and answered, but not yet in the store. All of them are below those in {@link
     * #proposed}.
     */
    private final ArrayDeque<PendingWrite> committed = new ArrayDeque<>();

    private long lastProposedLsn;
    private long pendingBytes;

    /** Writes that wait for an item, and answers that depend on a pending write. */
    private int waitingCount;

    /** The highest timestamp of a delete that is proposed or known to be applied. */
    private long maxDeleteMicros;

    Writes(
            PartitionHost host,
            Serving serving,
            CommittedItems items,
            IndexSource indexes,
            ReplicaDescriptor partition) {
        this.host = host;
        this.serving = serving;
        this.items = items;
        this.indexes = indexes;
        this.local = indexes.local();
        this.collections = new CollectionSizes(local, items, host);
        this.tableId = partition.tableId();
    }

    /** This replica has read its group's rows. */
    void beginOffice(List<Command.Prepared> found) {
        prepared.load(found, host.wallClockMillis());
    }

    /** What is said to a read of a transaction; null where nothing stands against it. */
    @Nullable PartitionResponse conflictOfRead(PlacementKey key) {
        return prepared.conflictOfRead(key, host.wallClockMillis());
    }

    /** Takes a request for a key of this partition, where this replica serves. */
    void submit(Caller caller, OnItem request) {
        KeyQueue queue = keys.get(request.key());
        if (queue != null && !queue.reading()) {
            evaluate(queue, caller, request);
            return;
        }
        boolean full =
                waitingCount >= Bounds.WAITING_WRITES_MAX
                        || (queue != null
                                && queue.waitingCount() >= Bounds.WAITING_WRITES_PER_KEY_MAX);
        if (full) {
            host.answer(caller, Refusals.TOO_MANY_WAITING);
            return;
        }
        waitingCount++;
        if (queue != null) {
            queue.await(caller, request);
            return;
        }
        KeyQueue opened = new KeyQueue(request.key());
        keys.put(request.key(), opened);
        opened.await(caller, request);
        if (local.exist()) {
            collections.join(opened, this::readItem, this::itemDamaged);
        } else {
            readItem(opened);
        }
    }

    private void readItem(KeyQueue queue) {
        items.read(
                StoreKey.of(tableId, queue.key()),
                value -> itemRead(queue, value),
                () -> itemDamaged(queue));
    }

    /** Nothing is under way for the key any more. */
    private void close(KeyQueue queue) {
        keys.remove(queue.key());
        CollectionSizes.Collection collection = queue.collection();
        if (collection != null) {
            collections.leave(collection);
        }
    }

    private void itemRead(KeyQueue queue, byte @Nullable [] value) {
        if (queue.abandoned()) {
            return;
        }
        try {
            queue.read(value == null ? null : StoredItem.parse(value));
        } catch (MalformedEncodingException e) {
            reportCorrupt(queue, e);
            itemDamaged(queue);
            return;
        }
        KeyQueue.Waiting next = queue.nextWaiting();
        while (next != null) {
            waitingCount--;
            evaluate(queue, next.caller(), next.request());
            next = queue.nextWaiting();
        }
        if (queue.newest() == null) {
            close(queue);
        }
    }

    private void itemDamaged(KeyQueue queue) {
        if (!queue.abandoned()) {
            answerWaiting(queue, Refusals.DAMAGED);
            close(queue);
        }
    }

    private void evaluate(KeyQueue queue, Caller caller, OnItem request) {
        PartitionResponse refusal = serving.refusal();
        if (refusal != null) {
            host.answer(caller, refusal);
            return;
        }
        try {
            switch (request) {
                case Write write -> write(queue, caller, write);
                case Prepare prepare -> prepare(queue, caller, prepare);
                case Finish finish -> finish(queue, caller, finish);
            }
        } catch (MalformedEncodingException e) {
            reportCorrupt(queue, e); // What was before may be looked into on account of an index.
            host.answer(caller, Refusals.DAMAGED);
        }
    }

    private void write(KeyQueue queue, Caller caller, Write write) {
        Served conflict = prepared.conflictOfWrite(queue.key(), host.wallClockMillis());
        if (conflict != null) {
            answerUnchanged(queue, caller, conflict);
            return;
        }
        switch (evaluated(caller, () -> Evaluated.evaluate(write, queue.image()))) {
            case Evaluated.Unchanged(Served answer) -> answerUnchanged(queue, caller, answer);
            case Evaluated.Changed changed -> propose(queue, caller, changed);
            case null -> {}
        }
    }

    /** Null where the caller was told already that it cannot be evaluated. */
    private @Nullable Evaluated evaluated(Caller caller, Supplier<Evaluated> evaluation) {
        try {
            return evaluation.get();
        } catch (MalformedEncodingException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            host.evaluationFailed(e); // It has touched nothing: one request fails, not the replica.
            host.answer(caller, Refusals.EVALUATION_FAILED);
            return null;
        }
    }

    private void prepare(KeyQueue queue, Caller caller, Prepare prepare) {
        Served refusal =
                prepared.refusal(prepare, queue.image(), maxDeleteMicros, host.wallClockMillis());
        if (refusal != null) {
            answerUnchanged(queue, caller, refusal);
            return;
        }
        switch (evaluated(caller, () -> Evaluated.evaluate(prepare, queue.image()))) {
            case Evaluated.Unchanged(Written answer) ->
                    proposePrepared(queue, caller, prepare, null, answer);
            case Evaluated.Unchanged(Served answer) -> answerUnchanged(queue, caller, answer);
            case Evaluated.Changed changed ->
                    proposePrepared(queue, caller, prepare, changed, changed.answer());
            case null -> {}
        }
    }

    /**
     * @param changed null where the item stays as it is
     */
    private void proposePrepared(
            KeyQueue queue,
            Caller caller,
            Prepare prepare,
            Evaluated.@Nullable Changed changed,
            Written answer) {
        if (prepared.full()) {
            host.answer(caller, Refusals.TOO_MANY_PREPARED);
            return;
        }
        Optional<Change> change = Optional.empty();
        Written told = answer;
        if (changed != null) {
            StoredItem image = image(changed, prepare.mark().timestampMicros());
            Optional<CollectionEffect> effect = effect(queue, image);
            if (effect.isPresent()) {
                if (isTooLarge(queue, effect.get())) {
                    answerUnchanged(queue, caller, Evaluated.collectionTooLarge(queue.image()));
                    return;
                }
                told = answer.inCollectionOf(effect.get().collectionBytes());
            }
            change = Optional.of(change(queue, image, prepare.mark().timestampMicros()));
        }
        byte[] command =
                CommandCodec.encode(new Command.Prepared(queue.key(), prepare.mark(), change));
        if (command.length > Bounds.PREPARE_BYTES_MAX) {
            answerUnchanged(queue, caller, Evaluated.tooLargeToStore(queue.image()));
            return;
        }
        if (propose(queue, caller, command, told) != null) {
            prepared.proposed(prepare, change, host.wallClockMillis());
        }
    }

    private void finish(KeyQueue queue, Caller caller, Finish finish) {
        PreparedItems.Held held = prepared.unfinished(queue.key());
        if (held == null || !held.mark().id().equals(finish.transaction())) {
            answerUnchanged(queue, caller, FINISHED);
        } else if (finish.commit()) {
            commit(queue, caller, held);
        } else {
            byte[] command =
                    CommandCodec.encode(
                            new Command.TransactionFinished(
                                    queue.key(), finish.transaction(), Optional.empty(), 0));
            PendingWrite write = propose(queue, caller, command, FINISHED);
            if (write != null) {
                prepared.finishProposed(held, write.lsn());
            }
        }
    }

    /** Makes the change that is prepared. What was only checked gets the timestamp as well. */
    private void commit(KeyQueue queue, Caller caller, PreparedItems.Held held) {
        StoredItem before = queue.image();
        long timestamp = held.mark().timestampMicros();
        Invariants.check(
                before == null || before.timestampMicros() < timestamp,
                "an item changed while a transaction had prepared it",
                queue.key(),
                held.mark());
        StoredItem image = imageOf(held, before);
        boolean nothingThere = before == null && image == null;
        Optional<CollectionEffect> effect = nothingThere ? Optional.empty() : effect(queue, image);
        Optional<Bytes> change = Optional.empty();
        if (!nothingThere) {
            Change made = change(queue, image, timestamp);
            change = Optional.of(Bytes.wrap(indexes.command(made, before, image, effect)));
        }
        byte[] command =
                CommandCodec.encode(
                        new Command.TransactionFinished(
                                queue.key(),
                                held.mark().id(),
                                change,
                                nothingThere ? timestamp : 0));
        PendingWrite write = propose(queue, caller, command, FINISHED);
        if (write != null) {
            prepared.finishProposed(held, write.lsn());
            changed(queue, write, image, effect);
            if (image == null) {
                deleted(timestamp);
            }
        }
    }

    private static @Nullable StoredItem imageOf(
            PreparedItems.Held held, @Nullable StoredItem before) {
        if (held.change().isPresent()) {
            return held.change().get() instanceof Change.Put put ? put.item() : null;
        }
        return before == null
                ? null
                : StoredItem.of(before.item(), held.mark().timestampMicros(), before.sizeBytes());
    }

    private void reportCorrupt(KeyQueue queue, MalformedEncodingException problem) {
        host.corrupt(StoreKey.of(tableId, queue.key()), String.valueOf(problem.getMessage()));
    }

    private void answerUnchanged(KeyQueue queue, Caller caller, Served unchanged) {
        CollectionSizes.Collection collection = queue.collection();
        Served answer =
                collection != null && unchanged instanceof Written written
                        ? written.inCollectionOf(collection.bytes())
                        : unchanged;
        PendingWrite basis = collection == null ? queue.newest() : collection.newest();
        if (basis == null || basis.committed()) {
            host.answer(caller, answer);
        } else if (waitingCount >= Bounds.WAITING_WRITES_MAX) {
            host.answer(caller, Refusals.TOO_MANY_WAITING);
        } else {
            waitingCount++;
            basis.addDependent(caller, answer);
        }
    }

    private void propose(KeyQueue queue, Caller caller, Evaluated.Changed changed) {
        long timestamp = nextTimestamp(queue.image());
        StoredItem image = image(changed, timestamp);
        Optional<CollectionEffect> effect = effect(queue, image);
        if (effect.isPresent() && isTooLarge(queue, effect.get())) {
            answerUnchanged(queue, caller, Evaluated.collectionTooLarge(queue.image()));
            return;
        }
        byte[] command =
                indexes.command(change(queue, image, timestamp), queue.image(), image, effect);
        if (command.length > CommandCodec.COMMAND_BYTES_MAX) {
            answerUnchanged(queue, caller, Evaluated.tooLargeToStore(queue.image()));
            return;
        }
        Written answer = changed.answer();
        PendingWrite write =
                propose(
                        queue,
                        caller,
                        command,
                        effect.map(then -> answer.inCollectionOf(then.collectionBytes()))
                                .orElse(answer));
        if (write != null) {
            changed(queue, write, image, effect);
            if (image == null) {
                deleted(timestamp);
            }
        }
    }

    private static @Nullable StoredItem image(Evaluated.Changed changed, long timestampMicros) {
        return changed.after() == null
                ? null
                : StoredItem.of(changed.after(), timestampMicros, changed.afterSizeBytes());
    }

    private static Change change(KeyQueue queue, @Nullable StoredItem image, long timestampMicros) {
        return image == null
                ? new Change.Delete(queue.key(), timestampMicros)
                : new Change.Put(queue.key(), image);
    }

    /**
     * Proposes a command of a key, with the answer once it is committed. The image is not changed.
     *
     * @return null where the log does not take it; the caller was told then
     */
    private @Nullable PendingWrite propose(
            KeyQueue queue, Caller caller, byte[] command, Served answer) {
        boolean full =
                proposed.size() + committed.size() >= Bounds.PENDING_WRITES_MAX
                        || pendingBytes >= Bounds.PENDING_BYTES_MAX;
        if (full) {
            host.answer(caller, Refusals.TOO_MANY_PENDING);
            return null;
        }
        OptionalLong lsn = host.propose(command);
        if (lsn.isEmpty()) {
            host.answer(caller, Refusals.NOT_PROPOSED);
            return null;
        }
        PendingWrite write = new PendingWrite(lsn.getAsLong(), queue, command, caller, answer);
        add(write);
        queue.proposed(write, queue.image());
        CollectionSizes.Collection collection = queue.collection();
        if (collection != null) {
            collection.proposed(write, collection.bytes());
        }
        return write;
    }

    /** The command that was proposed changes the item, and its collection with it. */
    private static void changed(
            KeyQueue queue,
            PendingWrite write,
            @Nullable StoredItem image,
            Optional<CollectionEffect> effect) {
        queue.changed(image);
        CollectionSizes.Collection collection = queue.collection();
        if (collection != null && effect.isPresent()) {
            collection.proposed(write, effect.get().collectionBytes());
        }
    }

    /** What a change does to local indexes; empty where the table has none. */
    private Optional<CollectionEffect> effect(KeyQueue queue, @Nullable StoredItem after) {
        CollectionSizes.Collection collection = queue.collection();
        return collection == null
                ? Optional.empty()
                : Optional.of(local.effect(queue.image(), after, collection.bytes()));
    }

    /** Whether a change lets a collection grow beyond what is allowed; shrinking always is. */
    private boolean isTooLarge(KeyQueue queue, CollectionEffect effect) {
        CollectionSizes.Collection collection = queue.collection();
        return collection != null
                && effect.collectionBytes() > collection.bytes()
                && effect.collectionBytes() > host.collectionBytesMax();
    }

    private void add(PendingWrite write) {
        Invariants.check(
                write.lsn() > lastProposedLsn && write.lsn() > serving.ballotStartLsn(),
                "the log does not go forward",
                write.lsn(),
                lastProposedLsn);
        lastProposedLsn = write.lsn();
        proposed.add(write);
        pendingBytes += write.command().length;
    }

    /** Later than the item's, and than that of every item that is no more. */
    private long nextTimestamp(@Nullable StoredItem before) {
        long now = host.wallClockMillis() * MICROS_PER_MILLI;
        long afterDeletes = Math.max(now, maxDeleteMicros + 1);
        return before == null ? afterDeletes : Math.max(afterDeletes, before.timestampMicros() + 1);
    }

    /** The last write of this ballot; zero where there was none. */
    long lastProposedLsn() {
        return lastProposedLsn;
    }

    /** An item was deleted at this time, by this leader or an earlier one. */
    void deleted(long timestampMicros) {
        maxDeleteMicros = Math.max(maxDeleteMicros, timestampMicros);
    }

    /** An entry of the log is committed, and goes to the store: what it answers can leave. */
    void committed(LogEntry entry) {
        PendingWrite next = proposed.peek();
        if (next == null || entry.lsn() < next.lsn()) {
            Invariants.check(
                    entry.kind() != LogEntry.Kind.COMMAND
                            || entry.lsn() <= serving.ballotStartLsn(),
                    "a command in the leader's ballot that it did not propose",
                    entry,
                    serving.ballotStartLsn());
            return;
        }
        Invariants.check(
                entry.lsn() == next.lsn() && Arrays.equals(entry.payload(), next.command()),
                "another command is committed than was proposed",
                entry,
                next.lsn());
        committed.add(proposed.remove());
        prepared.committed(next.key().key(), next.lsn());
        answer(next);
    }

    /** The store holds everything up to this LSN. */
    void applied(long lsn) {
        PendingWrite write = committed.peek();
        while (write != null && write.lsn() <= lsn) {
            committed.remove();
            if (write.key().newest() == write) {
                close(write.key());
            }
            pendingBytes -= write.command().length;
            write = committed.peek();
        }
    }

    private void answer(PendingWrite write) {
        List<PendingWrite.Answer> dependents = write.dependents();
        waitingCount -= dependents.size();
        answer(write.answer());
        for (int i = 0; i < dependents.size(); i++) {
            answer(dependents.get(i));
        }
        write.commit();
    }

    private void answer(PendingWrite.Answer answer) {
        host.answer(answer.caller(), answer.response());
    }

    /**
     * This replica leads no more. The outcome of what is only proposed is unknown; of the rest
     * nothing was done. The memory of deletes goes back to what is committed.
     */
    void abandon(long committedMaxDeleteMicros) {
        List<KeyQueue> queues = new ArrayList<>(keys.values());
        keys.clear();
        prepared.abandon();
        collections.abandon();
        committed.clear();
        for (PendingWrite write : proposed) {
            List<PendingWrite.Answer> dependents = write.dependents();
            waitingCount -= dependents.size();
            host.answer(write.answer().caller(), INDETERMINATE);
            for (PendingWrite.Answer dependent : dependents) {
                host.answer(dependent.caller(), Refusals.LEADERSHIP_LOST);
            }
        }
        proposed.clear();
        pendingBytes = 0;
        lastProposedLsn = 0; // The next leader may give these LSNs away once more.
        for (KeyQueue queue : queues) {
            queue.abandon();
            answerWaiting(queue, Refusals.LEADERSHIP_LOST);
        }
        Invariants.check(waitingCount == 0, "a waiting caller was forgotten", waitingCount, 0);
        maxDeleteMicros = committedMaxDeleteMicros;
    }

    private void answerWaiting(KeyQueue queue, PartitionResponse response) {
        KeyQueue.Waiting next = queue.nextWaiting();
        while (next != null) {
            waitingCount--;
            host.answer(next.caller(), response);
            next = queue.nextWaiting();
        }
    }
}
