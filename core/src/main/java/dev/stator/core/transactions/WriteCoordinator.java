package dev.stator.core.transactions;

import dev.stator.core.transactions.LedgerRecord.Participant;
import dev.stator.core.transactions.LedgerRecord.State;
import dev.stator.core.transactions.TransactionLedger.Result;
import dev.stator.core.transactions.TransactionPort.Reply;
import dev.stator.core.transactions.WriteOutcome.Answer;
import dev.stator.core.transactions.WriteOutcome.Sizes;
import dev.stator.core.transactions.WriteOutcome.Written;
import dev.stator.core.transactions.WriteTransaction.Token;
import dev.stator.core.transactions.WriteTransaction.Write;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.TransactionMark;
import dev.stator.model.Bytes;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries one transaction through, see {@link Transactions}.
 *
 * <pre>
 * BEGINNING ──► PREPARING ──all──► COMMITTING ──noted──► FINISHING ──► ended
 *   ▲  │            │ not all          │ canceled by somebody else
 *   │  ▼            ▼                  │
 *   │ ended      CANCELING ◄───────────┘
 *   └───────────────┴── too early a timestamp: again, under a new identifier
 * </pre>
 */
final class WriteCoordinator {
    /** How often a transaction is tried with a later timestamp. */
    private static final int ATTEMPTS_MAX = 8;

    /** How long the name that a client gave to a transaction counts after its end. */
    static final long TOKEN_MILLIS = TimeUnit.MINUTES.toMillis(10);

    /** A transaction that began before that is looked after by who meets it. */
    static final long STALLED_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private static final ApiError OUTCOME_UNKNOWN =
            new ApiError.InternalServerError(
                    "The outcome of the transaction is not known: it may have been done, or may"
                            + " still be done, then as a whole.");
    private static final ApiError NO_SUCH_TABLE =
            new ApiError.ResourceNotFound(Messages.RESOURCE_NOT_FOUND);

    private final Transactions transactions;
    private final TransactionPort port;
    private final WriteTransaction transaction;
    private final Consumer<WriteOutcome> then;
    private final Bytes fingerprint;
    private final List<Participant> items = new ArrayList<>();

    private @Nullable LedgerRecord record;
    private long aboveMicros;
    private int attempts;

    /** By item. */
    private final List<@Nullable Reply> replies = new ArrayList<>();

    private int open;

    WriteCoordinator(
            Transactions transactions, WriteTransaction transaction, Consumer<WriteOutcome> then) {
        this.transactions = transactions;
        this.port = transactions.port();
        this.transaction = transaction;
        this.then = then;
        this.fingerprint = Fingerprint.of(transaction);
        for (Write write : transaction.writes()) {
            items.add(new Participant(write.table().id(), write.key()));
        }
    }

    private LedgerRecord record() {
        LedgerRecord begun = record;
        if (begun == null) {
            throw new IllegalStateException("the transaction has not begun");
        }
        return begun;
    }

    void begin() {
        attempts++;
        var attempt = transactions.newId();
        String key = transaction.token().map(WriteCoordinator::keyOf).orElse("id/" + attempt);
        long now = port.wallMillis();
        record = new LedgerRecord(key, attempt, State.BEGUN, now, fingerprint, items, List.of());
        transactions.ledger().begin(record(), now - TOKEN_MILLIS, this::begun);
    }

    private static String keyOf(Token token) {
        return "token/" + token.accountId() + "/" + token.text();
    }

    private void begun(Result result) {
        switch (result) {
            case Result.Done() -> prepare();
            case Result.Unreachable(ApiError error) ->
                    then.accept(new WriteOutcome.Failed(error, true));
            case Result.Otherwise(Optional<LedgerRecord> present) ->
                    present.ifPresentOrElse(this::namedBefore, this::tryAgain);
        }
    }

