package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.DeleteItemRequest;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.GetItemRequest;
import dev.stator.core.operations.api.ItemUpdate;
import dev.stator.core.operations.api.MalformedValues;
import dev.stator.core.operations.api.PutItemRequest;
import dev.stator.core.operations.api.QueryKeyCondition;
import dev.stator.core.operations.api.QueryRequest;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.TransactGetItem;
import dev.stator.core.operations.api.TransactGetItemsRequest;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.core.operations.api.TransactWriteItemsRequest;
import dev.stator.core.operations.api.TransactedChange;
import dev.stator.core.operations.api.UpdateItemRequest;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.core.operations.api.WriteReturns;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Calls on items, as requests of the API. */
final class ApiCalls {
    private ApiCalls() {}

    static ApiRequest get(ItemKey key, boolean consistent) {
        return new GetItemRequest(
                key.table(),
                ItemForm.keyItem(key),
                ReadProjection.NONE,
                consistent,
                ExpressionAttributes.NONE,
                ReturnConsumedCapacity.NONE);
    }

    /** A write of an item that nobody has sent before. */
    record Write(ItemKey key, ItemCall call, long id) {}

    /**
     * @param paddingBytes of the item, where the call puts one
     */
    static ApiRequest write(Write write, ReturnValue returned, int paddingBytes) {
        ItemKey key = write.key();
        ItemCall call = write.call();
        SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
        WriteCondition condition = condition(call.guard(), values);
        WriteReturns returns =
                new WriteReturns(
                        returned, ReturnConsumedCapacity.NONE, ReturnItemCollectionMetrics.NONE);
        return switch (call) {
            case ItemCall.Put(var image, var _) ->
                    new PutItemRequest(
                            key.table(),
                            ItemForm.item(key, image, write.id(), paddingBytes),
                            condition,
                            attributes(values),
                            returns);
            case ItemCall.Update update -> {
                String expression = expression(update, write.id(), values);
                yield new UpdateItemRequest(
                        key.table(),
                        ItemForm.keyItem(key),
                        ItemUpdate.of(expression),
                        condition,
                        attributes(values),
                        returns);
            }
            case ItemCall.Delete _ ->
                    new DeleteItemRequest(
                            key.table(),
                            ItemForm.keyItem(key),
                            condition,
                            attributes(values),
                            returns);
            case ItemCall.Read _ -> throw new IllegalArgumentException("not a write: " + call);
        };
    }

    /** What an item must be like, though nothing is done to it. */
    record Check(ItemKey key, Guard guard) {}

    static ApiRequest transaction(
            List<Write> writes, List<Check> checks, Optional<String> clientRequestToken) {
        List<TransactWriteItem> items = new ArrayList<>();
        for (Write write : writes) {
            items.add(transacted(write));
        }
        for (Check check : checks) {
            SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
            WriteCondition condition = condition(check.guard(), values);
            items.add(
                    transacted(
                            check.key(),
                            new TransactedChange.ConditionCheck(ItemForm.keyItem(check.key())),
                            condition,
                            values));
        }
        return new TransactWriteItemsRequest(
                items,
                clientRequestToken,
                ReturnConsumedCapacity.NONE,
                ReturnItemCollectionMetrics.NONE);
    }

    private static TransactWriteItem transacted(Write write) {
        ItemKey key = write.key();
        SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
        WriteCondition condition = condition(write.call().guard(), values);
        TransactedChange change =
                switch (write.call()) {
                    case ItemCall.Put(var image, var _) ->
                            new TransactedChange.Put(ItemForm.item(key, image, write.id(), 0));
                    case ItemCall.Update update ->
                            new TransactedChange.Update(
                                    ItemForm.keyItem(key), expression(update, write.id(), values));
                    case ItemCall.Delete _ -> new TransactedChange.Delete(ItemForm.keyItem(key));
                    case ItemCall.Read _ ->
                            throw new IllegalArgumentException("not a write: " + write);
                };
        return transacted(key, change, condition, values);
    }

    private static TransactWriteItem transacted(
            ItemKey key,
            TransactedChange change,
            WriteCondition condition,
            SequencedMap<String, AttributeValue> values) {
        return new TransactWriteItem(
                List.of(
                        new TransactWriteItem.Action(
                                key.table(),
                                change,
                                condition,
                                attributes(values),
                                MalformedValues.NONE)));
    }

    static ApiRequest readTransaction(List<ItemKey> keys) {
        List<TransactGetItem> items = new ArrayList<>();
        for (ItemKey key : keys) {
            items.add(
                    new TransactGetItem(
                            key.table(),
                            ItemForm.keyItem(key),
                            ReadProjection.NONE,
                            ExpressionAttributes.NONE,
                            MalformedValues.NONE));
        }
        return new TransactGetItemsRequest(items, ReturnConsumedCapacity.NONE);
    }

    private static WriteCondition condition(
            Guard guard, SequencedMap<String, AttributeValue> values) {
        return switch (guard) {
            case Guard.None() -> WriteCondition.NONE;
            case Guard.Absent() ->
                    WriteCondition.of("attribute_not_exists(" + ItemForm.PARTITION_KEY + ")");
            case Guard.TokenIs(long token) -> {
                values.put(":seen", ItemForm.token(token));
                yield WriteCondition.of(ItemForm.VALUE + " = :seen");
            }
        };
    }

    private static String expression(
            ItemCall.Update update, long writeId, SequencedMap<String, AttributeValue> values) {
        values.put(":write", ItemForm.number(writeId));
        StringBuilder expression = new StringBuilder("SET " + ItemForm.WRITE + " = :write");
        update.token()
                .ifPresent(token -> {
                    values.put(":token", ItemForm.token(token));
                    expression.append(", " + ItemForm.VALUE + " = :token");
                });
        update.added()
                .ifPresent(added -> {
                    values.put(":added", ItemForm.number(added));
                    expression.append(" ADD " + ItemForm.COUNT + " :added");
                });
        return expression.toString();
    }

    private static ExpressionAttributes attributes(SequencedMap<String, AttributeValue> values) {
        return values.isEmpty()
                ? ExpressionAttributes.NONE
                : new ExpressionAttributes(Optional.empty(), Optional.of(values));
    }

    /** What a range read asks for besides the range. */
    record Paging(boolean consistent, int limit, Optional<Item> startKey) {}

    static ApiRequest query(
            SimulatedTable table, String partition, boolean forward, Paging paging) {
        SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
        values.put(":pk", new AttributeValue.S(partition));
        RangeRead read = range(paging).expressionAttributes(attributes(values)).build();
        return new QueryRequest(
                table.name(),
                QueryKeyCondition.of(ItemForm.PARTITION_KEY + " = :pk"),
                forward,
                read);
    }

    static ApiRequest scan(SimulatedTable table, Paging paging) {
        return scanOf(table.name(), paging);
    }

    static ApiRequest scanOf(String table, Paging paging) {
        return new ScanRequest(
                table, OptionalInt.empty(), OptionalInt.empty(), range(paging).build());
    }

    private static RangeRead.Builder range(Paging paging) {
        RangeRead.Builder read =
                new RangeRead.Builder().consistentRead(paging.consistent()).limit(paging.limit());
        paging.startKey().ifPresent(read::exclusiveStartKey);
        return read;
    }
}
