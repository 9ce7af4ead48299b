package dev.stator.core.operations;

import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.transactions.ReadOutcome;
import dev.stator.core.transactions.ReadTransaction;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out the reads of a read transaction, bound to their tables: what every operation does
 * that reads in transactions.
 */
final class TransactedReads {
    /** What the items of one transaction may add up to, before their projections. */
    static final long MAX_BYTES = 4L * 1_024 * 1_024;

    private final OperationContext context;
    private final List<BoundRead> reads;
    private final ReturnConsumedCapacity returnConsumedCapacity;
    private final Continuation then;

    private TransactedReads(
            OperationContext context,
            List<BoundRead> reads,
            ReturnConsumedCapacity returnConsumedCapacity,
            Continuation then) {
        this.context = context;
        this.reads = reads;
        this.returnConsumedCapacity = returnConsumedCapacity;
        this.then = then;
    }

    /**
     * What the response says.
     *
     * @param items in the order of the reads; empty where there is none, or nothing of it was asked
     *     for
     */
    record Done(List<Optional<Item>> items, List<ConsumedCapacity> consumedCapacity) {}

    /** Goes on when all was read. */
    interface Continuation {
        void accept(Done done);
    }

    /**
     * Reads; errors, a cancellation among them, end the operation.
     *
     * @param reads of distinct items
     */
    static void run(
            OperationContext context,
            List<BoundRead> reads,
            ReturnConsumedCapacity returnConsumedCapacity,
            Continuation then) {
        TransactedReads transaction =
                new TransactedReads(context, reads, returnConsumedCapacity, then);
        List<ReadTransaction.Read> asked = new ArrayList<>();
        for (BoundRead read : reads) {
            asked.add(
                    new ReadTransaction.Read(read.table(), read.placementKey(), read.projection()));
        }
        context.read(new ReadTransaction(asked), transaction::ended);
    }

    private void ended(ReadOutcome outcome) {
        switch (outcome) {
            case ReadOutcome.Read(List<ReadOutcome.Got> items) -> answer(items);
            case ReadOutcome.Canceled(List<Boolean> conflicts) ->
                    context.fail(
                            Cancellation.of(
                                    conflicts.stream()
                                            .map(conflict ->
                                                    conflict
                                                            ? Cancellation.CONFLICT
                                                            : CancellationReason.NONE)
                                            .toList()));
            case ReadOutcome.Failed(ApiError error) -> context.fail(error);
        }
    }

    private void answer(List<ReadOutcome.Got> got) {
        List<Optional<Item>> items = new ArrayList<>();
        CapacityByTable consumed = new CapacityByTable();
        long bytes = 0;
        for (int i = 0; i < got.size(); i++) {
            ReadOutcome.Got read = got.get(i);
            // An item of which a projection leaves nothing is told like one that is not there.
            items.add(read.item().filter(item -> !item.attributes().isEmpty()));
            bytes += read.sizeBytes();
            consumed.add(
                    CapacityReport.ofTransactedRead(reads.get(i).reference(), read.sizeBytes()));
        }
        if (bytes > MAX_BYTES) {
            context.fail(new ApiError.Validation(Messages.TRANSACTION_TOO_LARGE));
        } else {
            then.accept(new Done(items, consumed.report(returnConsumedCapacity)));
        }
    }
}
