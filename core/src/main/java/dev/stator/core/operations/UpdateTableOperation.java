package dev.stator.core.operations;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.GlobalSecondaryIndexUpdate;
import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.UpdateTableRequest;
import dev.stator.core.operations.api.UpdateTableResponse;
import dev.stator.core.operations.api.WarmThroughput;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.error.ApiException;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.Throughput;
import dev.stator.model.table.ThroughputLimits;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes one kind of thing about a table (API reference, UpdateTable). What can be said without
 * knowing the table is checked here, the rest by {@link TableChanges} where the table is.
 */
final class UpdateTableOperation {
    private final UpdateTableRequest request;
    private final ThroughputSettings throughput;
    private final TableOptions options;
    private final List<GlobalSecondaryIndexUpdate> indexUpdates;

    private UpdateTableOperation(UpdateTableRequest request) {
        this.request = request;
        throughput = withoutEmpty(request.throughput());
        options = request.options();
        indexUpdates = request.globalSecondaryIndexUpdates().orElse(List.of());
    }

    /** What asks for nothing counts for nothing. */
    private static ThroughputSettings withoutEmpty(ThroughputSettings asked) {
        return new ThroughputSettings(
                asked.provisioned(),
                asked.onDemand()
                        .filter(limits ->
                                limits.maxReadRequestUnits().isPresent()
                                        || limits.maxWriteRequestUnits().isPresent()),
                asked.warm()
                        .filter(units ->
                                units.readUnitsPerSecond().isPresent()
                                        || units.writeUnitsPerSecond().isPresent()));
    }

    static void start(UpdateTableRequest request, OperationContext context) {
        TableChange change = new UpdateTableOperation(request).change();
        String name = ControlPlane.tableName(context, request.tableName());
        ControlPlane.describe(
                context,
                new AdminRequest.UpdateTable(context.accountId(), name, change),
                (table, contents) -> {
                    TableDescriptions descriptions = TableDescriptions.at(context);
                    context.answer(
                            new UpdateTableResponse(
                                    change instanceof TableChange.Warmth warmth
                                            ? descriptions.describeWarming(table, contents, warmth)
                                            : descriptions.describe(table, contents)));
                });
    }

    private TableChange change() {
        if (!request.otherMembers().isEmpty()) {
            throw Refusal.unsupported(request.otherMembers().getFirst());
        }
        checkIndexUpdates();
        checkComposition();
        checkSupported();
        if (warms()) {
            return warmth();
        }
        if (options.tableClass().isPresent()) {
            return new TableChange.StorageClass(options.tableClass().get());
        }
        if (options.deletionProtectionEnabled().isPresent()) {
            return new TableChange.DeletionProtection(options.deletionProtectionEnabled().get());
        }
        return onlineIndexChange().or(this::indexLimits).orElseGet(this::capacityChange);
    }

    /** Most things are changed alone; which one is named where there are several, is observed. */
    private void checkComposition() {
        int concerns =
                count(options.sse())
                        + count(options.stream())
                        + count(options.tableClass())
                        + count(options.deletionProtectionEnabled())
                        + count(throughput.onDemand())
                        + (warms() ? 1 : 0)
                        + (changesIops() ? 1 : 0)
                        + (indexUpdates.stream().allMatch(UpdateTableOperation::warms) ? 0 : 1);
        if (concerns == 0) {
            throw nothingToChange();
        }
        request.globalSecondaryIndexUpdates()
                .ifPresent(list -> IndexRules.checkNotEmpty(list, "GlobalSecondaryIndexUpdates"));
        if (concerns == 1) {
            return;
        }
        boolean createsIndex =
                indexUpdates.stream().anyMatch(update -> update.create().isPresent());
        if (options.sse().isPresent()) {
            throw notAlone("Server-Side Encryption modification");
        } else if (options.tableClass().isPresent()) {
            throw notAlone("TableClass modification");
        } else if (options.deletionProtectionEnabled().isPresent()) {
            throw notAlone("DeletionProtection modification");
        } else if (throughput.onDemand().isPresent()
                && (warms() || options.stream().isPresent() || !indexUpdates.isEmpty())) {
            throw Refusal.invalid(
                    "OnDemandThroughput can only be combined with BillingMode in an UpdateTable"
                            + " request");
        } else if (warms()) {
            throw createsIndex
                    ? Refusal.invalid(
                            "Create global secondary index cannot be specified when updating"
                                    + " WarmThroughput")
                    : notAlone("WarmThroughput");
        } else if (options.stream().isPresent() && isOnlineIndexChange()) {
            throw Refusal.invalid("You cannot create or delete index while changing stream status");
        } else if (options.stream().isPresent()
                && !request.billingMode().equals(Optional.of(BillingMode.PAY_PER_REQUEST))) {
            throw Refusal.invalid("You cannot modify stream status while updating table IOPS");
        }
    }

