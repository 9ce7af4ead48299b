package dev.stator.server.json;

import dev.stator.core.operations.api.DescribeTableRequest;
import dev.stator.core.operations.api.DescribeTableResponse;
import tools.jackson.core.JsonGenerator;

/** DescribeTable. */
final class DescribeTableCodec {
    private DescribeTableCodec() {}

    static DescribeTableRequest read(RequestReader in) {
        return new DescribeTableRequest(TableNameReader.read(in, "DescribeTableInput"));
    }

    static void write(DescribeTableResponse response, JsonGenerator out) {
        TableDescriptionWriter.write("Table", response.table(), out);
    }
}
