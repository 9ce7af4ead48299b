package dev.stator.server.json;

import dev.stator.core.operations.api.PutItemRequest;
import dev.stator.core.operations.api.PutItemResponse;
import dev.stator.model.Item;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;

/** PutItem. */
final class PutItemCodec {
    private PutItemCodec() {}

    static PutItemRequest read(RequestReader in) {
        WriteMembers common = new WriteMembers();
        Item item = null;
        in.beginRequest("PutItemInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Item" -> item = in.values().item();
                default -> common.read(member, in);
            }
        }
        in.endRequest();
        common.check(item != null, "item", false);
        in.valueErrors().throwIfAny();
        return new PutItemRequest(
                common.tableName(),
                Objects.requireNonNull(item),
                common.condition(),
                common.expressionAttributes(),
                common.returns());
    }

    static void write(PutItemResponse response, JsonGenerator out) {
        ItemWriter.writeOptional("Attributes", response.attributes(), out);
        CapacityWriter.writeOptional(response.consumedCapacity(), out);
        ItemCollectionWriter.writeOptional(response.itemCollectionMetrics(), out);
    }
}
