package dev.stator.core.operations;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.BillingModeSummary;
import dev.stator.core.operations.api.GlobalSecondaryIndexDescription;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.LocalSecondaryIndexDescription;
import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.ProvisionedThroughputDescription;
import dev.stator.core.operations.api.StreamSpecification;
import dev.stator.core.operations.api.TableClassSummary;
import dev.stator.core.operations.api.TableDescription;
import dev.stator.core.operations.api.WarmThroughputDescription;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.core.wire.Contents;
import dev.stator.core.wire.TableContents;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableSettings;
import dev.stator.model.table.TableStatus;
import dev.stator.model.table.Throughput;
import dev.stator.model.table.ThroughputLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells of tables as the API does (API reference, TableDescription).
 *
 * @param region the region of the ARNs
 * @param nowMillis the time at which it is asked, for what depends on the day
 */
record TableDescriptions(String region, long nowMillis) {

    static TableDescriptions at(OperationContext context) {
        return new TableDescriptions(context.region(), context.arrivedAtMillis());
    }

    TableDescription describe(TableDescriptor table, TableContents contents) {
        TableDescription.Builder description = described(table, contents, true, Set.of());
        description.warmThroughput(warm(table, false));
        billingModeSummary(table, true).ifPresent(description::billingModeSummary);
        return description.build();
    }

    /**
     * What UpdateTable answers when more is to be warm: what was so far, and that it changes.
     *
     * @param table as it was
     */
    TableDescription describeWarming(
            TableDescriptor table, TableContents contents, TableChange.Warmth change) {
        TableDescription.Builder description =
                described(table, contents, true, change.indexes().keySet());
        description.warmThroughput(warm(table, !change.table().equals(ProvisionedThroughput.NONE)));
        billingModeSummary(table, true).ifPresent(description::billingModeSummary);
        return description.build();
    }

    /**
     * What CreateTable answers. It tells less of throughput than {@link #describe} does.
     *
     * @param warm whether the request asked for a warm throughput of the table
     */
    TableDescription describeNew(TableDescriptor table, boolean warm) {
        TableDescription.Builder description =
                described(table, TableContents.NONE, false, Set.of());
        if (warm) {
            description.warmThroughput(warm(table, true));
        }
        billingModeSummary(table, false).ifPresent(description::billingModeSummary);
        return description.build();
    }

    private TableDescription.Builder described(
            TableDescriptor table,
            TableContents contents,
            boolean warmIndexes,
            Set<String> warming) {
        TableSettings settings = table.settings();
        TableDescription.Builder description = builder(table, contents.table());
        description
                .attributeDefinitions(definitions(table))
                .keySchema(keySchema(table.key()))
                .localSecondaryIndexes(localIndexes(table, contents))
                .globalSecondaryIndexes(globalIndexes(table, contents, warmIndexes, warming));
        if (!settings.storage().equals(TableSettings.Storage.STANDARD)) {
            description.tableClassSummary(
                    new TableClassSummary(
                            settings.storage().tableClass(),
                            optional(settings.storage().classChangedAtMillis())));
        }
        limits(settings.billing().throughput()).ifPresent(description::onDemandThroughput);
        describeStream(table, description);
        return description;
    }

    /** What DeleteTable answers: neither keys nor indexes. */
    TableDescription describeDeleted(TableDescriptor table, TableContents contents) {
        TableDescription.Builder description = builder(table, contents.table());
        billingModeSummary(table, true).ifPresent(description::billingModeSummary);
        return description.build();
    }

    private TableDescription.Builder builder(TableDescriptor table, Contents contents) {
        TableSettings.Billing billing = table.settings().billing();
        return new TableDescription.Builder(table.name(), table.status())
                .creationMillis(table.identity().createdAtMillis())
                .provisionedThroughput(provisioned(billing.throughput()))
                .itemCount(contents.itemCount())
                .tableSizeBytes(contents.sizeBytes())
                .tableArn(arn(table))
                .tableId(table.id().toUuid())
                .deletionProtectionEnabled(table.settings().deletionProtection());
    }

    /** Only tables that are or were on-demand have one. */
    private static Optional<BillingModeSummary> billingModeSummary(
            TableDescriptor table, boolean since) {
        TableSettings.Billing billing = table.settings().billing();
        if (billing.onDemandSinceMillis() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new BillingModeSummary(
                        billing.mode(),
                        since
                                ? OptionalLong.of(billing.onDemandSinceMillis())
                                : OptionalLong.empty()));
    }

    private String arn(TableDescriptor table) {
        return TableReference.arn(region, table.accountId(), table.name());
    }

    /** By name, whatever the order of the request was. */
    private static List<AttributeDefinition> definitions(TableDescriptor table) {
        List<AttributeDefinition> definitions = new ArrayList<>();
        new TreeMap<>(table.schema().attributeDefinitions())
                .forEach((name, type) -> definitions.add(new AttributeDefinition(name, type)));
        return definitions;
    }

