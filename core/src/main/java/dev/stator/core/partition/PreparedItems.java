package dev.stator.core.partition;

import dev.stator.core.format.Command;
import dev.stator.core.format.StoredItem;
import dev.stator.core.wire.PartitionRequest.Prepare;
import dev.stator.core.wire.PartitionResponse.Conflict;
import dev.stator.core.wire.PartitionResponse.Served;
import dev.stator.core.wire.PartitionResponse.Untimely;
import dev.stator.core.wire.TransactionMark;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Invariants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The items that transactions have prepared, as the leader of a partition knows them (ATC'23,
 * section 3.3). Each is a row of the group's own, so that items are what they were until the
 * transaction is committed; a new leader reads the rows before it evaluates anything.
 *
 * <pre>
 *        prepare proposed             finish proposed               finish committed
 *  free ──────────────────► PREPARED ─────────────────► FINISHING ───────────────────► free
 *                                                           │ another prepare is proposed
 *                                                           └──────────────────────────► PREPARED
 * </pre>
 *
 * <ul>
 *   <li>PREPARED: writes of others are refused, and reads of transactions.
 *   <li>FINISHING: writes are evaluated on the image that the pending finish makes; reads of
 *       transactions are refused, since what they would see is not that image yet.
 * </ul>
 */
final class PreparedItems {
    private static final long MICROS_PER_MILLI = 1_000;

    private final SequencedMap<PlacementKey, Held> held = new LinkedHashMap<>();

    /** What a transaction has prepared. */
    static final class Held {
        private final TransactionMark mark;
        private final Optional<Command.Change> change;
        private final long sinceMillis;
        private long finishLsn;

        private Held(TransactionMark mark, Optional<Command.Change> change, long sinceMillis) {
            this.mark = mark;
            this.change = change;
            this.sinceMillis = sinceMillis;
        }

        TransactionMark mark() {
            return mark;
        }

        Optional<Command.Change> change() {
            return change;
        }

        boolean finishing() {
            return finishLsn != 0;
        }

        private Conflict conflict(long nowMillis) {
            return new Conflict(mark, nowMillis - sinceMillis >= Bounds.STALLED_MILLIS);
        }
    }

    /** A new leader has read its rows. */
    void load(List<Command.Prepared> found, long nowMillis) {
        held.clear();
        found.forEach(prepared ->
                held.put(prepared.key(), new Held(prepared.mark(), prepared.change(), nowMillis)));
    }

    /** Leadership was lost. */
    void abandon() {
        held.clear();
    }

    boolean full() {
        return held.size() >= Bounds.PREPARED_ITEMS_MAX;
    }

    /** What is said to a write of somebody else; null where nothing stands against it. */
    @Nullable Conflict conflictOfWrite(PlacementKey key, long nowMillis) {
        Held present = held.get(key);
        return present == null || present.finishing() ? null : present.conflict(nowMillis);
    }

    /** What is said to a read of a transaction; null where nothing stands against it. */
    @Nullable Conflict conflictOfRead(PlacementKey key, long nowMillis) {
        Held present = held.get(key);
        return present == null ? null : present.conflict(nowMillis);
    }

    /** What is prepared, where a finish of it is not under way yet. */
    @Nullable Held unfinished(PlacementKey key) {
        Held present = held.get(key);
        return present == null || present.finishing() ? null : present;
    }

    /**
     * Why nothing can be prepared; null where it can.
     *
     * @param image the item as it would be prepared on
     * @param maxDeleteMicros stands for the timestamp of an item that is not there
     */
    @Nullable Served refusal(
            Prepare prepare, @Nullable StoredItem image, long maxDeleteMicros, long nowMillis) {
        Conflict conflict = conflictOfWrite(prepare.key(), nowMillis);
        if (conflict != null) {
            return conflict;
        }
        long timestamp = prepare.mark().timestampMicros();
        long itemMicros = image == null ? maxDeleteMicros : image.timestampMicros();
        if (timestamp <= itemMicros) {
            return new Untimely(itemMicros);
        }
        long nowMicros = nowMillis * MICROS_PER_MILLI;
        boolean near =
                Math.abs(timestamp - nowMicros) <= Bounds.PREPARE_SKEW_MILLIS * MICROS_PER_MILLI;
        return near ? null : new Untimely(0);
    }

    void proposed(Prepare prepare, Optional<Command.Change> change, long nowMillis) {
        Held before = held.putLast(prepare.key(), new Held(prepare.mark(), change, nowMillis));
        Invariants.check(
                before == null || before.finishing(),
                "two transactions prepare one item",
                prepare.key(),
                prepare.mark());
    }

    void finishProposed(Held finished, long lsn) {
        Invariants.check(!finished.finishing(), "finished twice", finished.mark(), lsn);
        finished.finishLsn = lsn;
    }

    /** An entry that concerns the key is committed. */
    void committed(PlacementKey key, long lsn) {
        Held present = held.get(key);
        if (present != null && present.finishLsn == lsn) {
            held.remove(key);
        }
    }
}
