package dev.stator.core.operations;

import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableClass;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableSchema;
import dev.stator.model.table.TableSettings;
import dev.stator.model.table.TableStatus;
import dev.stator.model.table.Throughput;
import dev.stator.model.table.ThroughputChanges;
import dev.stator.model.table.ThroughputLimits;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a change makes of a table, or why it is refused (API reference, UpdateTable). Auto-admin
 * calls it where the table is; it decides nothing about how the cluster follows.
 */
public final class TableChanges {
    /** Asks for a limit of on-demand throughput to be taken away. */
    static final long NO_LIMIT = -1;

    private static final DateTimeFormatter DECREASE_TIME =
            DateTimeFormatter.ofPattern(
                            "EEEE, MMMM d, yyyy 'at' h:mm:ss a 'Coordinated Universal Time'",
                            Locale.US)
                    .withZone(ZoneOffset.UTC);

    private final TableDescriptor table;
    private final long nowMillis;

    private TableChanges(TableDescriptor table, long nowMillis) {
        this.table = table;
        this.nowMillis = nowMillis;
    }

    /**
     * @param nowMillis the wall clock, milliseconds since 1970
     * @return the table as it is wanted, its status unchanged
     * @throws ApiException if the table cannot be changed so
     */
    public static TableDescriptor apply(TableDescriptor table, TableChange change, long nowMillis) {
        return new TableChanges(table, nowMillis).apply(change);
    }

    private TableDescriptor apply(TableChange change) {
        TableSettings settings = table.settings();
        if (change instanceof TableChange.DropIndex(String indexName)
                && cancelsCreation(indexName)) {
            return table.withSchema(withoutIndex(indexName));
        }
        switch (change) {
            case TableChange.AddIndex ignored -> checkOnlineIndexes();
            case TableChange.DropIndex ignored -> checkOnlineIndexes();
            case TableChange.DeletionProtection ignored -> {}
            case TableChange.Capacity ignored -> {}
            case TableChange.Warmth ignored -> {}
            case TableChange.IndexLimits ignored -> {}
            case TableChange.StorageClass ignored -> {}
            case TableChange.Tags ignored -> {}
        }
        ChangeAdmission.check(table, change);
        return switch (change) {
            case TableChange.Capacity capacity -> changed(capacity);
            case TableChange.Warmth warmth -> warmed(warmth);
            case TableChange.IndexLimits limits -> limited(limits);
            case TableChange.DeletionProtection(boolean enabled) ->
                    table.withSettings(settings.withDeletionProtection(enabled));
            case TableChange.StorageClass(TableClass tableClass) -> stored(tableClass);
            case TableChange.AddIndex(
                            SecondaryIndex.Global index,
                            SequencedMap<String, ScalarType> definitions) ->
                    table.withSchema(withIndex(index, definitions));
            case TableChange.DropIndex(String indexName) ->
                    table.withSchema(withoutIndex(indexName));
            case TableChange.Tags tags -> table.withSettings(settings.withTags(retagged(tags)));
        };
    }

