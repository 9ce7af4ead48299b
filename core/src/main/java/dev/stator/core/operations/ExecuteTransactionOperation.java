package dev.stator.core.operations;

import dev.stator.core.operations.api.ExecuteTransactionRequest;
import dev.stator.core.operations.api.ExecuteTransactionResponse;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.StatementText;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.CancellationReason.Code;
import dev.stator.model.error.Messages;
import dev.stator.model.partiql.BoundStatement;
import dev.stator.model.partiql.Columns;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements, each about one item, all of them or none: all are reads, or all are writes, with
 * EXISTS among these (API reference, ExecuteTransaction).
 *
 * <p>What is wrong with a statement is the answer, with its number; only where the table of one is
 * missing, or the key of one does not fit its table, the transaction is cancelled. The former is
 * looked for in all statements first, but in those whose table is missing.
 */
final class ExecuteTransactionOperation {
    private static final long MAX_PAYLOAD_BYTES = 4L * 1_024 * 1_024;

    private final ExecuteTransactionRequest request;
    private final OperationContext context;
    private final List<Element> elements = new ArrayList<>();

    private ExecuteTransactionOperation(
            ExecuteTransactionRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
    }

    /** A statement; its table is null where there is none. */
    private static final class Element {
        final StatementText text;
        final BoundStatement statement;
        final TableReference reference;
        @Nullable TableDescriptor table;

        Element(StatementText text, BoundStatement statement) {
            this.text = text;
            this.statement = statement;
            reference = TableReference.parse(statement.source().table());
        }
    }

    static void start(ExecuteTransactionRequest request, OperationContext context) {
        ExecuteTransactionOperation operation = new ExecuteTransactionOperation(request, context);
        operation.check();
        operation.findTables(0);
    }

    private void check() {
        long payloadBytes = 0;
        for (StatementText text : request.transactStatements()) {
            text.badParameter()
                    .ifPresent(error -> {
                        throw new ApiException(error);
                    });
            payloadBytes += text.statement().length();
            for (AttributeValue parameter : text.parameters()) {
                payloadBytes += ItemSize.of(parameter);
            }
        }
        Set<Boolean> kinds = new HashSet<>();
        for (StatementText text : request.transactStatements()) {
            BoundStatement statement =
                    numbered(elements.size(), () -> ExecuteStatementOperation.bind(text));
            elements.add(new Element(text, statement));
            kinds.add(statement instanceof BoundStatement.Select);
        }
        if (kinds.size() > 1) {
            throw ApiException.validation(
                    "ExecuteTransaction API does not support both read and write operations in the"
                            + " same request.");
        }
        if (payloadBytes > MAX_PAYLOAD_BYTES) {
            throw ApiException.validation(Messages.TRANSACTION_TOO_LARGE);
        }
    }

    /** What is wrong with a statement is told with its number. */
    private static <T> T numbered(int index, Supplier<T> step) {
        try {
            return step.get();
        } catch (ApiException refused) {
            if (!(refused.error() instanceof ApiError.Validation(String message))) {
                throw refused;
            }
            throw ApiException.validation(
                    "Validation failed in TransactStatements[" + index + "]: " + message);
        }
    }

    private void findTables(int index) {
        if (index == elements.size()) {
            bind();
            return;
        }
        Element element = elements.get(index);
        element.reference.checkReach(context);
        context.findTable(
                element.reference.name(),
                found -> {
                    element.table =
                            found.filter(table -> table.status().servesItems()).orElse(null);
                    findTables(index + 1);
                });
    }

    private void bind() {
        List<CancellationReason> reasons = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            TableDescriptor table = element.table;
            if (table == null) {
                reasons.add(
                        CancellationReason.of(
                                Code.RESOURCE_NOT_FOUND, Messages.RESOURCE_NOT_FOUND));
            } else {
                numbered(i, () -> StatementsInTransactions.check(element.statement, table));
                reasons.add(CancellationReason.NONE);
            }
        }
        if (elements.stream().anyMatch(element -> element.table == null)) {
            throw new ApiException(Cancellation.of(reasons));
        }
        if (elements.getFirst().statement instanceof BoundStatement.Select) {
            read();
        } else {
            write();
        }
    }

    private void read() {
        BoundActions<BoundRead> bound = new BoundActions<>();
        List<Optional<Columns>> columns = new ArrayList<>();
        for (Element element : elements) {
            TableDescriptor table = element.table;
            if (table != null && element.statement instanceof BoundStatement.Select select) {
                columns.add(select.columns());
                bound.add(
                        table,
                        () -> StatementsInTransactions.read(select, element.reference, table),
                        BoundRead::placementKey);
            }
        }
        bound.refuseCanceledFirst();
        TransactedReads.run(
                context,
                bound.actions(),
                request.returnConsumedCapacity(),
                done ->
                        context.answer(
                                new ExecuteTransactionResponse(
                                        rows(done.items(), columns), done.consumedCapacity())));
    }

    private static List<Optional<Item>> rows(
            List<Optional<Item>> items, List<Optional<Columns>> columns) {
        List<Optional<Item>> rows = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Optional<Columns> listed = columns.get(i);
            rows.add(items.get(i).map(item -> listed.map(of -> of.of(item)).orElse(item)));
        }
        return rows;
    }

    private void write() {
        BoundActions<BoundWrite> bound = new BoundActions<>();
        for (Element element : elements) {
            TableDescriptor table = element.table;
            if (table != null) {
                bound.add(
                        table,
                        () ->
                                StatementsInTransactions.write(
                                        element.statement,
                                        element.text.returnValuesOnFailure(),
                                        element.reference,
                                        table),
                        BoundWrite::key);
            }
        }
        bound.refuseCanceledFirst();
        TransactedWrites.run(
                new BatchMember(context, error -> context.fail(withDuplicates(error))),
                new TransactedWrites.Asked(
                        bound.actions(),
                        request.clientRequestToken(),
                        request.returnConsumedCapacity(),
                        ReturnItemCollectionMetrics.NONE),
                done ->
                        context.answer(
                                new ExecuteTransactionResponse(
                                        List.of(), done.consumedCapacity())));
    }

    /** What an INSERT found is no failed condition, but an item. */
    private ApiError withDuplicates(ApiError error) {
        if (!(error instanceof ApiError.TransactionCanceled canceled)) {
            return error;
        }
        List<CancellationReason> reasons = new ArrayList<>();
        for (int i = 0; i < canceled.reasons().size(); i++) {
            CancellationReason reason = canceled.reasons().get(i);
            boolean isDuplicate =
                    reason.code() == Code.CONDITIONAL_CHECK_FAILED
                            && elements.get(i).statement instanceof BoundStatement.Insert;
            reasons.add(
                    isDuplicate
                            ? CancellationReason.of(
                                    Code.DUPLICATE_ITEM, ItemStatement.DUPLICATE.message())
                            : reason);
        }
        return Cancellation.of(reasons);
    }
}
