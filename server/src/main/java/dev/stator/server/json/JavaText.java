package dev.stator.server.json;

import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.TransactGetItem;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.core.operations.api.TransactedChange;
import dev.stator.core.operations.api.WriteRequest;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/** Some messages of the service show a value as Java would print it. */
final class JavaText {
    private static final int LIST_CHARS_MAX = 4_000;

    private JavaText() {}

    /** RequestItems of BatchWriteItem. */
    static String of(SequencedMap<String, List<WriteRequest>> requestItems) {
        StringBuilder text = new StringBuilder("{");
        requestItems.forEach((table, requests) -> {
            text.append(text.length() == 1 ? "" : ", ").append(table).append("=[");
            String separator = "";
            for (WriteRequest request : requests) {
                text.append(separator).append(of(request));
                separator = ", ";
            }
            text.append(']');
        });
        return text.append('}').toString();
    }

    private static String of(WriteRequest request) {
        return switch (request) {
            case WriteRequest.Put(Item item) ->
                    "WriteRequest(putRequest=PutRequest(item="
                            + of(item)
                            + "), deleteRequest=null)";
            case WriteRequest.Delete(Item key) ->
                    "WriteRequest(putRequest=null, deleteRequest=DeleteRequest(key="
                            + of(key)
                            + "))";
        };
    }

    /** TransactItems of TransactWriteItems, the first of them. */
    static String ofTransactWriteItems(List<TransactWriteItem> items) {
        return first(items, item -> "TransactWriteItem(" + shown(item) + ")");
    }

    private static String shown(TransactWriteItem item) {
        StringBuilder text = new StringBuilder();
        for (TransactWriteItem.Action action : item.actions()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(
                            switch (action.change()) {
                                case TransactedChange.ConditionCheck(Item key) ->
                                        "conditionCheck=ConditionCheck(key=" + of(key);
                                case TransactedChange.Put(Item put) -> "put=Put(item=" + of(put);
                                case TransactedChange.Delete(Item key) ->
                                        "delete=Delete(key=" + of(key);
                                case TransactedChange.Update(Item key, String expression) ->
                                        "update=Update(key="
                                                + of(key)
                                                + ", updateExpression="
                                                + expression;
                            })
                    .append(", tableName=")
                    .append(action.tableName())
                    .append(')');
        }
        return text.toString();
    }

    /** TransactItems of TransactGetItems, the first of them. */
    static String ofTransactGetItems(List<TransactGetItem> items) {
        return first(
                items,
                item ->
                        "TransactGetItem(get=Get(key="
                                + of(item.key())
                                + ", tableName="
                                + item.tableName()
                                + "))");
    }

    /** A list as far as it is worth to be shown; its end is there in any case. */
    private static <E> String first(List<E> elements, Function<E, String> shown) {
        StringBuilder text = new StringBuilder("[");
        for (E element : elements) {
            text.append(text.length() == 1 ? "" : ", ");
            String next = shown.apply(element);
            if (text.length() + next.length() > LIST_CHARS_MAX) {
                return text.append("...]").toString();
            }
            text.append(next);
        }
        return text.append(']').toString();
    }

    private static String of(Item item) {
        StringBuilder text = new StringBuilder("{");
        item.attributes()
                .forEach((name, value) ->
                        text.append(text.length() == 1 ? "" : ", ")
                                .append(name)
                                .append('=')
                                .append(of(value)));
        return text.append('}').toString();
    }

    private static String of(AttributeValue value) {
        return "AttributeValue(" + value + ")";
    }

    /** A list of key schema elements. */
    static String ofKeySchema(List<KeySchemaElement> elements) {
        StringBuilder text = new StringBuilder("[");
        for (KeySchemaElement element : elements) {
            text.append(text.length() == 1 ? "" : ", ")
                    .append("KeySchemaElement(attributeName=")
                    .append(element.attributeName())
                    .append(", keyType=")
                    .append(element.keyType())
                    .append(')');
        }
        return text.append(']').toString();
    }
}