    /**
     * What has become of a table when its change has taken effect: indexes that were to be made are
     * there, those that were to go are gone.
     */
    public static TableDescriptor settled(TableDescriptor table) {
        List<SecondaryIndex.Global> indexes = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            if (index.state().status() != IndexStatus.DELETING) {
                indexes.add(index.withState(SecondaryIndex.State.ACTIVE));
            }
        }
        return table.withSchema(pruned(table.schema(), indexes));
    }

    /**
     * Whether the index to be dropped is new, and items are being added to it. That it may be,
     * though the table is UPDATING on its account.
     *
     * @throws ApiException if it is new, but not there yet
     */
    private boolean cancelsCreation(String indexName) {
        if (table.status() != TableStatus.UPDATING
                || !(table.schema().index(indexName).orElse(null)
                        instanceof SecondaryIndex.Global index)
                || index.state().status() != IndexStatus.CREATING) {
            return false;
        }
        if (!index.state().backfilling()) {
            throw new ApiException(
                    new ApiError.ResourceInUse(
                            "Attempt to change a resource which is still in use: Index creation is"
                                    + " in resource allocation phase. Retry deletion during"
                                    + " backfilling phase or when the index is active. Table: "
                                    + table.name()
                                    + " Index: "
                                    + indexName));
        }
        return true;
    }

    /** A table as it was, with the states that it and its indexes have since. */
    public static TableDescriptor withStatesOf(TableDescriptor before, TableDescriptor after) {
        List<SecondaryIndex.Global> indexes = new ArrayList<>();
        for (SecondaryIndex.Global index : before.schema().globalIndexes()) {
            SecondaryIndex.State state =
                    after.schema().index(index.name()).orElse(index)
                                    instanceof SecondaryIndex.Global since
                            ? since.state()
                            : index.state();
            indexes.add(index.withState(state));
        }
        return before.withSchema(before.schema().withGlobalIndexes(indexes))
                .withStatus(after.status());
    }

    /** One index at a time is made or dropped, whatever else goes on. */
    private void checkOnlineIndexes() {
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            IndexStatus status = index.state().status();
            if (status == IndexStatus.CREATING || status == IndexStatus.DELETING) {
                throw oneOnlineIndexOnly();
            }
        }
    }

    static ApiException oneOnlineIndexOnly() {
        return new ApiException(
                new ApiError.LimitExceeded(
                        "Subscriber limit exceeded: Only 1 online index can be created or deleted"
                                + " simultaneously per table"));
    }

    private TableDescriptor stored(TableClass tableClass) {
        TableSettings.Storage storage = table.settings().storage();
        return storage.tableClass() == tableClass
                ? table
                : table.withSettings(
                        table.settings()
                                .withStorage(
                                        new TableSettings.Storage(
                                                tableClass, nowMillis, storage.kmsKeyArn())));
    }

    private SequencedMap<String, String> retagged(TableChange.Tags change) {
        SequencedMap<String, String> tags = new LinkedHashMap<>(table.settings().tags());
        change.removed().forEach(tags::remove);
        tags.putAll(change.set());
        TagRules.checkCount(tags.size());
        return tags;
    }

    private TableDescriptor warmed(TableChange.Warmth change) {
        change.indexes().keySet().forEach(this::checkGlobal);
        TableSettings.Billing billing = table.settings().billing();
        Throughput warmer = warmed(billing.throughput(), change.table(), "for table");
        List<SecondaryIndex.Global> indexes = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            ProvisionedThroughput wanted =
                    change.indexes().getOrDefault(index.name(), ProvisionedThroughput.NONE);
            indexes.add(
                    index.withThroughput(
                            warmed(index.throughput(), wanted, "for index " + index.name())));
        }
        TableSettings settings =
                table.settings()
                        .withBilling(
                                new TableSettings.Billing(
                                        billing.mode(), warmer, billing.onDemandSinceMillis()));
        return table.withSettings(settings).withSchema(withGlobalIndexes(indexes));
    }

    private static Throughput warmed(Throughput current, ProvisionedThroughput wanted, String of) {
        return new Throughput(
                current.provisioned(),
                current.changes(),
                current.limits(),
                new ProvisionedThroughput(
                        warmer(
                                current.warm().readUnits(),
                                wanted.readUnits(),
                                "ReadUnitsPerSecond " + of),
                        warmer(
                                current.warm().writeUnits(),
                                wanted.writeUnits(),
                                "WriteUnitsPerSecond " + of)));
    }

    private static long warmer(long current, long wanted, String what) {
        if (wanted != 0 && wanted < current) {
            throw ThroughputRules.colder(what);
        }
        return Math.max(current, wanted);
    }

    private TableDescriptor changed(TableChange.Capacity change) {
        TableSettings.Billing billing = table.settings().billing();
        BillingMode mode = change.mode().orElse(billing.mode());
        boolean modeChanges = mode != billing.mode();
        if (mode == BillingMode.PAY_PER_REQUEST && change.throughput().isPresent()) {
            throw ThroughputRules.capacityUnitsOnDemand();
        }
        Throughput throughput =
                modeChanges ? unlimited(billing.throughput()) : billing.throughput();
        if (modeChanges && mode == BillingMode.PAY_PER_REQUEST) {
            throughput = onDemand(throughput);
        } else if (change.throughput().isPresent()) {
            ProvisionedThroughput wanted = change.throughput().get();
            if (!modeChanges) {
                checkDifferent(throughput.provisioned(), wanted, "the table", "the table");
            }
            throughput = reprovisioned(throughput, wanted);
        }
        if (change.limits().isPresent()) {
            throughput = withLimits(throughput, mode, change.limits().get(), "");
        }
        Long onDemandSince =
                modeChanges && mode == BillingMode.PAY_PER_REQUEST
                        ? Long.valueOf(nowMillis)
                        : billing.onDemandSinceMillis();
        TableSettings settings =
                table.settings()
                        .withBilling(new TableSettings.Billing(mode, throughput, onDemandSince));
        return table.withSettings(settings).withSchema(indexCapacity(change, mode, modeChanges));
    }

    private TableSchema indexCapacity(
            TableChange.Capacity change, BillingMode mode, boolean modeChanges) {
        for (String name : change.indexes().keySet()) {
            checkGlobal(name);
        }
        List<SecondaryIndex.Global> indexes = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            ProvisionedThroughput wanted = change.indexes().get(index.name());
            SecondaryIndex.Global changed =
                    index.withThroughput(indexThroughput(index, wanted, mode, modeChanges));
            boolean alone = change.mode().isEmpty() && change.throughput().isEmpty();
            indexes.add(alone && wanted != null ? updating(changed) : changed);
        }
        return withGlobalIndexes(indexes);
    }

    private Throughput indexThroughput(
            SecondaryIndex.Global index,
            @Nullable ProvisionedThroughput wanted,
            BillingMode mode,
            boolean modeChanges) {
        Throughput current = modeChanges ? unlimited(index.throughput()) : index.throughput();
        if (mode == BillingMode.PAY_PER_REQUEST) {
            if (wanted != null) {
                throw ThroughputRules.nothingForOnDemandIndex(index.name());
            }
            return modeChanges ? onDemand(current) : current;
        }
        if (wanted == null) {
            if (modeChanges) {
                throw ThroughputRules.indexNeedsUnits(index.name());
            }
            return current;
        }
        if (!modeChanges) {
            checkDifferent(
                    current.provisioned(),
                    wanted,
                    "the index " + index.name(),
                    "index " + index.name());
        }
        return reprovisioned(current, wanted);
    }

    /** An index whose throughput changes is UPDATING, unless more than that is under way. */
    private SecondaryIndex.Global updating(SecondaryIndex.Global index) {
        return table.status() == TableStatus.ACTIVE
                ? index.withState(new SecondaryIndex.State(IndexStatus.UPDATING, false))
                : index;
    }

    private TableDescriptor limited(TableChange.IndexLimits change) {
        change.indexes().keySet().forEach(this::checkGlobal);
        BillingMode mode = table.settings().billing().mode();
        List<SecondaryIndex.Global> indexes = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            ThroughputLimits asked = change.indexes().get(index.name());
            if (asked == null) {
                indexes.add(index);
                continue;
            }
            if (asked.equals(ThroughputLimits.NONE)) {
                throw mode == BillingMode.PAY_PER_REQUEST
                        ? ThroughputRules.nothingForOnDemandIndex(index.name())
                        : ThroughputRules.indexNeedsUnits(index.name());
            }
            String of = " for index : " + index.name();
            Throughput limited = withLimits(index.throughput(), mode, asked, of);
            indexes.add(updating(index.withThroughput(limited)));
        }
        return table.withSchema(withGlobalIndexes(indexes));
    }

    private void checkGlobal(String indexName) {
        Optional<SecondaryIndex> index = table.schema().index(indexName);
        if (index.isEmpty()) {
            throw noSuchIndex(indexName);
        }
        if (index.get() instanceof SecondaryIndex.Local) {
            throw ApiException.validation(
                    "Cannot update an index that is not a GlobalSecondaryIndex: " + indexName);
        }
    }

    /**
     * @param what the table or index, as the message first calls it
     * @param of the same as the message calls it afterwards
     */
    private static void checkDifferent(
            ProvisionedThroughput current, ProvisionedThroughput wanted, String what, String of) {
        if (!current.equals(wanted)) {
            return;
        }
        throw ApiException.validation(
                "The provisioned throughput for "
                        + what
                        + " will not change. The requested value equals the current value. Current"
                        + " ReadCapacityUnits provisioned for "
                        + of
                        + ": "
                        + current.readUnits()
                        + ". Requested ReadCapacityUnits: "
                        + wanted.readUnits()
                        + ". Current WriteCapacityUnits provisioned for "
                        + of
                        + ": "
                        + current.writeUnits()
                        + ". Requested WriteCapacityUnits: "
                        + wanted.writeUnits()
                        + ". Refer to the Amazon DynamoDB Developer Guide for current limits and"
                        + " how to request higher limits.");
    }

    private Throughput reprovisioned(Throughput current, ProvisionedThroughput wanted) {
        if (current.isDecrease(wanted) && current.changes().decreasesAtHand(nowMillis) == 0) {
            throw new ApiException(
                    new ApiError.LimitExceeded(
                            "Subscriber limit exceeded: Provisioned throughput decreases are"
                                    + " limited within a given UTC day. After the first 4"
                                    + " decreases, each subsequent decrease in the same UTC day can"
                                    + " be performed at most once every 3600 seconds. Number of"
                                    + " decreases today: "
                                    + current.changes().decreasesToday(nowMillis)
                                    + lastAndNext(current.changes())));
        }
        return current.reprovisioned(wanted, nowMillis);
    }

    private String lastAndNext(ThroughputChanges changes) {
        Long last = changes.lastDecreaseMillis();
        return last == null
                ? ""
                : ". Last decrease at "
                        + DECREASE_TIME.format(Instant.ofEpochMilli(last))
                        + ". Next decrease can be made at "
                        + DECREASE_TIME.format(
                                Instant.ofEpochMilli(changes.nextDecreaseMillis(nowMillis)));
    }

    private static Throughput onDemand(Throughput current) {
        ProvisionedThroughput warm =
                new ProvisionedThroughput(
                        Math.max(current.warm().readUnits(), Throughput.WARM_ON_DEMAND.readUnits()),
                        Math.max(
                                current.warm().writeUnits(),
                                Throughput.WARM_ON_DEMAND.writeUnits()));
        return new Throughput(
                ProvisionedThroughput.NONE, current.changes(), current.limits(), warm);
    }

    /** The limits do not outlive the mode that they were given in. */
    private static Throughput unlimited(Throughput current) {
        return new Throughput(
                current.provisioned(), current.changes(), ThroughputLimits.NONE, current.warm());
    }

    /**
     * @param of the index that they are of, as the message goes on; empty for the table
     */
    private static Throughput withLimits(
            Throughput current, BillingMode mode, ThroughputLimits asked, String of) {
        if (mode == BillingMode.PROVISIONED) {
            throw Refusal.invalid(
                    (asked.readUnits() != null ? "MaxReadRequestUnits" : "MaxWriteRequestUnits")
                            + " for OnDemandThroughput"
                            + of
                            + " cannot be specified when the table BillingMode is PROVISIONED");
        }
        ThroughputLimits limits =
                new ThroughputLimits(
                        limit(current.limits().readUnits(), asked.readUnits()),
                        limit(current.limits().writeUnits(), asked.writeUnits()));
        return new Throughput(current.provisioned(), current.changes(), limits, current.warm());
    }

    private static @Nullable Long limit(@Nullable Long current, @Nullable Long asked) {
        if (asked == null) {
            return current;
        }
        return asked == NO_LIMIT ? null : asked;
    }

    /** Definitions are a delta: an attribute that has a type keeps it. */
    private TableSchema withIndex(
            SecondaryIndex.Global index, SequencedMap<String, ScalarType> added) {
        TableSchema schema = table.schema();
        if (schema.index(index.name()).isPresent()) {
            throw ApiException.validation("Attempting to create an index which already exists");
        }
        if (schema.globalIndexes().size() >= IndexRules.MAX_GLOBAL_INDEXES) {
            throw new ApiException(
                    new ApiError.LimitExceeded(
                            "Subscriber limit exceeded: Number of global secondary indexes exceeds"
                                    + " per-table limit of "
                                    + IndexRules.MAX_GLOBAL_INDEXES));
        }
        boolean onDemand = table.settings().billing().mode() == BillingMode.PAY_PER_REQUEST;
        boolean hasUnits = !index.throughput().provisioned().equals(ProvisionedThroughput.NONE);
        if (onDemand == hasUnits) {
            throw Refusal.invalid(
                    onDemand
                            ? "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified"
                                    + " for index: "
                                    + index.name()
                                    + " when BillingMode is PAY_PER_REQUEST"
                            : "Both ReadCapacityUnits and WriteCapacityUnits must be specified for"
                                    + " index: "
                                    + index.name());
        }
        SequencedMap<String, ScalarType> definitions = new LinkedHashMap<>(added);
        definitions.putAll(schema.attributeDefinitions());
        List<SecondaryIndex.Global> indexes = new ArrayList<>(schema.globalIndexes());
        indexes.add(
                new SecondaryIndex.Global(
                        index.name(),
                        new IndexKeySchema(
                                retyped(index.keySchema().partitionKey(), definitions),
                                retyped(index.keySchema().sortKey(), definitions)),
                        index.projection(),
                        new SecondaryIndex.State(IndexStatus.CREATING, false),
                        index.throughput()));
        SequencedMap<String, ScalarType> inOrder =
                new LinkedHashMap<>(schema.attributeDefinitions());
        definitions.forEach(inOrder::putIfAbsent);
        return pruned(
                new TableSchema(schema.key(), inOrder, schema.localIndexes(), indexes), indexes);
    }

    private static List<KeyAttribute> retyped(
            List<KeyAttribute> attributes, SequencedMap<String, ScalarType> definitions) {
        List<KeyAttribute> retyped = new ArrayList<>(attributes.size());
        for (KeyAttribute attribute : attributes) {
            retyped.add(
                    new KeyAttribute(
                            attribute.name(),
                            definitions.getOrDefault(attribute.name(), attribute.type())));
        }
        return retyped;
    }

    private TableSchema withoutIndex(String indexName) {
        Optional<SecondaryIndex> found = table.schema().index(indexName);
        if (found.isEmpty()) {
            throw noSuchIndex(indexName);
        }
        if (found.get() instanceof SecondaryIndex.Local) {
            throw ApiException.validation(
                    "Cannot delete an index that is not a GlobalSecondaryIndex: " + indexName);
        }
        List<SecondaryIndex.Global> indexes = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            indexes.add(
                    index.name().equals(indexName)
                            ? index.withState(new SecondaryIndex.State(IndexStatus.DELETING, false))
                            : index);
        }
        return withGlobalIndexes(indexes);
    }

    private ApiException noSuchIndex(String indexName) {
        return new ApiException(
                new ApiError.ResourceNotFound(
                        Messages.RESOURCE_NOT_FOUND
                                + ": Index "
                                + indexName
                                + " for table "
                                + table.name()));
    }

    private TableSchema withGlobalIndexes(List<SecondaryIndex.Global> indexes) {
        TableSchema schema = table.schema();
        return new TableSchema(
                schema.key(), schema.attributeDefinitions(), schema.localIndexes(), indexes);
    }

    /** Keeps the definitions of attributes that are keys of something. */
    private static TableSchema pruned(TableSchema schema, List<SecondaryIndex.Global> indexes) {
        SequencedMap<String, ScalarType> kept = new LinkedHashMap<>(schema.attributeDefinitions());
        kept.keySet()
                .removeIf(name ->
                        !schema.key().isKey(name)
                                && !isKeyOfAny(name, schema.localIndexes())
                                && !isKeyOfAny(name, indexes));
        return new TableSchema(schema.key(), kept, schema.localIndexes(), indexes);
    }

    private static boolean isKeyOfAny(String name, List<? extends SecondaryIndex> indexes) {
        for (SecondaryIndex index : indexes) {
            if (index.keySchema().isKey(name)) {
                return true;
            }
        }
        return false;
    }
}
