package dev.stator.server.json;

import dev.stator.core.operations.api.DescribeTimeToLiveRequest;
import dev.stator.core.operations.api.DescribeTimeToLiveResponse;
import tools.jackson.core.JsonGenerator;

/** DescribeTimeToLive. */
final class DescribeTimeToLiveCodec {
    private DescribeTimeToLiveCodec() {}

    static DescribeTimeToLiveRequest read(RequestReader in) {
        return new DescribeTimeToLiveRequest(TableNameReader.read(in, "DescribeTimeToLiveInput"));
    }

    static void write(DescribeTimeToLiveResponse response, JsonGenerator out) {
        out.writeObjectPropertyStart("TimeToLiveDescription");
        out.writeStringProperty("TimeToLiveStatus", response.timeToLiveStatus().name());
        StringsWriter.writeOptional("AttributeName", response.attributeName(), out);
        out.writeEndObject();
    }
}
