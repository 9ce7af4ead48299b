package dev.stator.server.json;

import dev.stator.core.operations.api.DescribeEndpointsRequest;
import dev.stator.core.operations.api.DescribeEndpointsResponse;
import dev.stator.core.operations.api.DescribeEndpointsResponse.Endpoint;
import tools.jackson.core.JsonGenerator;

/** DescribeEndpoints. */
final class DescribeEndpointsCodec {
    private DescribeEndpointsCodec() {}

    static DescribeEndpointsRequest read(RequestReader in) {
        TableNameReader.readNone(in, "DescribeEndpointsRequest");
        return new DescribeEndpointsRequest();
    }

    static void write(DescribeEndpointsResponse response, JsonGenerator out) {
        out.writeArrayPropertyStart("Endpoints");
        for (Endpoint endpoint : response.endpoints()) {
            out.writeStartObject();
            out.writeStringProperty("Address", endpoint.address());
            out.writeNumberProperty("CachePeriodInMinutes", endpoint.cachePeriodInMinutes());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