    private static List<KeySchemaElement> keySchema(KeySchema key) {
        KeyAttribute sortKey = key.sortKey();
        return keySchema(
                List.of(key.partitionKey()), sortKey == null ? List.of() : List.of(sortKey));
    }

    private static List<KeySchemaElement> keySchema(
            List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey) {
        List<KeySchemaElement> elements = new ArrayList<>();
        for (KeyAttribute attribute : partitionKey) {
            elements.add(new KeySchemaElement(attribute.name(), KeyType.HASH));
        }
        for (KeyAttribute attribute : sortKey) {
            elements.add(new KeySchemaElement(attribute.name(), KeyType.RANGE));
        }
        return elements;
    }

    private static List<KeySchemaElement> keySchema(SecondaryIndex index) {
        return keySchema(index.keySchema().partitionKey(), index.keySchema().sortKey());
    }

    private List<LocalSecondaryIndexDescription> localIndexes(
            TableDescriptor table, TableContents contents) {
        List<LocalSecondaryIndexDescription> descriptions = new ArrayList<>();
        for (SecondaryIndex.Local index : table.schema().localIndexes()) {
            Contents entries = contents.ofIndex(index.name());
            descriptions.add(
                    new LocalSecondaryIndexDescription(
                            index.name(),
                            keySchema(index),
                            projection(index),
                            entries.sizeBytes(),
                            entries.itemCount(),
                            indexArn(table, index)));
        }
        return descriptions;
    }

    private List<GlobalSecondaryIndexDescription> globalIndexes(
            TableDescriptor table, TableContents contents, boolean warm, Set<String> warming) {
        List<GlobalSecondaryIndexDescription> descriptions = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            Contents entries = contents.ofIndex(index.name());
            GlobalSecondaryIndexDescription.Builder description =
                    new GlobalSecondaryIndexDescription.Builder(
                                    index.name(),
                                    keySchema(index),
                                    projection(index),
                                    status(table, index))
                            .itemCount(entries.itemCount())
                            .indexSizeBytes(entries.sizeBytes())
                            .provisionedThroughput(provisioned(index.throughput()))
                            .indexArn(indexArn(table, index));
            if (warm) {
                boolean changes =
                        status(table, index) == IndexStatus.CREATING
                                || warming.contains(index.name());
                description.warmThroughput(warm(index.throughput(), changes));
            }
            if (index.state().status() == IndexStatus.CREATING) {
                description.backfilling(index.state().backfilling());
            }
            limits(index.throughput()).ifPresent(description::onDemandThroughput);
            descriptions.add(description.build());
        }
        return descriptions;
    }

    /** An index that is made with its table is ready when the table is. */
    private static IndexStatus status(TableDescriptor table, SecondaryIndex.Global index) {
        return table.status() == TableStatus.CREATING
                ? IndexStatus.CREATING
                : index.state().status();
    }

    private String indexArn(TableDescriptor table, SecondaryIndex index) {
        return arn(table) + "/index/" + index.name();
    }

    private static IndexProjection projection(SecondaryIndex index) {
        List<String> included = index.projection().nonKeyAttributes().stream().sorted().toList();
        return new IndexProjection(
                Optional.of(index.projection().type()),
                included.isEmpty() ? Optional.empty() : Optional.of(included));
    }

    private ProvisionedThroughputDescription provisioned(Throughput throughput) {
        return new ProvisionedThroughputDescription(
                optional(throughput.changes().lastIncreaseMillis()),
                optional(throughput.changes().lastDecreaseMillis()),
                throughput.changes().decreasesToday(nowMillis),
                throughput.provisioned().readUnits(),
                throughput.provisioned().writeUnits());
    }

    private static WarmThroughputDescription warm(TableDescriptor table, boolean changes) {
        return warm(
                table.settings().billing().throughput(),
                changes || table.status() == TableStatus.CREATING);
    }

    /** It changes with nothing else that changes, but is not there before what it is of. */
    private static WarmThroughputDescription warm(Throughput throughput, boolean changes) {
        return new WarmThroughputDescription(
                throughput.warm().readUnits(),
                throughput.warm().writeUnits(),
                changes ? TableStatus.UPDATING : TableStatus.ACTIVE);
    }

    private static Optional<OnDemandThroughput> limits(Throughput throughput) {
        ThroughputLimits limits = throughput.limits();
        return limits.equals(ThroughputLimits.NONE)
                ? Optional.empty()
                : Optional.of(
                        new OnDemandThroughput(
                                optional(limits.readUnits()), optional(limits.writeUnits())));
    }

    private void describeStream(TableDescriptor table, TableDescription.Builder description) {
        TableSettings.Stream stream = table.settings().stream();
        if (stream == null) {
            return;
        }
        description
                .latestStreamLabel(stream.label())
                .latestStreamArn(arn(table) + "/stream/" + stream.label());
        if (stream.enabled()) {
            description.streamSpecification(
                    new StreamSpecification(true, Optional.of(stream.viewType())));
        }
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
