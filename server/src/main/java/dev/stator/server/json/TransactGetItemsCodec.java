package dev.stator.server.json;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.MalformedValues;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.TransactGetItem;
import dev.stator.core.operations.api.TransactGetItemsRequest;
import dev.stator.core.operations.api.TransactGetItemsResponse;
import dev.stator.model.Item;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** TransactGetItems. */
final class TransactGetItemsCodec {
    private TransactGetItemsCodec() {}

    static TransactGetItemsRequest read(RequestReader in) {
        List<TransactGetItem> items = null;
        Violations itemViolations = new Violations();
        String returnConsumedCapacity = null;
        in.beginRequest("TransactGetItemsInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "TransactItems" -> items = items(in, itemViolations);
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        Violations violations = new Violations();
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        if (items == null) {
            violations.addNull("transactItems");
        } else {
            TransactWriteItemsCodec.checkLength(items, JavaText::ofTransactGetItems, violations);
        }
        violations.addAll(itemViolations);
        violations.throwIfAny();
        return new TransactGetItemsRequest(Objects.requireNonNull(items), capacity);
    }

    private static List<TransactGetItem> items(RequestReader in, Violations violations) {
        List<TransactGetItem> items = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            items.add(item(in, TransactWriteItemsCodec.path(items.size() + 1), violations));
        }
        return items;
    }

    private static TransactGetItem item(RequestReader in, String path, Violations violations) {
        TransactGetItem item = null;
        in.beginStructure("TransactGetItem", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            if (member.equals("Get")) {
                in.beginStructure("Get", Position.MEMBER);
                item = get(in, path + ".get", violations);
            } else {
                in.skip();
            }
        }
        if (item == null) {
            violations.addNull(path + ".get");
        }
        return item == null ? read("", null, null, null, MalformedValues.NONE) : item;
    }

    private static TransactGetItem get(RequestReader in, String path, Violations violations) {
        String tableName = null;
        Item key = null;
        String projection = null;
        SequencedMap<String, String> names = null;
        MalformedValues malformed = MalformedValues.NONE;
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "TableName" -> tableName = in.string();
                case "Key" -> {
                    key = in.values().item();
                    malformed = new MalformedValues(Optional.empty(), in.valueErrors().takeOf(key));
                }
                case "ProjectionExpression" -> projection = in.string();
                case "ExpressionAttributeNames" -> names = LegacyReader.names(in);
                default -> in.skip();
            }
        }
        TableNames.checkAt(path, tableName, violations);
        if (key == null) {
            violations.addNull(path + ".key");
        }
        return read(tableName == null ? "" : tableName, key, projection, names, malformed);
    }

    private static TransactGetItem read(
            String tableName,
            @Nullable Item key,
            @Nullable String projection,
            @Nullable SequencedMap<String, String> names,
            MalformedValues malformed) {
        return new TransactGetItem(
                tableName,
                key == null ? Item.EMPTY : key,
                new ReadProjection(Optional.ofNullable(projection), Optional.empty()),
                new ExpressionAttributes(Optional.ofNullable(names), Optional.empty()),
                malformed);
    }

    static void write(TransactGetItemsResponse response, JsonGenerator out) {
        CapacityWriter.writeList(response.consumedCapacity(), out);
        out.writeArrayPropertyStart("Responses");
        for (Optional<Item> item : response.responses()) {
            out.writeStartObject();
            ItemWriter.writeOptional("Item", item, out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
