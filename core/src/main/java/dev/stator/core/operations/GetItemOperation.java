package dev.stator.core.operations;

import dev.stator.core.operations.OperationContext.Outcome;
import dev.stator.core.operations.api.GetItemRequest;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.capacity.Capacity;
import dev.stator.model.capacity.CapacityUnits;
import dev.stator.model.capacity.ConsumedCapacity;
import dev.stator.model.capacity.ReadKind;
import dev.stator.model.error.ApiError;
import dev.stator.model.expression.Projection;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;

/** Reads one item (API reference, GetItem). */
final class GetItemOperation {
    private final GetItemRequest request;
    private final OperationContext context;
    private final TableReference reference;
    private final Optional<Projection> projection;

    private GetItemOperation(GetItemRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
        Projections.checkForm(request.projection(), request.expressionAttributes());
        projection = Projections.compile(request.projection(), request.expressionAttributes());
        reference = TableReference.parse(request.tableName());
    }

    static void start(GetItemRequest request, OperationContext context) {
        GetItemOperation operation = new GetItemOperation(request, context);
        TableLookup.find(context, operation.reference, operation::get);
    }

    private void get(TableDescriptor table) {
        table.key().validateKey(request.key());
        projection.ifPresent(present -> ScalarKeys.check(table, present.paths()));
        PartitionRequest.Get get =
                new PartitionRequest.Get(
                        table.key().placementKey(request.key()),
                        request.consistentRead(),
                        projection);
        context.call(
                table,
                get.key(),
                get,
                outcome -> {
                    switch (outcome) {
                        case Outcome.Served(
                                        PartitionResponse.Got(
                                                Optional<Item> item,
                                                int sizeBytes)) ->
                                answer(item, sizeBytes);
                        case Outcome.Served(PartitionResponse.Served response) ->
                                context.fail(
                                        new ApiError.InternalServerError(
                                                "A read was answered by a "
                                                        + response.getClass().getSimpleName()));
                        case Outcome.Failed(ApiError error, boolean ignored) -> context.fail(error);
                    }
                });
    }

    private void answer(Optional<Item> item, int sizeBytes) {
        context.answer(
                new GetItemResponse(
                        item,
                        CapacityReport.of(
                                request.returnConsumedCapacity(),
                                ofRead(reference, sizeBytes, request.consistentRead()))));
    }

    /** What the read of one item, or of none, consumes. */
    static ConsumedCapacity ofRead(
            TableReference reference, int sizeBytes, boolean consistentRead) {
        ReadKind kind = consistentRead ? ReadKind.STRONG : ReadKind.EVENTUAL;
        return ConsumedCapacity.ofTable(
                reference.given(), Capacity.read(CapacityUnits.read(sizeBytes, kind)));
    }
}
