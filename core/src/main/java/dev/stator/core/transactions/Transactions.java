package dev.stator.core.transactions;

import dev.stator.core.wire.PartitionResponse.Conflict;
import dev.stator.core.wire.TransactionId;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableId;
import java.util.function.Consumer;

/**
 * The transaction coordinator of one router (ATC'23, section 3): carries transactions through, and
 * ends those of others that have come to a standstill.
 *
 * <pre>
 * BEGIN    the ledger notes the transaction and its items
 * PREPARE  every item: its condition holds, its timestamp is below the transaction's, and no other
 *          transaction has prepared it; it is kept for this one from then on
 * DECIDE   the ledger notes COMMITTED, if all items are prepared and nobody has canceled it; or
 *          CANCELED
 * FINISH   every item is told: changes take place, with the transaction's timestamp; or are given up
 * ANSWER   the client, when every item was told
 * </pre>
 *
 * <p><b>Why it is serializable</b>, in the order of timestamps. A write of an item has a higher
 * timestamp than all before it, whoever makes it, and what is prepared keeps others away until it
 * has taken place; so the writes to each item are in the order of timestamps, and those of one
 * transaction have one timestamp. What a transaction has read in its conditions it also writes, if
 * only with a new timestamp. <b>Why it is atomic</b>: all or none of its items are told to commit,
 * as the ledger has decided once. What was prepared stays so, through changes of leaders, until it
 * is told.
 *
 * <p>Timestamps are of the router's clock and need not agree with other clocks: where they are
 * behind, the transaction is tried again with a later one.
 *
 * <p>Single owner: the router's thread. Pure.
 */
public final class Transactions {
    private static final long MICROS_PER_MILLI = 1_000;

    /**
     * Transactions under way, those included whose clients were told that it took too long. At the
     * bound: ServiceUnavailable.
     */
    private static final int OPEN_MAX = 4_096;

    private static final ApiError TOO_MANY =
            new ApiError.ServiceUnavailable(
                    "The server has too many transactions in flight. Nothing was done; try again.");

    private final TransactionPort port;
    private final TransactionLedger ledger;
    private final Recovery recovery;
    private final long idsHigh;
    private long idsLow;
    private long lastMicros;
    private int open;

    /**
     * @param seed of identifiers; another one in each router, and in each run of the process
     */
    public Transactions(TransactionPort port, long seed) {
        this.port = port;
        this.ledger = new TransactionLedger(port);
        this.recovery = new Recovery(port, ledger, seed);
        this.idsHigh = seed;
    }

    /** Writes several items, all of them or none. */
    public void write(WriteTransaction transaction, Consumer<WriteOutcome> then) {
        if (open >= OPEN_MAX) {
            then.accept(new WriteOutcome.Failed(TOO_MANY, true));
            return;
        }
        open++;
        new WriteCoordinator(
                        this,
                        transaction,
                        outcome -> {
                            open--;
                            then.accept(outcome);
                        })
                .begin();
    }

    /** Reads several items as they are at one moment. */
    public void read(ReadTransaction transaction, Consumer<ReadOutcome> then) {
        new ReadCoordinator(port, recovery, transaction, then).start();
    }

    /** Somebody met an item that a transaction has prepared. */
    public void met(TableId table, PlacementKey key, Conflict conflict) {
        if (conflict.stalled()) {
            recovery.resolve(new LedgerRecord.Participant(table, key), conflict.with());
        }
    }

    /** Time passed. */
    public void tick() {
        recovery.tick();
    }

    TransactionPort port() {
        return port;
    }

    TransactionLedger ledger() {
        return ledger;
    }

    Recovery recovery() {
        return recovery;
    }

    TransactionId newId() {
        return new TransactionId(idsHigh, ++idsLow);
    }

    /**
     * A timestamp for a transaction: the end of the present millisecond, so that what was written
     * in it is older; later than every one before.
     *
     * @param aboveMicros another one that it must exceed
     */
    long newTimestampMicros(long aboveMicros) {
        long now = port.wallMillis() * MICROS_PER_MILLI + MICROS_PER_MILLI - 1;
        lastMicros = Math.max(now, Math.max(lastMicros, aboveMicros) + 1);
        return lastMicros;
    }
}
