package dev.stator.core.transactions;

import dev.stator.core.transactions.LedgerRecord.Participant;
import dev.stator.core.transactions.LedgerRecord.State;
import dev.stator.core.transactions.TransactionLedger.Result;
import dev.stator.core.transactions.TransactionPort.Reply;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.TransactionId;
import dev.stator.core.wire.TransactionMark;
import dev.stator.model.Item;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends transactions whose coordinator does not (ATC'23, section 3.5): where somebody meets what
 * they have prepared, and where a walk over the ledger finds them.
 *
 * <p>The ledger decides. COMMITTED: the items are told to commit. BEGUN, for too long: CANCELED, by
 * the same conditional write by which the coordinator would commit, so that one of the two comes
 * too late. Nothing, another attempt, or CANCELED: what is prepared is given up. That nothing is
 * there can only be of a transaction that ended: the record is written before anything is prepared,
 * and removed after all items were told.
 */
final class Recovery {
    /** Transactions looked after at a time. At the bound those met later are met again. */
    private static final int OPEN_MAX = 256;

    /** Records of one step of the walk. */
    private static final int PAGE_RECORDS_MAX = 100;

    private static final int PAGE_BYTES_MAX = 1 << 20;

    /** From one step of the walk to the next, where nothing was to do. */
    private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * How long a record of a transaction that was given up is kept: by then no prepare of it is
     * taken any more, since its timestamp is too old.
     */
    private static final long CANCELED_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final TransactionPort port;
    private final TransactionLedger ledger;
    private final SequencedSet<TransactionId> open = new LinkedHashSet<>();
    private PlacementKey cursor;
    private boolean walking;
    private long nextStepNanos;
    private boolean begun;

    Recovery(TransactionPort port, TransactionLedger ledger, long seed) {
        this.port = port;
        this.ledger = ledger;
        this.cursor = PlacementKey.atHash(seed);
    }

    /** Ends the transaction that has prepared an item. */
    void resolve(Participant item, TransactionMark mark) {
        if (open.size() >= OPEN_MAX || !open.add(mark.id())) {
            return;
        }
        ledger.read(
                mark.ledgerKey(),
                found -> {
                    if (found == null) {
                        open.remove(mark.id());
                        return;
                    }
                    Runnable done = () -> open.remove(mark.id());
                    Optional<LedgerRecord> record =
                            found.filter(present -> present.attempt().equals(mark.id()));
                    if (record.isPresent()) {
                        end(record.get(), done);
                    } else {
                        giveUp(mark.id(), List.of(item), done);
                    }
                });
    }

    private void end(LedgerRecord record, Runnable done) {
        switch (record.state()) {
            case BEGUN -> cancel(record, done);
            case COMMITTED -> complete(record, done);
            case CANCELED, FINISHED -> giveUp(record.attempt(), record.items(), done);
        }
    }

    private void giveUp(TransactionId attempt, List<Participant> items, Runnable done) {
        giveUp(attempt, items, _ -> done.run());
    }

    /**
     * @param done is told whether all items have heard it
     */
    private void giveUp(TransactionId attempt, List<Participant> items, Consumer<Boolean> done) {
        new Finishing(port, attempt, false, done).start(items);
    }

    /** Carries through what is decided, and notes it. */
    void complete(LedgerRecord record, Runnable done) {
        new Finishing(
                        port,
                        record.attempt(),
                        true,
                        all -> {
                            if (all) {
                                LedgerRecord finished = record.finished(port.wallMillis());
                                ledger.finish(finished, _ -> done.run());
                            } else {
                                done.run();
                            }
                        })
                .start(record.items());
    }

    /** Decides against a transaction, unless it is decided already. */
    void cancel(LedgerRecord record, Runnable done) {
        LedgerRecord canceled = record.canceled(port.wallMillis());
        ledger.decide(
                canceled,
                result -> {
                    switch (result) {
                        case Result.Done() -> giveUp(record.attempt(), record.items(), done);
                        case Result.Otherwise(Optional<LedgerRecord> present) ->
                                present.filter(other -> other.state() == State.COMMITTED)
                                        .ifPresentOrElse(
                                                committed -> complete(committed, done), done);
                        case Result.Unreachable _ -> done.run();
                    }
                });
    }

    /** Time passed. */
    void tick() {
        if (!begun) {
            begun = true;
            nextStepNanos = port.nowNanos() + STEP_NANOS;
        }
        if (walking || port.nowNanos() - nextStepNanos < 0 || port.wallMillis() == 0) {
            return;
        }
        walking = true;
        ledger.table().ifPresentOrElse(this::step, () -> ledger.find(_ -> rest()));
    }

    private void rest() {
        walking = false;
        nextStepNanos = port.nowNanos() + STEP_NANOS;
    }

    private void step(TableId table) {
        PartitionRequest.Range range =
                new PartitionRequest.Range(
                        new KeyRange(cursor, null),
                        true,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        new PageBounds(PAGE_RECORDS_MAX, PAGE_BYTES_MAX),
                        false,
                        List.of(LedgerRecord.KEY));
        port.callRange(
                table,
                range,
                (reply, continueAt) -> {
                    if (reply instanceof Reply.Served(PartitionResponse.Page page)) {
                        cursor = after(page, continueAt);
                        look(page.items());
                    } else {
                        rest();
                    }
                });
    }

    private static PlacementKey after(
            PartitionResponse.Page page, Optional<PlacementKey> continueAt) {
        if (page.lastKey().isPresent() && page.lastKey().get().get(LedgerRecord.KEY) != null) {
            return PlacementKey.of(page.lastKey().get().get(LedgerRecord.KEY)).next();
        }
        return continueAt.orElse(PlacementKey.FIRST);
    }

    private void look(List<Item> items) {
        List<LedgerRecord> due = new ArrayList<>();
        for (Item item : items) {
            LedgerRecord record = LedgerRecord.of(item);
            if (isDue(record)) {
                due.add(record);
            }
        }
        if (due.isEmpty()) {
            rest();
            return;
        }
        Countdown left = new Countdown(due.size());
        for (LedgerRecord record : due) {
            tend(
                    record,
                    () -> {
                        if (left.down()) {
                            walking = false; // There was something to do: go on at once.
                        }
                    });
        }
    }

    private static final class Countdown {
        private int left;

        Countdown(int left) {
            this.left = left;
        }

        boolean down() {
            return --left == 0;
        }
    }

    private boolean isDue(LedgerRecord record) {
        long age = port.wallMillis() - record.changedMillis();
        return age
                > switch (record.state()) {
                    case BEGUN, COMMITTED -> WriteCoordinator.STALLED_MILLIS;
                    case CANCELED -> CANCELED_MILLIS;
                    case FINISHED -> WriteCoordinator.TOKEN_MILLIS;
                };
    }

    private void tend(LedgerRecord record, Runnable done) {
        switch (record.state()) {
            case BEGUN -> cancel(record, done);
            case COMMITTED -> complete(record, done);
            case CANCELED ->
                    giveUp(
                            record.attempt(),
                            record.items(),
                            (Boolean all) -> {
                                if (all) {
                                    ledger.remove(record, _ -> done.run());
                                } else {
                                    done.run();
                                }
                            });
            case FINISHED -> ledger.remove(record, _ -> done.run());
        }
    }
}
