package dev.stator.core.operations;

import dev.stator.core.operations.api.MalformedValues;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.core.operations.api.TransactWriteItemsRequest;
import dev.stator.core.operations.api.TransactWriteItemsResponse;
import dev.stator.core.operations.api.TransactedChange;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.ExpressionContext;
import dev.stator.model.expression.ExpressionParser;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.validation.ValueRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes items of any tables, all of them or none (API reference, TransactWriteItems).
 *
 * <p>The actions are checked one after the other, and the first thing that is wrong with one of
 * them is the answer, before any table is looked up. What is wrong with an action in view of its
 * table cancels the transaction, but for what the service looks at before: keys that are empty, and
 * two actions on one item.
 */
final class TransactWriteItemsOperation {
    private static final long MAX_PAYLOAD_BYTES = 4L * 1_024 * 1_024;

    private final TransactWriteItemsRequest request;
    private final OperationContext context;
    private final List<Element> elements = new ArrayList<>();

    private TransactWriteItemsOperation(
            TransactWriteItemsRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
    }

    /** An action that was checked as far as it can be without its table. */
    private record Element(
            TransactWriteItem.Action action,
            TableReference reference,
            Optional<UpdateExpression> update,
            Optional<Condition> condition) {
        /** Holds the key attributes, perhaps among others. */
        Item keyed() {
            return switch (action.change()) {
                case TransactedChange.ConditionCheck(Item key) -> key;
                case TransactedChange.Put(Item item) -> item;
                case TransactedChange.Delete(Item key) -> key;
                case TransactedChange.Update(Item key, String ignored) -> key;
            };
        }
    }

    static void start(TransactWriteItemsRequest request, OperationContext context) {
        TransactWriteItemsOperation operation = new TransactWriteItemsOperation(request, context);
        long payloadBytes = 0;
        for (TransactWriteItem item : request.transactItems()) {
            Element element = check(item);
            operation.elements.add(element);
            payloadBytes += payloadBytes(element);
        }
        if (payloadBytes > MAX_PAYLOAD_BYTES) {
            throw ApiException.validation(Messages.TRANSACTION_TOO_LARGE);
        }
        TransactedTables.find(
                context,
                operation.elements.stream().map(Element::reference).toList(),
                operation::bind);
    }

    private static Element check(TransactWriteItem item) {
        if (item.actions().isEmpty()) {
            throw ApiException.validation(
                    "Invalid Request: TransactWriteRequest should contain Delete or Put or Update"
                            + " request");
        }
        if (item.actions().size() > 1) {
            throw ApiException.validation(
                    "TransactItems can only contain one of Check, Put, Update or Delete");
        }
        TransactWriteItem.Action action = item.actions().getFirst();
        MalformedValues malformed = action.malformed();
        refuse(malformed.expressionValues());
        Optional<String> updateExpression =
                action.change() instanceof TransactedChange.Update update
                        ? Optional.of(update.updateExpression())
                        : Optional.empty();
        ExpressionForm form = new ExpressionForm();
        if (updateExpression.isPresent()) {
            form.valued("UpdateExpression", updateExpression);
        }
        form.valued("ConditionExpression", action.condition().expression())
                .check(action.expressionAttributes());
        ExpressionContext placeholders = Placeholders.of(action.expressionAttributes());
        Optional<UpdateExpression> update =
                updateExpression.map(text -> ExpressionParser.parseUpdate(text, placeholders));
        Optional<Condition> condition = Conditions.compile(action.condition(), placeholders);
        placeholders.refuseUnused();
        refuse(malformed.attributes());
        if (action.change() instanceof TransactedChange.Put(Item put)) {
            ValueRules.checkSize(put);
        }
        return new Element(action, TableReference.parse(action.tableName()), update, condition);
    }

    private static void refuse(Optional<String> malformed) {
        if (malformed.isPresent()) {
            throw ApiException.validation(malformed.get());
        }
    }

    /** What counts is what was sent, not what is there. */
    private static long payloadBytes(Element element) {
        long bytes = ItemSize.of(element.keyed());
        if (element.action().expressionAttributes().values().isPresent()) {
            for (AttributeValue value :
                    element.action().expressionAttributes().values().get().values()) {
                bytes += ItemSize.of(value);
            }
        }
        return bytes;
    }

    private void bind(List<TableDescriptor> tables) {
        BoundActions<BoundWrite> bound = new BoundActions<>();
        for (int i = 0; i < elements.size(); i++) {
            refuseEmptyKeys(elements.get(i), tables.get(i));
        }
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            TableDescriptor table = tables.get(i);
            bound.add(table, () -> bind(element, table), BoundWrite::key);
        }
        bound.refuseIfAny();
        TransactedWrites.run(
                context,
                new TransactedWrites.Asked(
                        bound.actions(),
                        request.clientRequestToken(),
                        request.returnConsumedCapacity(),
                        request.returnItemCollectionMetrics()),
                done ->
                        context.answer(
                                new TransactWriteItemsResponse(
                                        done.consumedCapacity(), done.itemCollectionMetrics())));
    }

    /** These are refused before the transaction begins, all others cancel it. */
    private static void refuseEmptyKeys(Element element, TableDescriptor table) {
        table.key().refuseEmpty(element.keyed());
        if (element.action().change() instanceof TransactedChange.Put(Item item)) {
            IndexKeyRules.refuseEmpty(table, item);
        }
        element.update().ifPresent(update -> IndexKeyRules.refuseEmpty(table, update));
    }

    private static BoundWrite bind(Element element, TableDescriptor table) {
        Optional<Change> change = change(element, table);
        ScalarKeys.check(table, element.condition());
        return new BoundWrite(
                element.reference(),
                table,
                element.keyed(),
                change,
                element.condition(),
                element.action().condition().returnValuesOnFailure()
                        == ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    private static Optional<Change> change(Element element, TableDescriptor table) {
        switch (element.action().change()) {
            case TransactedChange.ConditionCheck(Item key) -> {
                table.key().validateKey(key);
                return Optional.empty();
            }
            case TransactedChange.Put(Item item) -> {
                table.key().validateItem(item);
                IndexKeyRules.checkItem(table, item);
                return Optional.of(new Change.Put(item));
            }
            case TransactedChange.Delete(Item key) -> {
                table.key().validateKey(key);
                return Optional.of(new Change.Delete());
            }
            case TransactedChange.Update(Item key, String ignored) -> {
                UpdateExpression update = element.update().orElseThrow();
                table.key().validateKey(key);
                KeyAttributes.of(table.key()).refuseInUpdate(update);
                IndexKeyRules.checkUpdate(table, update);
                ScalarKeys.check(table, update.paths());
                return Optional.of(
                        new Change.Update(key, update, IndexKeyRules.written(table, update)));
            }
        }
    }
}
