package dev.stator.core.operations;

import dev.stator.core.operations.api.PutItemRequest;
import dev.stator.core.operations.api.PutItemResponse;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.model.Item;
import dev.stator.model.expression.Condition;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.validation.ValueRules;
import java.util.Optional;

/** Creates an item or replaces it as a whole (API reference, PutItem). */
final class PutItemOperation {
    private PutItemOperation() {}

    static void start(PutItemRequest request, OperationContext context) {
        Optional<Condition> condition = ItemWrite.readAsked(() -> condition(request));
        ValueRules.checkSize(request.item());
        TableReference reference = TableReference.parse(request.tableName());
        TableLookup.find(
                context, reference, table -> put(request, condition, reference, table, context));
    }

    private static Optional<Condition> condition(PutItemRequest request) {
        Conditions.checkForm(request.condition(), request.expressionAttributes());
        ItemWrite.checkReturnsOldOnly(request.returns());
        return Conditions.compile(request.condition(), request.expressionAttributes());
    }

    private static void put(
            PutItemRequest request,
            Optional<Condition> condition,
            TableReference reference,
            TableDescriptor table,
            OperationContext context) {
        Item item = request.item();
        table.key().validateItem(item);
        IndexKeyRules.checkItem(table, item);
        ScalarKeys.check(table, condition);
        new ItemWrite(context, reference, table, request.returns())
                .send(
                        item,
                        new Change.Put(item),
                        condition,
                        request.condition().returnValuesOnFailure(),
                        result ->
                                context.answer(
                                        new PutItemResponse(
                                                request.returns().values() == ReturnValue.ALL_OLD
                                                        ? result.before()
                                                        : Optional.empty(),
                                                result.consumedCapacity(),
                                                result.itemCollectionMetrics())));
    }
}
