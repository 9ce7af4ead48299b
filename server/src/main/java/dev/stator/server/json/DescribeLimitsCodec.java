package dev.stator.server.json;

import dev.stator.core.operations.api.DescribeLimitsRequest;
import dev.stator.core.operations.api.DescribeLimitsResponse;
import tools.jackson.core.JsonGenerator;

/** DescribeLimits. */
final class DescribeLimitsCodec {
    private DescribeLimitsCodec() {}

    static DescribeLimitsRequest read(RequestReader in) {
        TableNameReader.readNone(in, "DescribeLimitsInput");
        return new DescribeLimitsRequest();
    }

    static void write(DescribeLimitsResponse response, JsonGenerator out) {
        out.writeNumberProperty(
                "AccountMaxReadCapacityUnits", response.accountMaxReadCapacityUnits());
        out.writeNumberProperty(
                "AccountMaxWriteCapacityUnits", response.accountMaxWriteCapacityUnits());
        out.writeNumberProperty("TableMaxReadCapacityUnits", response.tableMaxReadCapacityUnits());
        out.writeNumberProperty(
                "TableMaxWriteCapacityUnits", response.tableMaxWriteCapacityUnits());
    }
}
