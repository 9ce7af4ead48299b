package dev.stator.server.json;

import dev.stator.core.operations.api.AttributeValueUpdate;
import dev.stator.core.operations.api.ItemUpdate;
import dev.stator.core.operations.api.UpdateItemRequest;
import dev.stator.core.operations.api.UpdateItemResponse;
import dev.stator.model.Item;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;

/** UpdateItem. */
final class UpdateItemCodec {
    private UpdateItemCodec() {}

    static UpdateItemRequest read(RequestReader in) {
        WriteMembers common = new WriteMembers();
        Item key = null;
        String expression = null;
        SequencedMap<String, AttributeValueUpdate> updates = null;
        Violations updateViolations = new Violations();
        in.beginRequest("UpdateItemInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Key" -> key = in.values().item();
                case "UpdateExpression" -> expression = in.string();
                case "AttributeUpdates" -> updates = LegacyReader.updates(in, updateViolations);
                default -> common.read(member, in);
            }
        }
        in.endRequest();
        common.check(key != null, "key", true);
        updateViolations.throwIfAny();
        in.valueErrors().throwIfAny();
        return new UpdateItemRequest(
                common.tableName(),
                Objects.requireNonNull(key),
                new ItemUpdate(Optional.ofNullable(expression), Optional.ofNullable(updates)),
                common.condition(),
                common.expressionAttributes(),
                common.returns());
    }

    static void write(UpdateItemResponse response, JsonGenerator out) {
        ItemWriter.writeOptional("Attributes", response.attributes(), out);
        CapacityWriter.writeOptional(response.consumedCapacity(), out);
        ItemCollectionWriter.writeOptional(response.itemCollectionMetrics(), out);
    }
}
