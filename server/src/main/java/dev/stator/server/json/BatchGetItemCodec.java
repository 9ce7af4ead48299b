package dev.stator.server.json;

import dev.stator.core.operations.api.BatchGetItemRequest;
import dev.stator.core.operations.api.BatchGetItemResponse;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.KeysAndAttributes;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.Item;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** BatchGetItem. */
final class BatchGetItemCodec {
    private static final int KEYS_MAX = 100;
    private static final String SHAPE = "KeysAndAttributes";

    private BatchGetItemCodec() {}

    static BatchGetItemRequest read(RequestReader in) {
        SequencedMap<String, KeysAndAttributes> requestItems = null;
        Violations itemViolations = new Violations();
        String returnConsumedCapacity = null;
        in.beginRequest("BatchGetItemInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "RequestItems" -> requestItems = requestItems(in, itemViolations);
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        if (requestItems != null && requestItems.isEmpty()) {
            throw Violations.single(
                    "Value at 'RequestItems' failed to satisfy constraint:"
                            + " Member must have length greater than or equal to 1");
        }
        Violations violations = new Violations();
        if (requestItems == null) {
            violations.addNull("requestItems");
        }
        violations.addAll(itemViolations);
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        violations.throwIfAny();
        in.valueErrors().throwIfAny();
        return new BatchGetItemRequest(Objects.requireNonNull(requestItems), capacity);
    }

    private static SequencedMap<String, KeysAndAttributes> requestItems(
            RequestReader in, Violations violations) {
        SequencedMap<String, KeysAndAttributes> requestItems = new LinkedHashMap<>();
        boolean namesValid = true;
        in.beginMap(RequestReader.shapeType(SHAPE));
        int from = in.position();
        String tableName;
        while ((tableName = in.nextKey()) != null) {
            namesValid &= TableNames.isValid(tableName);
            if (!in.isNull()) {
                requestItems.put(tableName, keysAndAttributes(in, tableName, violations));
            }
        }
        if (!namesValid) {
            // The service shows the member as JSON.
            violations.add(
                    in.bodyText(from, in.position() + 1),
                    "requestItems",
                    Members.TABLE_NAME.asMapKeyConstraint());
        }
        return requestItems;
    }

    private static KeysAndAttributes keysAndAttributes(
            RequestReader in, String tableName, Violations violations) {
        List<Item> keys = null;
        List<String> numerals = new ArrayList<>();
        List<String> attributesToGet = null;
        String projection = null;
        SequencedMap<String, String> names = null;
        boolean consistentRead = false;
        in.beginStructure(SHAPE, Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Keys" -> keys = keys(in, numerals);
                case "AttributesToGet" -> attributesToGet = LegacyReader.strings(in);
                case "ProjectionExpression" -> projection = in.string();
                case "ExpressionAttributeNames" -> names = LegacyReader.names(in);
                case "ConsistentRead" -> consistentRead = in.bool();
                default -> in.skip();
            }
        }
        checkKeys(keys, tableName, violations);
        LegacyReader.checkAttributesToGet(attributesToGet, violations);
        return new KeysAndAttributes(
                keys == null ? List.of() : keys,
                keys == null ? List.of() : numerals,
                new ReadProjection(
                        Optional.ofNullable(projection), Optional.ofNullable(attributesToGet)),
                consistentRead,
                new ExpressionAttributes(Optional.ofNullable(names), Optional.empty()));
    }

    private static List<Item> keys(RequestReader in, List<String> numerals) {
        List<Item> keys = new ArrayList<>();
        numerals.clear();
        in.beginList();
        while (in.nextElement()) {
            StringBuilder written = new StringBuilder();
            keys.add(in.values().keyInList(written));
            numerals.add(written.toString());
        }
        return keys;
    }

    private static void checkKeys(
            @Nullable List<Item> keys, String tableName, Violations violations) {
        if (keys == null) {
            violations.addNull("requestItems." + tableName + ".member.keys");
            return;
        }
        String path = "Value at 'RequestItems." + tableName + ".member.Keys'";
        if (keys.isEmpty()) {
            violations.add(
                    path
                            + " failed to satisfy constraint:"
                            + " Member must have length greater than or equal to 1");
        } else if (keys.size() > KEYS_MAX) {
            violations.add(
                    path
                            + " failed to satisfy constraint:"
                            + " Member must have length less than or equal to "
                            + KEYS_MAX);
        }
    }

    static void write(BatchGetItemResponse response, JsonGenerator out) {
        out.writeObjectPropertyStart("Responses");
        response.responses().forEach((table, items) -> ItemWriter.writeList(table, items, out));
        out.writeEndObject();
        out.writeObjectPropertyStart("UnprocessedKeys");
        response.unprocessedKeys().forEach((table, keys) -> write(table, keys, out));
        out.writeEndObject();
        CapacityWriter.writeList(response.consumedCapacity(), out);
    }

    private static void write(String table, KeysAndAttributes unprocessed, JsonGenerator out) {
        out.writeObjectPropertyStart(table);
        ItemWriter.writeList("Keys", unprocessed.keys(), out);
        unprocessed
                .projection()
                .attributesToGet()
                .ifPresent(names -> StringsWriter.write("AttributesToGet", names, out));
        unprocessed
                .projection()
                .expression()
                .ifPresent(text -> out.writeStringProperty("ProjectionExpression", text));
        unprocessed
                .expressionAttributes()
                .names()
                .ifPresent(names -> StringsWriter.write("ExpressionAttributeNames", names, out));
        out.writeBooleanProperty("ConsistentRead", unprocessed.consistentRead());
        out.writeEndObject();
    }
}
