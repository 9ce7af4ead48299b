package dev.stator.server.json;

import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.WriteRequest;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import java.util.List;
import java.util.SequencedMap;

/** Some messages of the service show a value as Java would print it. */
final class JavaText {
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
