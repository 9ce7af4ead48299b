package dev.stator.server.json;

import dev.stator.core.operations.api.DescribeContinuousBackupsRequest;
import dev.stator.core.operations.api.DescribeContinuousBackupsResponse;
import dev.stator.core.operations.api.DescribeContinuousBackupsResponse.PointInTimeRecovery;
import tools.jackson.core.JsonGenerator;

/** DescribeContinuousBackups. */
final class DescribeContinuousBackupsCodec {
    private DescribeContinuousBackupsCodec() {}

    static DescribeContinuousBackupsRequest read(RequestReader in) {
        return new DescribeContinuousBackupsRequest(
                TableNameReader.read(in, "DescribeContinuousBackupsInput"));
    }

    static void write(DescribeContinuousBackupsResponse response, JsonGenerator out) {
        out.writeObjectPropertyStart("ContinuousBackupsDescription");
        out.writeStringProperty(
                "ContinuousBackupsStatus", status(response.continuousBackupsEnabled()));
        out.writeObjectPropertyStart("PointInTimeRecoveryDescription");
        out.writeStringProperty(
                "PointInTimeRecoveryStatus", status(response.pointInTimeRecovery().isPresent()));
        response.pointInTimeRecovery().ifPresent(recovery -> write(recovery, out));
        out.writeEndObject();
        out.writeEndObject();
    }

    private static String status(boolean enabled) {
        return enabled ? "ENABLED" : "DISABLED";
    }

    private static void write(PointInTimeRecovery recovery, JsonGenerator out) {
        out.writeNumberProperty("RecoveryPeriodInDays", recovery.recoveryPeriodInDays());
        StringsWriter.writeTime(
                "EarliestRestorableDateTime", recovery.earliestRestorableMillis(), out);
        StringsWriter.writeTime("LatestRestorableDateTime", recovery.latestRestorableMillis(), out);
    }
}
