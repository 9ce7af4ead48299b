package dev.stator.server.json;

import dev.stator.core.operations.api.DeleteTableRequest;
import dev.stator.core.operations.api.DeleteTableResponse;
import tools.jackson.core.JsonGenerator;

/** DeleteTable. */
final class DeleteTableCodec {
    private DeleteTableCodec() {}

    static DeleteTableRequest read(RequestReader in) {
        return new DeleteTableRequest(TableNameReader.read(in, "DeleteTableInput"));
    }

    static void write(DeleteTableResponse response, JsonGenerator out) {
        TableDescriptionWriter.write("TableDescription", response.tableDescription(), out);
    }
}