    /** There is a transaction under the client's token. */
    private void namedBefore(LedgerRecord other) {
        if (!other.fingerprint().equals(fingerprint)) {
            then.accept(new WriteOutcome.TokenMismatch());
            return;
        }
        if (other.state() == State.FINISHED) {
            then.accept(new WriteOutcome.Repeated(other.sizes()));
        } else if (other.state() == State.CANCELED) {
            then.accept(new WriteOutcome.InProgress()); // Recovery removes the record.
        } else if (port.wallMillis() - other.changedMillis() < STALLED_MILLIS) {
            then.accept(new WriteOutcome.InProgress());
        } else if (other.state() == State.COMMITTED) {
            transactions
                    .recovery()
                    .complete(other, () -> then.accept(new WriteOutcome.Repeated(other.sizes())));
        } else {
            transactions.recovery().cancel(other, this::tryAgain);
        }
    }

    private void tryAgain() {
        if (attempts < ATTEMPTS_MAX) {
            begin();
        } else {
            then.accept(new WriteOutcome.InProgress());
        }
    }

    private void prepare() {
        LedgerRecord begun = record();
        TransactionMark mark =
                new TransactionMark(
                        begun.attempt(), begun.key(), transactions.newTimestampMicros(aboveMicros));
        replies.clear();
        open = items.size();
        for (int i = 0; i < items.size(); i++) {
            replies.add(null);
        }
        for (int i = 0; i < items.size(); i++) {
            Write write = transaction.writes().get(i);
            int item = i;
            port.call(
                    write.table().id(),
                    write.key(),
                    new PartitionRequest.Prepare(
                            write.key(),
                            mark,
                            write.change(),
                            write.condition(),
                            write.images(),
                            write.itemOnFailure()),
                    reply -> prepared(item, reply));
        }
    }

    private void prepared(int item, Reply reply) {
        replies.set(item, reply);
        if (reply instanceof Reply.Served(PartitionResponse.Conflict conflict)) {
            Participant met = items.get(item);
            transactions.met(met.table(), met.key(), conflict);
        }
        if (--open > 0) {
            return;
        }
        boolean all =
                replies.stream()
                        .allMatch(
                                each -> each instanceof Reply.Served(PartitionResponse.Written _));
        if (all) {
            commit();
        } else {
            cancel(outcomeOfRefusal());
        }
    }

    private void commit() {
        List<Sizes> sizes = new ArrayList<>();
        List<Written> writes = new ArrayList<>();
        for (Reply reply : replies) {
            if (reply instanceof Reply.Served(PartitionResponse.Written written)) {
                Sizes itsSizes = new Sizes(written.beforeSizeBytes(), written.afterSizeBytes());
                sizes.add(itsSizes);
                writes.add(
                        new Written(
                                written.before(),
                                written.after(),
                                itsSizes,
                                written.collectionBytes()));
            }
        }
        LedgerRecord committed = record().committed(sizes, port.wallMillis());
        record = committed;
        transactions.ledger().decide(committed, result -> decided(result, committed, writes));
    }

    private void decided(Result result, LedgerRecord committed, List<Written> writes) {
        Optional<LedgerRecord> own =
                result instanceof Result.Otherwise(Optional<LedgerRecord> present)
                        ? present.filter(record -> record.attempt().equals(committed.attempt()))
                        : Optional.empty();
        boolean noted =
                result instanceof Result.Done
                        || own.filter(record ->
                                        record.state() == State.COMMITTED
                                                || record.state() == State.FINISHED)
                                .isPresent();
        if (noted) {
            finish(committed, writes); // Maybe once more: recovery may have been faster.
        } else if (own.filter(record -> record.state() == State.CANCELED).isPresent()) {
            cancel(new WriteOutcome.Canceled(conflicts()));
        } else {
            then.accept(new WriteOutcome.Failed(OUTCOME_UNKNOWN, false));
        }
    }

    /** Of a transaction that took too long: it met somebody who ended it. */
    private List<Answer> conflicts() {
        List<Answer> answers = new ArrayList<>();
        items.forEach(_ -> answers.add(new Answer.Conflict()));
        return answers;
    }

    private void finish(LedgerRecord committed, List<Written> writes) {
        new Finishing(
                        port,
                        committed.attempt(),
                        true,
                        all -> {
                            if (all) {
                                then.accept(new WriteOutcome.Committed(writes));
                                forget(committed.finished(port.wallMillis()));
                            } else {
                                then.accept(new WriteOutcome.Failed(OUTCOME_UNKNOWN, false));
                            }
                        })
                .start(items);
    }

