package dev.stator.core.operations;

import dev.stator.core.operations.api.DeleteItemRequest;
import dev.stator.core.operations.api.DeleteItemResponse;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.model.expression.Condition;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;

/** Deletes an item; that there is none is not an error (API reference, DeleteItem). */
final class DeleteItemOperation {
    private DeleteItemOperation() {}

    static void start(DeleteItemRequest request, OperationContext context) {
        Optional<Condition> condition = ItemWrite.readAsked(() -> condition(request));
        TableReference reference = TableReference.parse(request.tableName());
        TableLookup.find(
                context, reference, table -> delete(request, condition, reference, table, context));
    }

    private static Optional<Condition> condition(DeleteItemRequest request) {
        Conditions.checkForm(request.condition(), request.expressionAttributes());
        ItemWrite.checkReturnsOldOnly(request.returns());
        return Conditions.compile(request.condition(), request.expressionAttributes());
    }

    private static void delete(
            DeleteItemRequest request,
            Optional<Condition> condition,
            TableReference reference,
            TableDescriptor table,
            OperationContext context) {
        table.key().validateKey(request.key());
        ScalarKeys.check(table, condition);
        new ItemWrite(context, reference, table, request.returns())
                .send(
                        request.key(),
                        new Change.Delete(),
                        condition,
                        request.condition().returnValuesOnFailure(),
                        result ->
                                context.answer(
                                        new DeleteItemResponse(
                                                request.returns().values() == ReturnValue.ALL_OLD
                                                        ? result.before()
                                                        : Optional.empty(),
                                                result.consumedCapacity(),
                                                result.itemCollectionMetrics())));
    }
}