    private static int count(Optional<?> member) {
        return member.isPresent() ? 1 : 0;
    }

    private static ApiException notAlone(String what) {
        return Refusal.invalid(what + " must be the only operation in the request");
    }

    private boolean isOnlineIndexChange() {
        return indexUpdates.stream().anyMatch(update -> update.update().isEmpty());
    }

    private boolean warms() {
        return throughput.warm().isPresent()
                || indexUpdates.stream().anyMatch(UpdateTableOperation::warms);
    }

    private static boolean warms(GlobalSecondaryIndexUpdate update) {
        return update.update().filter(index -> index.throughput().warm().isPresent()).isPresent();
    }

    private TableChange warmth() {
        SequencedMap<String, ProvisionedThroughput> indexes = new LinkedHashMap<>();
        for (GlobalSecondaryIndexUpdate entry : indexUpdates) {
            GlobalSecondaryIndexUpdate.Update update = entry.update().orElseThrow();
            indexes.put(
                    update.indexName(),
                    warm(
                            update.throughput().warm().orElseThrow(),
                            " for index " + update.indexName()));
        }
        return new TableChange.Warmth(
                throughput
                        .warm()
                        .map(asked -> warm(asked, " for table"))
                        .orElse(ProvisionedThroughput.NONE),
                indexes);
    }

    private static ProvisionedThroughput warm(WarmThroughput asked, String of) {
        return new ProvisionedThroughput(
                warm(asked.readUnitsPerSecond(), "ReadUnitsPerSecond" + of),
                warm(asked.writeUnitsPerSecond(), "WriteUnitsPerSecond" + of));
    }

    /** The units; 0 where none are asked for, as nothing that is warm has none. */
    private static long warm(OptionalLong asked, String what) {
        if (asked.isPresent() && asked.getAsLong() < 1) {
            throw ThroughputRules.colder(what);
        }
        return asked.orElse(0);
    }

    private boolean changesIops() {
        return request.billingMode().isPresent() || throughput.provisioned().isPresent();
    }

    private void checkSupported() {
        options.stream()
                .ifPresent(stream -> {
                    if (stream.streamEnabled() && stream.streamViewType().isEmpty()) {
                        throw Refusal.invalid(
                                "If stream is being enabled then UpdateViewType is required");
                    }
                    if (stream.streamEnabled()) {
                        throw Refusal.unsupported("StreamSpecification");
                    }
                    if (stream.streamViewType().isPresent()) {
                        throw Refusal.invalid(
                                "If stream is being disabled, then UpdateViewType must not be"
                                        + " specified");
                    }
                    throw ApiException.validation(
                            "Table has no stream to disable: TableName: "
                                    + TableReference.parse(request.tableName()).name());
                });
        options.sse()
                .ifPresent(sse -> {
                    if (EncryptionRules.isAskedFor(sse)) {
                        throw Refusal.unsupported("SSESpecification");
                    }
                    throw Refusal.invalid("Table is already encrypted by default");
                });
    }

