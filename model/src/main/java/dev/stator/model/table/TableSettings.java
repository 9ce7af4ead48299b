package dev.stator.model.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be set for a table and changed later.
 *
 * @param stream null where the table never had a stream
 */
public record TableSettings(
        Billing billing,
        Storage storage,
        @Nullable Stream stream,
        boolean deletionProtection,
        SequencedMap<String, String> tags) {
    public TableSettings {
        tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
    }

    /** The settings of a table for which a request asks nothing in particular. */
    public static TableSettings of(Billing billing) {
        return new TableSettings(billing, Storage.STANDARD, null, false, new LinkedHashMap<>());
    }

    /**
     * Mode and throughput.
     *
     * @param onDemandSinceMillis when it was last set to on-demand; null if never, and then
     *     DescribeTable has no BillingModeSummary
     */
    public record Billing(
            BillingMode mode, Throughput throughput, @Nullable Long onDemandSinceMillis) {
        public static Billing onDemand(long nowMillis) {
            return new Billing(BillingMode.PAY_PER_REQUEST, Throughput.onDemand(), nowMillis);
        }

        public static Billing provisioned(long readUnits, long writeUnits) {
            return new Billing(
                    BillingMode.PROVISIONED, Throughput.provisioned(readUnits, writeUnits), null);
        }
    }

    /**
     * How the data is kept.
     *
     * @param classChangedAtMillis null if never changed
     * @param kmsKeyArn the key that a request named for encryption; null for the owned key, which
     *     DescribeTable does not describe
     */
    public record Storage(
            TableClass tableClass,
            @Nullable Long classChangedAtMillis,
            @Nullable String kmsKeyArn) {
        public static final Storage STANDARD = new Storage(TableClass.STANDARD, null, null);
    }

    /**
     * The stream of a table.
     *
     * @param enabled false once it was disabled
     * @param label the last part of the latest stream ARN
     */
    public record Stream(boolean enabled, StreamViewType viewType, String label) {}

    public TableSettings withBilling(Billing changed) {
        return new TableSettings(changed, storage, stream, deletionProtection, tags);
    }

    public TableSettings withStorage(Storage changed) {
        return new TableSettings(billing, changed, stream, deletionProtection, tags);
    }

    public TableSettings withStream(@Nullable Stream changed) {
        return new TableSettings(billing, storage, changed, deletionProtection, tags);
    }

    public TableSettings withDeletionProtection(boolean changed) {
        return new TableSettings(billing, storage, stream, changed, tags);
    }

    public TableSettings withTags(SequencedMap<String, String> changed) {
        return new TableSettings(billing, storage, stream, deletionProtection, changed);
    }
}
