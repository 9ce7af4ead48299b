package dev.stator.core.operations;

import dev.stator.core.operations.api.ItemUpdate;
import dev.stator.core.operations.api.UpdateItemRequest;
import dev.stator.core.operations.api.UpdateItemResponse;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.ExpressionContext;
import dev.stator.model.expression.ExpressionParser;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.expression.UpdateCharge;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;

/** Changes an item, or creates it (API reference, UpdateItem). */
final class UpdateItemOperation {
    private final UpdateItemRequest request;
    private final OperationContext context;
    private final TableReference reference;
    private final UpdateExpression update;
    private final Optional<Condition> condition;

    private UpdateItemOperation(UpdateItemRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
        Asked asked = ItemWrite.readAsked(() -> asked(request));
        update = asked.update();
        condition = asked.condition();
        reference = TableReference.parse(request.tableName());
    }

    private record Asked(UpdateExpression update, Optional<Condition> condition) {}

    private static Asked asked(UpdateItemRequest request) {
        new ExpressionForm()
                .legacy("AttributeUpdates", request.update().attributeUpdates())
                .legacy("Expected", request.condition().expected())
                .legacy("ConditionalOperator", request.condition().conditionalOperator())
                .valued("UpdateExpression", request.update().expression())
                .valued("ConditionExpression", request.condition().expression())
                .briefly()
                .check(request.expressionAttributes());
        ExpressionContext placeholders = Placeholders.of(request.expressionAttributes());
        UpdateExpression update = compile(request.update(), placeholders);
        Optional<Condition> condition = Conditions.compile(request.condition(), placeholders);
        placeholders.refuseUnused();
        return new Asked(update, condition);
    }

    private static UpdateExpression compile(ItemUpdate update, ExpressionContext placeholders) {
        return update.expression()
                .map(text -> ExpressionParser.parseUpdate(text, placeholders))
                .or(() -> LegacyForms.update(update))
                .orElse(UpdateExpression.EMPTY);
    }

    static void start(UpdateItemRequest request, OperationContext context) {
        UpdateItemOperation operation = new UpdateItemOperation(request, context);
        TableLookup.find(context, operation.reference, operation::update);
    }

    private void update(TableDescriptor table) {
        table.key().validateKey(request.key());
        checkCharge();
        KeyAttributes.of(table.key()).refuseInUpdate(update);
        IndexKeyRules.checkUpdate(table, update);
        ScalarKeys.check(table, update.paths());
        ScalarKeys.check(table, condition);
        new ItemWrite(context, reference, table, request.returns())
                .send(
                        request.key(),
                        new Change.Update(
                                request.key(), update, IndexKeyRules.written(table, update)),
                        condition,
                        request.condition().returnValuesOnFailure(),
                        result ->
                                context.answer(
                                        new UpdateItemResponse(
                                                attributes(result),
                                                result.consumedCapacity(),
                                                result.itemCollectionMetrics())));
    }

    private void checkCharge() {
        if (update.origin() == UpdateExpression.Origin.EXPRESSION
                && UpdateCharge.of(update) > ItemSize.MAX_ITEM_BYTES) {
            throw ApiException.validation(Messages.UPDATED_ITEM_TOO_LARGE);
        }
    }

    private Optional<Item> attributes(ItemWrite.Result result) {
        return switch (request.returns().values()) {
            case NONE -> Optional.empty();
            case ALL_OLD -> result.before();
            case ALL_NEW -> result.after();
            case UPDATED_OLD -> update.updated(result.before().orElse(null));
            case UPDATED_NEW -> update.updated(result.after().orElse(null));
        };
    }
}
