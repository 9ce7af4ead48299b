package dev.stator.server.json;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.ThrottlingReason;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes the members that some errors have besides their type and message. */
final class ErrorWriter {
    private ErrorWriter() {}

    static void writeMembers(ApiError error, JsonGenerator out) {
        switch (error) {
            case ApiError.ConditionalCheckFailed failed ->
                    ItemWriter.writeOptional("Item", failed.item(), out);
            case ApiError.TransactionCanceled cancelled -> writeCancellations(cancelled, out);
            case ApiError.ProvisionedThroughputExceeded throttled ->
                    writeReasons("ThrottlingReasons", throttled.reasons(), out);
            case ApiError.RequestLimitExceeded throttled ->
                    writeReasons("ThrottlingReasons", throttled.reasons(), out);
            // The name begins in lower case here, so it is in the service model.
            case ApiError.Throttling throttled ->
                    writeReasons("throttlingReasons", throttled.reasons(), out);
            default -> {}
        }
    }

    private static void writeReasons(
            String name, List<ThrottlingReason> reasons, JsonGenerator out) {
        if (reasons.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart(name);
        for (ThrottlingReason reason : reasons) {
            out.writeStartObject();
            out.writeStringProperty("reason", reason.reason());
            out.writeStringProperty("resource", reason.resourceArn());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeCancellations(
            ApiError.TransactionCanceled cancelled, JsonGenerator out) {
        out.writeArrayPropertyStart("CancellationReasons");
        for (CancellationReason reason : cancelled.reasons()) {
            out.writeStartObject();
            out.writeStringProperty("Code", reason.code().word());
            StringsWriter.writeOptional("Message", reason.message(), out);
            ItemWriter.writeOptional("Item", reason.item(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
