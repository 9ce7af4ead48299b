package dev.stator.core.operations;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.MalformedValues;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.TransactGetItem;
import dev.stator.core.operations.api.TransactGetItemsRequest;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.core.operations.api.TransactWriteItemsRequest;
import dev.stator.core.operations.api.TransactedChange;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.model.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes transactions for tests. */
final class TransactionRequests {
    private TransactionRequests() {}

    static TransactWriteItemsRequest write(TransactWriteItem... items) {
        return new TransactWriteItemsRequest(
                List.of(items),
                Optional.empty(),
                ReturnConsumedCapacity.NONE,
                ReturnItemCollectionMetrics.NONE);
    }

    static TransactWriteItemsRequest write(String token, TransactWriteItem... items) {
        return new TransactWriteItemsRequest(
                List.of(items),
                Optional.of(token),
                ReturnConsumedCapacity.INDEXES,
                ReturnItemCollectionMetrics.NONE);
    }

    static TransactWriteItem put(String table, Item item) {
        return action(table, new TransactedChange.Put(item), WriteCondition.NONE);
    }

    static TransactWriteItem putIf(String table, Item item, String condition, Object... values) {
        return action(table, new TransactedChange.Put(item), WriteCondition.of(condition), values);
    }

    static TransactWriteItem delete(String table, Item key) {
        return action(table, new TransactedChange.Delete(key), WriteCondition.NONE);
    }

    static TransactWriteItem update(String table, Item key, String expression, Object... values) {
        return action(
                table, new TransactedChange.Update(key, expression), WriteCondition.NONE, values);
    }

    static TransactWriteItem check(String table, Item key, String condition, Object... values) {
        return action(
                table,
                new TransactedChange.ConditionCheck(key),
                WriteCondition.of(condition),
                values);
    }

    /** The same, but that it wants the item back where its condition does not hold. */
    static TransactWriteItem returningOld(TransactWriteItem item) {
        TransactWriteItem.Action action = item.actions().getFirst();
        return new TransactWriteItem(
                List.of(
                        new TransactWriteItem.Action(
                                action.tableName(),
                                action.change(),
                                new WriteCondition(
                                        action.condition().expression(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        ReturnValuesOnConditionCheckFailure.ALL_OLD),
                                action.expressionAttributes(),
                                action.malformed())));
    }

    /** The same, but that one of its values was no value. */
    static TransactWriteItem malformed(TransactWriteItem item, MalformedValues malformed) {
        TransactWriteItem.Action action = item.actions().getFirst();
        return new TransactWriteItem(
                List.of(
                        new TransactWriteItem.Action(
                                action.tableName(),
                                action.change(),
                                action.condition(),
                                action.expressionAttributes(),
                                malformed)));
    }

    /** The same with values for its expressions. */
    static TransactWriteItem withValues(TransactWriteItem item, Object... values) {
        TransactWriteItem.Action action = item.actions().getFirst();
        return action(action.tableName(), action.change(), action.condition(), values);
    }

    static TransactWriteItem both(TransactWriteItem one, TransactWriteItem other) {
        List<TransactWriteItem.Action> actions = new ArrayList<>(one.actions());
        actions.addAll(other.actions());
        return new TransactWriteItem(actions);
    }

    private static TransactWriteItem action(
            String table, TransactedChange change, WriteCondition condition, Object... values) {
        ExpressionAttributes attributes =
                values.length == 0 ? ExpressionAttributes.NONE : Requests.attributeValues(values);
        return new TransactWriteItem(
                List.of(
                        new TransactWriteItem.Action(
                                table, change, condition, attributes, MalformedValues.NONE)));
    }

    static TransactGetItemsRequest read(TransactGetItem... items) {
        return new TransactGetItemsRequest(List.of(items), ReturnConsumedCapacity.INDEXES);
    }

    static TransactGetItem get(String table, Item key) {
        return get(table, key, ReadProjection.NONE);
    }

    static TransactGetItem get(String table, Item key, ReadProjection projection) {
        return new TransactGetItem(
                table, key, projection, ExpressionAttributes.NONE, MalformedValues.NONE);
    }
}
