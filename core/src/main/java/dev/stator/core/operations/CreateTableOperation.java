package dev.stator.core.operations;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.CreateTableResponse;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableIdentity;
import dev.stator.model.table.TableSchema;
import dev.stator.model.table.TableSettings;
import dev.stator.model.table.TableStatus;
import dev.stator.model.table.Throughput;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Creates a table (API reference, CreateTable). The whole request is checked here; whether the name
 * is free, auto-admin finds out. The table is CREATING in the answer.
 */
final class CreateTableOperation {
    private final CreateTableRequest request;
    private final OperationContext context;
    private final BillingMode mode;
    private final List<AttributeDefinition> definitions;
    private final List<KeySchemaElement> keySchema;
    private final List<LocalSecondaryIndex> localIndexes;
    private final List<GlobalSecondaryIndex> globalIndexes;

    private CreateTableOperation(CreateTableRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
        mode = request.billingMode().orElse(BillingMode.PROVISIONED);
        definitions = request.attributeDefinitions().orElse(List.of());
        keySchema = request.keySchema().orElse(List.of());
        localIndexes = request.localSecondaryIndexes().orElse(List.of());
        globalIndexes = request.globalSecondaryIndexes().orElse(List.of());
    }

    static void start(CreateTableRequest request, OperationContext context) {
        new CreateTableOperation(request, context).start();
    }

    private void start() {
        if (!request.otherMembers().isEmpty()) {
            throw Refusal.unsupported(request.otherMembers().getFirst());
        }
        String name = ControlPlane.tableName(context, request.tableName());
        Throughput throughput = ThroughputRules.ofNewTable(mode, request.throughput());
        checkSchema();
        checkOptions();
        SequencedMap<String, String> tags = TagRules.newTags(request.tags().orElse(List.of()));
        TableDescriptor wanted =
                new TableDescriptor(
                        new TableIdentity(
                                context.accountId(), name, TableId.NONE, context.arrivedAtMillis()),
                        TableStatus.CREATING,
                        schema(),
                        settings(throughput, tags),
                        List.of());
        ControlPlane.call(
                context,
                new AdminRequest.CreateTable(wanted),
                table ->
                        context.answer(
                                new CreateTableResponse(
                                        TableDescriptions.at(context)
                                                .describeNew(
                                                        table,
                                                        request.throughput().warm().isPresent()))));
    }

    private void checkSchema() {
        KeySchemaRules keys = new KeySchemaRules(definitions);
        keys.checkTable(keySchema);
        request.localSecondaryIndexes()
                .ifPresent(list -> IndexRules.checkNotEmpty(list, "LocalSecondaryIndexes"));
        request.globalSecondaryIndexes()
                .ifPresent(list -> IndexRules.checkNotEmpty(list, "GlobalSecondaryIndexes"));
        IndexRules indexes = new IndexRules(keys, keySchema, mode);
        indexes.checkLocal(localIndexes);
        globalIndexes.forEach(index -> keys.checkDefined(index.keySchema()));
        keys.checkAllUsed(!localIndexes.isEmpty() || !globalIndexes.isEmpty());
        indexes.checkGlobal(globalIndexes);
    }

    private void checkOptions() {
        TableOptions options = request.options();
        options.stream()
                .ifPresent(stream -> {
                    if (stream.streamEnabled() && stream.streamViewType().isEmpty()) {
                        throw Refusal.invalid(
                                "Table is being created with a stream enabled, UpdateViewType is"
                                        + " required");
                    }
                    if (stream.streamEnabled()) {
                        // A table without the stream that was asked for would lose
                        // records that its owner counts on.
                        throw Refusal.unsupported("StreamSpecification");
                    }
                    if (stream.streamViewType().isPresent()) {
                        throw Refusal.invalid(
                                "Table is being created with a stream disabled,"
                                        + " UpdateViewType should not be specified");
                    }
                });
        options.sse()
                .filter(EncryptionRules::isAskedFor)
                .ifPresent(sse -> {
                    // Nothing is encrypted here; saying so would be a false promise.
                    throw Refusal.unsupported("SSESpecification");
                });
    }

    private TableSchema schema() {
        SequencedMap<String, ScalarType> types = TableConversion.definitions(definitions);
        List<SecondaryIndex.Local> local = new ArrayList<>();
        for (LocalSecondaryIndex index : localIndexes) {
            local.add(TableConversion.localIndex(index, types));
        }
        List<SecondaryIndex.Global> global = new ArrayList<>();
        for (GlobalSecondaryIndex index : globalIndexes) {
            global.add(
                    TableConversion.globalIndex(
                            index,
                            types,
                            SecondaryIndex.State.ACTIVE,
                            ThroughputRules.ofNewIndex(
                                    mode, index.indexName(), index.throughput())));
        }
        return new TableSchema(TableConversion.keySchema(keySchema, types), types, local, global);
    }

    private TableSettings settings(Throughput throughput, SequencedMap<String, String> tags) {
        TableOptions options = request.options();
        Long onDemandSince = mode == BillingMode.PAY_PER_REQUEST ? context.arrivedAtMillis() : null;
        TableSettings.Storage storage =
                options.tableClass()
                        .map(chosen -> new TableSettings.Storage(chosen, null, null))
                        .orElse(TableSettings.Storage.STANDARD);
        return new TableSettings(
                new TableSettings.Billing(mode, throughput, onDemandSince),
                storage,
                null,
                options.deletionProtectionEnabled().orElse(false),
                tags);
    }
}