    /** Notes the end, where a client may ask once more; else nobody needs the record. */
    private void forget(LedgerRecord finished) {
        if (transaction.token().isPresent()) {
            transactions.ledger().finish(finished, _ -> {});
        } else {
            transactions
                    .ledger()
                    .remove(
                            finished.committed(finished.sizes(), finished.changedMillis()),
                            _ -> {});
        }
    }

    /**
     * Nobody but this coordinator would commit, so that items may be told at once. Where the
     * outcome of a prepare is unknown, it may still come; then who meets it finds the ledger's
     * word.
     */
    private void cancel(@Nullable WriteOutcome outcome) {
        LedgerRecord canceled = record().canceled(port.wallMillis());
        record = canceled;
        transactions
                .ledger()
                .decide(
                        canceled,
                        _ ->
                                new Finishing(
                                                port,
                                                canceled.attempt(),
                                                false,
                                                all -> canceled(canceled, outcome, all))
                                        .start(mayBePrepared()));
    }

    private List<Participant> mayBePrepared() {
        List<Participant> prepared = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            boolean refused =
                    replies.get(i) instanceof Reply.Served(PartitionResponse.Served response)
                            && !(response instanceof PartitionResponse.Written);
            if (!refused) {
                prepared.add(items.get(i));
            }
        }
        return prepared;
    }

    /**
     * The record goes once nothing can be prepared any more; until then it keeps the token from
     * another attempt, since with the record the names of the items would go.
     */
    private void canceled(LedgerRecord canceled, @Nullable WriteOutcome outcome, boolean all) {
        boolean certain =
                replies.stream()
                        .noneMatch(reply ->
                                reply instanceof Reply.Failed failed && !failed.nothingDone());
        if (!certain || !all) {
            then.accept(outcome == null ? new WriteOutcome.Canceled(conflicts()) : outcome);
        } else if (outcome == null) {
            transactions.ledger().remove(canceled, _ -> begin());
        } else {
            transactions.ledger().remove(canceled, _ -> then.accept(outcome));
        }
    }

    /** Null where the transaction is to be tried again with a later timestamp. */
    private @Nullable WriteOutcome outcomeOfRefusal() {
        List<Answer> answers = new ArrayList<>();
        boolean untimely = false;
        boolean refused = false;
        for (Reply reply : replies) {
            switch (reply) {
                case Reply.Failed(ApiError error, var _) -> {
                    return new WriteOutcome.Failed(error, true);
                }
                case Reply.Gone() -> {
                    return new WriteOutcome.Failed(NO_SUCH_TABLE, true);
                }
                case Reply.Served(PartitionResponse.Untimely(long notAboveMicros)) -> {
                    untimely = true;
                    aboveMicros = Math.max(aboveMicros, notAboveMicros);
                    answers.add(new Answer.Conflict());
                }
                case Reply.Served(var response) -> {
                    Answer answer = answer(response);
                    refused |= !(answer instanceof Answer.Fine);
                    answers.add(answer);
                }
                case null -> throw new IllegalStateException("a prepare without an answer");
            }
        }
        boolean again = untimely && !refused && attempts < ATTEMPTS_MAX;
        return again ? null : new WriteOutcome.Canceled(answers);
    }

    private static Answer answer(PartitionResponse.Served response) {
        return switch (response) {
            case PartitionResponse.Written _ -> new Answer.Fine();
            case PartitionResponse.ConditionFailed(var item, var _) ->
                    new Answer.ConditionFailed(item);
            case PartitionResponse.Refused(ApiError error, var _) -> new Answer.Refused(error);
            case PartitionResponse.Conflict _ -> new Answer.Conflict();
            case PartitionResponse.Untimely _,
                    PartitionResponse.Finished _,
                    PartitionResponse.Got _,
                    PartitionResponse.GotVersion _,
                    PartitionResponse.Page _ ->
                    throw new IllegalStateException("to a prepare: " + response);
        };
    }
}
