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
        throughput = request.throughput();
        options = request.options();
        indexUpdates = request.globalSecondaryIndexUpdates().orElse(List.of());
    }

    static void start(UpdateTableRequest request, OperationContext context) {
        TableChange change = new UpdateTableOperation(request).change();
        String name = ControlPlane.tableName(context, request.tableName());
        ControlPlane.describe(
                context,
                new AdminRequest.UpdateTable(context.accountId(), name, change),
                (table, contents) ->
                        context.answer(
                                new UpdateTableResponse(
                                        TableDescriptions.at(context).describe(table, contents))));
    }

    private TableChange change() {
        checkSupported();
        checkIndexUpdates();
        boolean changesCapacity = changesCapacity();
        boolean warms =
                throughput.warm().isPresent()
                        || indexUpdates.stream().anyMatch(UpdateTableOperation::warms);
        if (!changesCapacity
                && !warms
                && indexUpdates.isEmpty()
                && options.tableClass().isEmpty()
                && options.deletionProtectionEnabled().isEmpty()) {
            throw nothingToChange();
        }
        request.globalSecondaryIndexUpdates()
                .ifPresent(list -> IndexRules.checkNotEmpty(list, "GlobalSecondaryIndexUpdates"));
        if (warms) {
            return warmth(changesCapacity);
        }
        if (options.tableClass().isPresent()) {
            checkAlone(
                    changesCapacity || options.deletionProtectionEnabled().isPresent(),
                    "TableClass");
            return new TableChange.StorageClass(options.tableClass().get());
        }
        if (options.deletionProtectionEnabled().isPresent()) {
            checkAlone(changesCapacity, "DeletionProtection");
            return new TableChange.DeletionProtection(options.deletionProtectionEnabled().get());
        }
        Optional<TableChange> online = onlineIndexChange(changesCapacity);
        return online.orElseGet(this::capacityChange);
    }

    private static boolean warms(GlobalSecondaryIndexUpdate update) {
        return update.update().filter(index -> index.throughput().warm().isPresent()).isPresent();
    }

    private TableChange warmth(boolean changesCapacity) {
        boolean others =
                changesCapacity
                        || options.tableClass().isPresent()
                        || options.deletionProtectionEnabled().isPresent()
                        || !indexUpdates.stream().allMatch(UpdateTableOperation::warms);
        if (others) {
            throw Refusal.invalid(
                    "WarmThroughput modification must be the only operation in the request");
        }
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

    private boolean changesCapacity() {
        return request.billingMode().isPresent()
                || throughput.provisioned().isPresent()
                || throughput.onDemand().isPresent();
    }

    private void checkSupported() {
        if (!request.otherMembers().isEmpty()) {
            throw Refusal.unsupported(request.otherMembers().getFirst());
        }
        options.stream()
                .ifPresent(stream -> {
                    if (stream.streamEnabled()) {
                        throw Refusal.unsupported("StreamSpecification");
                    }
                    throw ApiException.validation(
                            "Table has no stream to disable: TableName: "
                                    + TableReference.parse(request.tableName()).name());
                });
        options.sse()
                .ifPresent(sse -> {
                    if (sse.enabled().orElse(false)) {
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

    private void checkAlone(boolean others, String what) {
        if (others || !indexUpdates.isEmpty()) {
            throw Refusal.invalid(what + " modification must be the only operation in the request");
        }
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
            if (!names.add(name)) {
                throw Refusal.invalid(
                        "Only one global secondary index update per index is allowed"
                                + " simultaneously. Index: "
                                + name);
            }
        }
    }

    /** The one index that is to be made or dropped, if any. */
    private Optional<TableChange> onlineIndexChange(boolean changesCapacity) {
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
        if (changesCapacity || indexUpdates.size() > 1) {
            throw Refusal.invalid("You cannot create or delete index while updating table IOPS");
        }
        return Optional.of(
                online.create()
                        .<TableChange>map(this::addIndex)
                        .orElse(new TableChange.DropIndex(online.delete().orElse(""))));
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
            throw ThroughputRules.capacityUnitsOnDemand();
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
                throughput.onDemand().map(UpdateTableOperation::limits),
                indexThroughputs());
    }

    private SequencedMap<String, ProvisionedThroughput> indexThroughputs() {
        SequencedMap<String, ProvisionedThroughput> indexes = new LinkedHashMap<>();
        for (GlobalSecondaryIndexUpdate entry : indexUpdates) {
            GlobalSecondaryIndexUpdate.Update update = entry.update().orElseThrow();
            ProvisionedThroughput units =
                    update.throughput()
                            .provisioned()
                            .orElseThrow(() ->
                                    Refusal.invalid(
                                            "ProvisionedThroughput must be specified for"
                                                    + " index: "
                                                    + update.indexName()));
            ThroughputRules.checkBounds(units, " for index " + update.indexName());
            indexes.put(update.indexName(), units);
        }
        return indexes;
    }

    private static ThroughputLimits limits(OnDemandThroughput asked) {
        return new ThroughputLimits(
                limit(asked.maxReadRequestUnits(), "MaxReadRequestUnits"),
                limit(asked.maxWriteRequestUnits(), "MaxWriteRequestUnits"));
    }

    private static @Nullable Long limit(OptionalLong asked, String member) {
        if (asked.isEmpty()) {
            return null;
        }
        long limit = asked.getAsLong();
        if (limit < 1 && limit != TableChanges.NO_LIMIT) {
            throw ThroughputRules.limitOutOfRange(member, "for table");
        }
        return limit;
    }
}