    private static ApiException nothingToChange() {
        return ApiException.validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
                        + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates,"
                        + " MultiAccountReplicaReady, ReplicaTransitRoleArn,"
                        + " MultiRegionConsistency, DeletionProtectionEnabled,"
                        + " OnDemandThroughput, WarmThroughput or TableClass is required");
    }

    private void checkIndexUpdates() {
        Set<String> names = new HashSet<>();
        for (GlobalSecondaryIndexUpdate update : indexUpdates) {
            int actions = 0;
            String name = "";
            if (update.create().isPresent()) {
                actions++;
                name = update.create().get().indexName();
            }
            if (update.update().isPresent()) {
                actions++;
                name = update.update().get().indexName();
            }
            if (update.delete().isPresent()) {
                actions++;
                name = update.delete().get();
            }
            if (actions == 0) {
                throw Refusal.invalid(
                        "One of GlobalSecondaryIndexUpdate.Update,"
                                + " GlobalSecondaryIndexUpdate.Create,"
                                + " GlobalSecondaryIndexUpdate.Delete must not be null");
            }
            if (actions > 1) {
                throw Refusal.invalid(
                        "Only one global secondary index action is allowed per"
                                + " GlobalSecondaryIndexUpdate object");
            }
            update.update().ifPresent(UpdateTableOperation::checkWarms);
            if (!names.add(name)) {
                throw Refusal.invalid(
                        "Only one global secondary index update per index is allowed"
                                + " simultaneously. Index: "
                                + name);
            }
        }
    }

    /** The one index that is to be made or dropped, if any. */
    private Optional<TableChange> onlineIndexChange() {
        GlobalSecondaryIndexUpdate online = null;
        for (GlobalSecondaryIndexUpdate update : indexUpdates) {
            if (update.update().isPresent()) {
                continue;
            }
            if (online != null) {
                throw TableChanges.oneOnlineIndexOnly();
            }
            online = update;
        }
        if (online == null) {
            return Optional.empty();
        }
        if (changesIops() || indexUpdates.size() > 1) {
            throw Refusal.invalid("You cannot create or delete index while updating table IOPS");
        }
        return Optional.of(
                online.create()
                        .<TableChange>map(this::addIndex)
                        .orElse(new TableChange.DropIndex(online.delete().orElse(""))));
    }

    private static void checkWarms(GlobalSecondaryIndexUpdate.Update update) {
        boolean warmsNothing =
                update.throughput()
                        .warm()
                        .filter(asked ->
                                asked.readUnitsPerSecond().isEmpty()
                                        && asked.writeUnitsPerSecond().isEmpty())
                        .isPresent();
        if (warmsNothing) {
            throw Refusal.invalid(
                    "WarmThroughput must have at least one of ReadUnitsPerSecond or"
                            + " WriteUnitsPerSecond specified for index: "
                            + update.indexName());
        }
    }

    /** Limits of indexes, where nothing else is asked for. */
    private Optional<TableChange> indexLimits() {
        SequencedMap<String, ThroughputLimits> limits = new LinkedHashMap<>();
        for (GlobalSecondaryIndexUpdate entry : indexUpdates) {
            GlobalSecondaryIndexUpdate.Update update = entry.update().orElseThrow();
            if (changesIops() || update.throughput().provisioned().isPresent()) {
                return Optional.empty();
            }
            String of = "for index " + update.indexName();
            limits.put(
                    update.indexName(),
                    update.throughput()
                            .onDemand()
                            .map(asked -> limits(asked, of))
                            .orElse(ThroughputLimits.NONE));
        }
        return limits.isEmpty()
                ? Optional.empty()
                : Optional.of(new TableChange.IndexLimits(limits));
    }

    private TableChange addIndex(GlobalSecondaryIndex index) {
        List<AttributeDefinition> definitions =
                request.attributeDefinitions()
                        .filter(given -> !given.isEmpty())
                        .orElseThrow(() ->
                                Refusal.invalid(
                                        "AttributeDefinitions is not specified for index: "
                                                + index.indexName()));
        IndexRules.checkAdded(new KeySchemaRules(definitions), index);
        SequencedMap<String, ScalarType> types = TableConversion.definitions(definitions);
        Throughput asked =
                index.throughput()
                        .provisioned()
                        .map(units -> Throughput.provisioned(units.readUnits(), units.writeUnits()))
                        .orElseGet(Throughput::onDemand);
        return new TableChange.AddIndex(
                TableConversion.globalIndex(index, types, SecondaryIndex.State.ACTIVE, asked),
                types);
    }

    private TableChange capacityChange() {
        Optional<BillingMode> mode = request.billingMode();
        if (mode.equals(Optional.of(BillingMode.PAY_PER_REQUEST))
                && throughput.provisioned().isPresent()) {
            throw Refusal.invalid(
                    "ProvisionedThroughput cannot be specified when BillingMode is"
                            + " PAY_PER_REQUEST");
        }
        throughput.provisioned().ifPresent(units -> ThroughputRules.checkBounds(units, ""));
        if (mode.equals(Optional.of(BillingMode.PROVISIONED))
                && throughput.provisioned().isEmpty()) {
            throw Refusal.invalid(
                    "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        }
        return new TableChange.Capacity(
                mode,
                throughput.provisioned(),
                throughput.onDemand().map(asked -> limits(asked, ThroughputRules.OF_TABLE)),
                indexThroughputs());
    }

    private SequencedMap<String, ProvisionedThroughput> indexThroughputs() {
        SequencedMap<String, ProvisionedThroughput> indexes = new LinkedHashMap<>();
        for (GlobalSecondaryIndexUpdate entry : indexUpdates) {
            GlobalSecondaryIndexUpdate.Update update = entry.update().orElseThrow();
            ProvisionedThroughput units =
                    update.throughput()
                            .provisioned()
                            .orElseThrow(() -> ThroughputRules.indexNeedsUnits(update.indexName()));
            ThroughputRules.checkBounds(units, " for index " + update.indexName());
            indexes.put(update.indexName(), units);
        }
        return indexes;
    }

    private static ThroughputLimits limits(OnDemandThroughput asked, String of) {
        return new ThroughputLimits(
                limit(asked.maxReadRequestUnits(), "MaxReadRequestUnits", of),
                limit(asked.maxWriteRequestUnits(), "MaxWriteRequestUnits", of));
    }

    private static @Nullable Long limit(OptionalLong asked, String member, String of) {
        if (asked.isEmpty()) {
            return null;
        }
        long limit = asked.getAsLong();
        if (limit < 1 && limit != TableChanges.NO_LIMIT) {
            throw ThroughputRules.limitOutOfRange(member, of);
        }
        return limit;
    }
}
