package dev.stator.server.json;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.GetItemRequest;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.Item;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;

/** GetItem. */
final class GetItemCodec {
    private GetItemCodec() {}

    static GetItemRequest read(RequestReader in) {
        String tableName = null;
        Item key = null;
        List<String> attributesToGet = null;
        String projection = null;
        SequencedMap<String, String> names = null;
        boolean consistentRead = false;
        String returnConsumedCapacity = null;
        in.beginRequest("GetItemInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "TableName" -> tableName = in.string();
                case "Key" -> key = in.values().item();
                case "AttributesToGet" -> attributesToGet = LegacyReader.strings(in);
                case "ProjectionExpression" -> projection = in.string();
                case "ExpressionAttributeNames" -> names = LegacyReader.names(in);
                case "ConsistentRead" -> consistentRead = in.bool();
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        if (key != null) {
            TableNames.refuseEmpty(tableName);
        }
        Violations violations = new Violations();
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        LegacyReader.checkAttributesToGet(attributesToGet, violations);
        TableNames.check(tableName, violations);
        if (key == null) {
            violations.addNull("key");
        }
        violations.throwIfAny();
        in.valueErrors().throwIfAny();
        return new GetItemRequest(
                Objects.requireNonNull(tableName),
                Objects.requireNonNull(key),
                new ReadProjection(
                        Optional.ofNullable(projection), Optional.ofNullable(attributesToGet)),
                consistentRead,
                new ExpressionAttributes(Optional.ofNullable(names), Optional.empty()),
                capacity);
    }

    static void write(GetItemResponse response, JsonGenerator out) {
        ItemWriter.writeOptional("Item", response.item(), out);
        CapacityWriter.writeOptional(response.consumedCapacity(), out);
    }
}
