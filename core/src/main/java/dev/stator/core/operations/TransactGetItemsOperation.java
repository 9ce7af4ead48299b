package dev.stator.core.operations;

import dev.stator.core.operations.api.TransactGetItem;
import dev.stator.core.operations.api.TransactGetItemsRequest;
import dev.stator.core.operations.api.TransactGetItemsResponse;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Projection;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads items of any tables as they were at one moment (API reference, TransactGetItems). The order
 * of the checks is that of {@link TransactWriteItemsOperation}.
 */
final class TransactGetItemsOperation {
    private final TransactGetItemsRequest request;
    private final OperationContext context;
    private final List<Element> elements = new ArrayList<>();

    private TransactGetItemsOperation(TransactGetItemsRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
    }

    /** A read that was checked as far as it can be without its table. */
    private record Element(
            TransactGetItem item, TableReference reference, Optional<Projection> projection) {}

    static void start(TransactGetItemsRequest request, OperationContext context) {
        TransactGetItemsOperation operation = new TransactGetItemsOperation(request, context);
        for (TransactGetItem item : request.transactItems()) {
            operation.elements.add(check(item));
        }
        TransactedTables.find(
                context,
                operation.elements.stream().map(Element::reference).toList(),
                operation::bind);
    }

    private static Element check(TransactGetItem item) {
        Projections.checkForm(item.projection(), item.expressionAttributes());
        Optional<Projection> projection =
                Projections.compile(item.projection(), item.expressionAttributes());
        if (item.malformed().attributes().isPresent()) {
            throw ApiException.validation(item.malformed().attributes().get());
        }
        return new Element(item, TableReference.parse(item.tableName()), projection);
    }

    private void bind(List<TableDescriptor> tables) {
        BoundActions<BoundRead> bound = new BoundActions<>();
        for (int i = 0; i < elements.size(); i++) {
            tables.get(i).key().refuseEmpty(elements.get(i).item().key());
        }
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            TableDescriptor table = tables.get(i);
            bound.add(table, () -> bind(element, table), BoundRead::placementKey);
        }
        bound.refuseIfAny();
        TransactedReads.run(
                context,
                bound.actions(),
                request.returnConsumedCapacity(),
                done ->
                        context.answer(
                                new TransactGetItemsResponse(
                                        done.consumedCapacity(), done.items())));
    }

    private static BoundRead bind(Element element, TableDescriptor table) {
        table.key().validateKey(element.item().key());
        element.projection().ifPresent(kept -> ScalarKeys.check(table, kept.paths()));
        return new BoundRead(
                element.reference(), table, element.item().key(), element.projection());
    }
}
