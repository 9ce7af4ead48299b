package dev.stator.server.json;

import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.ScanResponse;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Scan. */
final class ScanCodec {
    private ScanCodec() {}

    static ScanRequest read(RequestReader in) {
        RangeReadMembers common = new RangeReadMembers("ScanFilter");
        Integer segment = null;
        Integer totalSegments = null;
        in.beginRequest("ScanInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Segment" -> segment = in.integer();
                case "TotalSegments" -> totalSegments = in.integer();
                default -> common.read(member, in);
            }
        }
        in.endRequest();
        Violations violations = new Violations();
        common.checkFirst(Members.SCAN_LIMIT, violations);
        Members.SEGMENT.check(segment, violations);
        common.checkSelect(violations);
        Members.TOTAL_SEGMENTS.check(totalSegments, violations);
        common.checkNames(violations);
        violations.throwIfAny();
        in.valueErrors().throwIfAny();
        return new ScanRequest(
                Objects.requireNonNull(common.tableName()),
                optional(segment),
                optional(totalSegments),
                common.toRangeRead());
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static void write(ScanResponse response, JsonGenerator out) {
        response.items().ifPresent(items -> ItemWriter.writeList("Items", items, out));
        out.writeNumberProperty("Count", response.count());
        out.writeNumberProperty("ScannedCount", response.scannedCount());
        ItemWriter.writeOptional("LastEvaluatedKey", response.lastEvaluatedKey(), out);
        CapacityWriter.writeOptional(response.consumedCapacity(), out);
    }
}
