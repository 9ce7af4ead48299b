package dev.stator.core.operations;

import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.ItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.transactions.WriteOutcome;
import dev.stator.core.transactions.WriteOutcome.Answer;
import dev.stator.core.transactions.WriteTransaction;
import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.CancellationReason.Code;
import dev.stator.model.error.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Carries out the actions of a write transaction, bound to their tables: what every operation does
 * that writes in transactions.
 */
final class TransactedWrites {
    private final OperationContext context;
    private final Asked asked;
    private final Continuation then;

    private TransactedWrites(OperationContext context, Asked asked, Continuation then) {
        this.context = context;
        this.asked = asked;
        this.then = then;
    }

    /**
     * What is to be done, and what the response is to say.
     *
     * @param writes of distinct items
     * @param token names the request, so that it is not done twice
     */
    record Asked(
            List<BoundWrite> writes,
            Optional<String> token,
            ReturnConsumedCapacity returnConsumedCapacity,
            ReturnItemCollectionMetrics returnItemCollectionMetrics) {}

    /** What the response says, by the names that the request gave to tables. */
    record Done(
            List<ConsumedCapacity> consumedCapacity,
            SequencedMap<String, List<ItemCollectionMetrics>> itemCollectionMetrics) {}

    /** Goes on when all was done. */
    interface Continuation {
        void accept(Done done);
    }

    /** Writes; errors, a cancellation among them, end the operation. */
    static void run(OperationContext context, Asked asked, Continuation then) {
        TransactedWrites transaction = new TransactedWrites(context, asked, then);
        context.write(transaction.request(), transaction::ended);
    }

    private WriteTransaction request() {
        List<WriteTransaction.Write> writes = new ArrayList<>();
        for (BoundWrite write : asked.writes()) {
            writes.add(
                    new WriteTransaction.Write(
                            write.table(),
                            write.key(),
                            write.change(),
                            write.condition(),
                            reportsIndexes(write),
                            write.itemOnFailure()));
        }
        return new WriteTransaction(
                writes,
                asked.token().map(text -> new WriteTransaction.Token(context.accountId(), text)));
    }

    /** To know what a write costs in the indexes, both images are needed. */
    private boolean reportsIndexes(BoundWrite write) {
        return asked.returnConsumedCapacity() != ReturnConsumedCapacity.NONE
                && write.change().isPresent()
                && CapacityReport.hasIndexes(write.table());
    }

    private void ended(WriteOutcome outcome) {
        switch (outcome) {
            case WriteOutcome.Committed(List<WriteOutcome.Written> written) ->
                    then.accept(new Done(consumed(written), measured(written)));
            case WriteOutcome.Repeated(List<WriteOutcome.Sizes> sizes) ->
                    then.accept(new Done(consumedByRepeating(sizes), new LinkedHashMap<>()));
            case WriteOutcome.Canceled(List<Answer> answers) ->
                    context.fail(
                            Cancellation.of(
                                    answers.stream().map(TransactedWrites::reason).toList()));
            case WriteOutcome.TokenMismatch() ->
                    context.fail(
                            new ApiError.IdempotentParameterMismatch(
                                    "The request uses the same client token as a previous, but"
                                            + " non-identical request."));
            case WriteOutcome.InProgress() ->
                    context.fail(
                            new ApiError.TransactionInProgress(
                                    "The transaction with the given request token is already in"
                                            + " progress."));
            case WriteOutcome.Failed(ApiError error, boolean ignored) -> context.fail(error);
        }
    }

    private static CancellationReason reason(Answer answer) {
        return switch (answer) {
            case Answer.Fine() -> CancellationReason.NONE;
            case Answer.ConditionFailed(var item) ->
                    new CancellationReason(
                            Code.CONDITIONAL_CHECK_FAILED,
                            Optional.of(Messages.CONDITION_FAILED),
                            item);
            case Answer.Conflict() -> Cancellation.CONFLICT;
            case Answer.Refused(ApiError error) ->
                    CancellationReason.of(Cancellation.codeOf(error), error.message());
        };
    }

    // ---- What the response says

    private List<ConsumedCapacity> consumed(List<WriteOutcome.Written> written) {
        CapacityByTable consumed = new CapacityByTable();
        for (int i = 0; i < written.size(); i++) {
            BoundWrite write = asked.writes().get(i);
            WriteOutcome.Written made = written.get(i);
            consumed.add(
                    CapacityReport.ofTransactedWrite(
                            write.reference(),
                            write.table(),
                            new CapacityReport.Sizes(
                                    made.sizes().beforeBytes(), made.sizes().afterBytes()),
                            made.before().orElse(null),
                            made.after().orElse(null)));
        }
        return consumed.report(asked.returnConsumedCapacity());
    }

    /** That it was done before is found by reading. */
    private List<ConsumedCapacity> consumedByRepeating(List<WriteOutcome.Sizes> sizes) {
        CapacityByTable consumed = new CapacityByTable();
        for (int i = 0; i < sizes.size(); i++) {
            int bytes = Math.max(sizes.get(i).beforeBytes(), sizes.get(i).afterBytes());
            consumed.add(CapacityReport.ofTransactedRead(asked.writes().get(i).reference(), bytes));
        }
        return consumed.report(asked.returnConsumedCapacity());
    }

    /** Tells of the item collections that were written to, each once, as its last write left it. */
    private SequencedMap<String, List<ItemCollectionMetrics>> measured(
            List<WriteOutcome.Written> written) {
        SequencedMap<List<Object>, ItemCollectionMetrics> collections = new LinkedHashMap<>();
        for (int i = 0; i < written.size(); i++) {
            BoundWrite write = asked.writes().get(i);
            if (write.change().isPresent() && !write.table().schema().localIndexes().isEmpty()) {
                String name = write.table().key().partitionKey().name();
                AttributeValue value = Objects.requireNonNull(write.keyed().get(name), name);
                collections.put(
                        List.of(write.reference().given(), value),
                        CollectionMetrics.of(
                                write.table(), write.keyed(), written.get(i).collectionBytes()));
            }
        }
        SequencedMap<String, List<ItemCollectionMetrics>> measured = new LinkedHashMap<>();
        if (asked.returnItemCollectionMetrics() == ReturnItemCollectionMetrics.SIZE) {
            collections.forEach((collection, metrics) ->
                    measured.computeIfAbsent(
                                    (String) collection.getFirst(), given -> new ArrayList<>())
                            .add(metrics));
        }
        return measured;
    }
}
