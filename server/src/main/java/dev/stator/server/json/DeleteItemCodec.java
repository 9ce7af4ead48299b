package dev.stator.server.json;

import dev.stator.core.operations.api.DeleteItemRequest;
import dev.stator.core.operations.api.DeleteItemResponse;
import dev.stator.model.Item;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;

/** DeleteItem. */
final class DeleteItemCodec {
    private DeleteItemCodec() {}

    static DeleteItemRequest read(RequestReader in) {
        WriteMembers common = new WriteMembers();
        Item key = null;
        in.beginRequest("DeleteItemInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Key" -> key = in.values().item();
                default -> common.read(member, in);
            }
        }
        in.endRequest();
        common.check(key != null, "key", false);
        in.valueErrors().throwIfAny();
        return new DeleteItemRequest(
                common.tableName(),
                Objects.requireNonNull(key),
                common.condition(),
                common.expressionAttributes(),
                common.returns());
    }

    static void write(DeleteItemResponse response, JsonGenerator out) {
        ItemWriter.writeOptional("Attributes", response.attributes(), out);
        CapacityWriter.writeOptional(response.consumedCapacity(), out);
        ItemCollectionWriter.writeOptional(response.itemCollectionMetrics(), out);
    }
}
