package dev.stator.core.operations;

import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.WarmThroughput;
import dev.stator.model.error.ApiException;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.Throughput;
import dev.stator.model.table.ThroughputChanges;
import dev.stator.model.table.ThroughputLimits;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which throughput settings go with which billing mode, and in which bounds (API reference,
 * CreateTable: ProvisionedThroughput, OnDemandThroughput, WarmThroughput).
 */
final class ThroughputRules {
    static final String OF_TABLE = "for table";

    private static final long MAX_CAPACITY_UNITS = 1_000_000_000_000L;
    private static final String INITIAL_THROUGHPUT =
            "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
                    + "on-demand-capacity-mode.html#on-demand-capacity-mode-initial";

    private ThroughputRules() {}

    /** Checks what is asked for a new table, and makes its throughput. */
    static Throughput ofNewTable(BillingMode mode, ThroughputSettings settings) {
        if (mode == BillingMode.PAY_PER_REQUEST && settings.provisioned().isPresent()) {
            throw capacityUnitsOnDemand();
        }
        settings.provisioned().ifPresent(throughput -> checkBounds(throughput, ""));
        if (mode == BillingMode.PROVISIONED && settings.provisioned().isEmpty()) {
            throw Refusal.invalid(
                    "ReadCapacityUnits and WriteCapacityUnits must both be specified when"
                            + " BillingMode is PROVISIONED");
        }
        return throughput(mode, settings, OF_TABLE);
    }

    /** Checks what is asked for a global secondary index, and makes its throughput. */
    static Throughput ofNewIndex(BillingMode mode, String indexName, ThroughputSettings settings) {
        settings.provisioned()
                .ifPresent(throughput -> checkBounds(throughput, " for index " + indexName));
        if (mode == BillingMode.PROVISIONED && settings.provisioned().isEmpty()) {
            throw Refusal.invalid("ProvisionedThroughput is not specified for index: " + indexName);
        }
        if (mode == BillingMode.PAY_PER_REQUEST && settings.provisioned().isPresent()) {
            throw Refusal.invalid(
                    "ProvisionedThroughput should not be specified for index: "
                            + indexName
                            + " when BillingMode is PAY_PER_REQUEST");
        }
        return throughput(mode, settings, "for index " + indexName);
    }

    static ApiException indexNeedsUnits(String indexName) {
        return Refusal.invalid("ProvisionedThroughput must be specified for index: " + indexName);
    }

    static ApiException nothingForOnDemandIndex(String indexName) {
        return Refusal.invalid(
                "The only Updates for index: "
                        + indexName
                        + " when TableThroughputMode is PAY_PER_REQUEST can be to"
                        + " OnDemandThroughput, WarmThroughput");
    }

    static ApiException capacityUnitsOnDemand() {
        return Refusal.invalid(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                        + " BillingMode is PAY_PER_REQUEST");
    }

    /**
     * @param of what the throughput is of, as the message ends; empty for the table
     */
    static void checkBounds(ProvisionedThroughput throughput, String of) {
        checkBound(throughput.readUnits(), "ReadCapacityUnits", of);
        checkBound(throughput.writeUnits(), "WriteCapacityUnits", of);
    }

    private static void checkBound(long units, String member, String of) {
        if (units > MAX_CAPACITY_UNITS) {
            throw ApiException.validation(
                    "Given value " + units + " for " + member + " is out of bounds" + of);
        }
    }

    private static Throughput throughput(BillingMode mode, ThroughputSettings settings, String of) {
        ThroughputLimits limits =
                settings.onDemand()
                        .map(asked -> newLimits(mode, asked, of))
                        .orElse(ThroughputLimits.NONE);
        Throughput base =
                settings.provisioned()
                        .map(units -> Throughput.provisioned(units.readUnits(), units.writeUnits()))
                        .orElseGet(Throughput::onDemand);
        ProvisionedThroughput warm =
                settings.warm().map(asked -> warm(mode, asked, base, of)).orElse(base.warm());
        return new Throughput(base.provisioned(), ThroughputChanges.NONE, limits, warm);
    }

    private static ThroughputLimits newLimits(
            BillingMode mode, OnDemandThroughput asked, String of) {
        if (mode == BillingMode.PROVISIONED) {
            checkAbsent(asked.maxReadRequestUnits(), "MaxReadRequestUnits", of);
            checkAbsent(asked.maxWriteRequestUnits(), "MaxWriteRequestUnits", of);
        }
        checkLimit(asked.maxReadRequestUnits(), "MaxReadRequestUnits", of);
        checkLimit(asked.maxWriteRequestUnits(), "MaxWriteRequestUnits", of);
        return new ThroughputLimits(
                nullable(asked.maxReadRequestUnits()), nullable(asked.maxWriteRequestUnits()));
    }

    private static void checkAbsent(OptionalLong limit, String member, String of) {
        if (limit.isPresent()) {
            throw Refusal.invalid(
                    member
                            + " for OnDemandThroughput"
                            + (of.equals(OF_TABLE) ? "" : " " + of.replace("index ", "index: "))
                            + " cannot be specified when table BillingMode is PROVISIONED.");
        }
    }

    private static void checkLimit(OptionalLong limit, String member, String of) {
        if (limit.isPresent() && limit.getAsLong() < 1) {
            throw limitOutOfRange(member, of);
        }
    }

    static ApiException limitOutOfRange(String member, String of) {
        return Refusal.invalid(
                "Requested "
                        + member
                        + " for OnDemandThroughput "
                        + of.replace("index ", "index : ")
                        + " is outside of valid range");
    }

    private static ProvisionedThroughput warm(
            BillingMode mode, WarmThroughput asked, Throughput base, String of) {
        long read = asked.readUnitsPerSecond().orElse(base.warm().readUnits());
        long write = asked.writeUnitsPerSecond().orElse(base.warm().writeUnits());
        if (read < base.warm().readUnits()) {
            throw tooCold(mode, "ReadUnitsPerSecond", "ReadCapacityUnits", of);
        }
        if (write < base.warm().writeUnits()) {
            throw tooCold(mode, "WriteUnitsPerSecond", "WriteCapacityUnits", of);
        }
        return new ProvisionedThroughput(read, write);
    }

    private static ApiException tooCold(
            BillingMode mode, String member, String provisioned, String of) {
        return Refusal.invalid(
                "Requested "
                        + member
                        + " for WarmThroughput "
                        + of
                        + " is lower than "
                        + (mode == BillingMode.PROVISIONED
                                ? provisioned + " of ProvisionedThroughput"
                                : "initial throughput for OnDemand. See: " + INITIAL_THROUGHPUT));
    }

    /**
     * What was warm is not made colder.
     *
     * @param what units, and of what
     */
    static ApiException colder(String what) {
        int end = what.indexOf(' ');
        return Refusal.invalid(
                "Requested "
                        + what.substring(0, end)
                        + " for WarmThroughput"
                        + what.substring(end)
                        + " is lower than current WarmThroughput, decreasing WarmThroughput is not"
                        + " supported");
    }

    private static @Nullable Long nullable(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
