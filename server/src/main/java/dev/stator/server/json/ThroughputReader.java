package dev.stator.server.json;

import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.WarmThroughput;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.server.json.RequestReader.Position;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the three kinds of throughput of a table or of a global secondary index. */
final class ThroughputReader {
    private @Nullable ProvisionedThroughput provisioned;
    private @Nullable OnDemandThroughput onDemand;
    private @Nullable WarmThroughput warm;

    /**
     * Reads the member if it is one of these; false if it is not.
     *
     * @param parent the path of the structure that has them, with a dot at its end, or empty
     */
    boolean read(String member, String parent, RequestReader in, Violations violations) {
        switch (member) {
            case "ProvisionedThroughput" ->
                    provisioned = provisioned(in, parent + "provisionedThroughput", violations);
            case "OnDemandThroughput" -> onDemand = onDemand(in);
            case "WarmThroughput" -> warm = warm(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    ThroughputSettings settings() {
        return new ThroughputSettings(
                Optional.ofNullable(provisioned),
                Optional.ofNullable(onDemand),
                Optional.ofNullable(warm));
    }

    private static ProvisionedThroughput provisioned(
            RequestReader in, String path, Violations violations) {
        Long readUnits = null;
        Long writeUnits = null;
        in.beginStructure("ProvisionedThroughput", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ReadCapacityUnits" -> readUnits = in.longInteger();
                case "WriteCapacityUnits" -> writeUnits = in.longInteger();
                default -> in.skip();
            }
        }
        Members.WRITE_CAPACITY_UNITS.checkRequired(path, writeUnits, violations);
        Members.READ_CAPACITY_UNITS.checkRequired(path, readUnits, violations);
        return new ProvisionedThroughput(
                readUnits == null ? 1 : readUnits, writeUnits == null ? 1 : writeUnits);
    }

    private static OnDemandThroughput onDemand(RequestReader in) {
        OptionalLong readUnits = OptionalLong.empty();
        OptionalLong writeUnits = OptionalLong.empty();
        in.beginStructure("OnDemandThroughput", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "MaxReadRequestUnits" -> readUnits = OptionalLong.of(in.longInteger());
                case "MaxWriteRequestUnits" -> writeUnits = OptionalLong.of(in.longInteger());
                default -> in.skip();
            }
        }
        return new OnDemandThroughput(readUnits, writeUnits);
    }

    private static WarmThroughput warm(RequestReader in) {
        OptionalLong readUnits = OptionalLong.empty();
        OptionalLong writeUnits = OptionalLong.empty();
        in.beginStructure("WarmThroughput", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ReadUnitsPerSecond" -> readUnits = OptionalLong.of(in.longInteger());
                case "WriteUnitsPerSecond" -> writeUnits = OptionalLong.of(in.longInteger());
                default -> in.skip();
            }
        }
        return new WarmThroughput(readUnits, writeUnits);
    }
}
