package dev.stator.core.operations;

import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProjectionType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the secondary indexes of a new table must look like (API reference, CreateTable:
 * LocalSecondaryIndexes, GlobalSecondaryIndexes). The rules are checked in the order in which the
 * service reports them.
 */
final class IndexRules {
    static final int MAX_LOCAL_INDEXES = 5;
    static final int MAX_GLOBAL_INDEXES = 20;

    /** Over all indexes with projection type INCLUDE; a name counts once for each index. */
    private static final int MAX_PROJECTED_NON_KEY_ATTRIBUTES = 100;

    private final KeySchemaRules keys;
    private final List<KeySchemaElement> tableKey;
    private final BillingMode mode;
    private final Set<String> names = new HashSet<>();
    private int projectedNonKeyAttributes;

    IndexRules(KeySchemaRules keys, List<KeySchemaElement> tableKey, BillingMode mode) {
        this.keys = keys;
        this.tableKey = tableKey;
        this.mode = mode;
    }

    static void checkNotEmpty(List<?> indexes, String member) {
        if (indexes.isEmpty()) {
            throw Refusal.invalid("List of " + member + " is empty");
        }
    }

    void checkLocal(List<LocalSecondaryIndex> indexes) {
        for (LocalSecondaryIndex index : indexes) {
            checkLocal(index);
        }
        for (LocalSecondaryIndex index : indexes) {
            checkName(index.indexName());
        }
        if (indexes.size() > MAX_LOCAL_INDEXES) {
            throw Refusal.invalid(
                    "Number of LocalSecondaryIndexes exceeds per-table limit of "
                            + MAX_LOCAL_INDEXES);
        }
    }

    private void checkLocal(LocalSecondaryIndex index) {
        if (tableKey.size() < 2) {
            throw ApiException.validation(Messages.LOCAL_INDEX_NEEDS_RANGE_KEY);
        }
        List<KeySchemaElement> schema = index.keySchema();
        keys.checkPartitionAndSortKey(schema);
        if (schema.size() < 2) {
            throw Refusal.invalid(
                    "Index KeySchema does not have a range key for index: " + index.indexName());
        }
        String ofIndex = schema.getFirst().attributeName();
        String ofTable = tableKey.getFirst().attributeName();
        if (!ofIndex.equals(ofTable)) {
            throw Refusal.invalid(
                    "Index KeySchema does not have the same leading hash key as table KeySchema"
                            + " for index: "
                            + index.indexName()
                            + ". index hash key: "
                            + ofIndex
                            + ", table hash key: "
                            + ofTable);
        }
        checkProjection(index.projection());
    }

    void checkGlobal(List<GlobalSecondaryIndex> indexes) {
        for (GlobalSecondaryIndex index : indexes) {
            keys.checkGlobalIndex(index.keySchema());
            checkProjection(index.projection());
            ThroughputRules.ofNewIndex(mode, index.indexName(), index.throughput());
        }
        for (GlobalSecondaryIndex index : indexes) {
            checkName(index.indexName());
        }
        if (indexes.size() > MAX_GLOBAL_INDEXES) {
            throw Refusal.invalid(
                    "GlobalSecondaryIndex count exceeds the per-table limit of "
                            + MAX_GLOBAL_INDEXES);
        }
    }

    /** Checks an index that is added to a table that exists. */
    static void checkAdded(KeySchemaRules keys, GlobalSecondaryIndex index) {
        keys.checkGlobalIndex(index.keySchema());
        new IndexRules(keys, List.of(), BillingMode.PROVISIONED)
                .checkProjection(index.projection());
        index.throughput()
                .provisioned()
                .ifPresent(units ->
                        ThroughputRules.checkBounds(units, " for index " + index.indexName()));
    }

    private void checkName(String name) {
        if (!names.add(name)) {
            throw Refusal.invalid("Duplicate index name: " + name);
        }
    }

    private void checkProjection(IndexProjection projection) {
        ProjectionType type =
                projection
                        .projectionType()
                        .orElseThrow(() -> Refusal.invalid("Unknown ProjectionType: null"));
        if (type != ProjectionType.INCLUDE) {
            if (projection.nonKeyAttributes().isPresent()) {
                throw Refusal.invalid(
                        "ProjectionType is " + type + ", but NonKeyAttributes is specified");
            }
            return;
        }
        List<String> included =
                projection
                        .nonKeyAttributes()
                        .orElseThrow(() ->
                                Refusal.invalid(
                                        "ProjectionType is INCLUDE, but NonKeyAttributes"
                                                + " is not specified"));
        Set<String> seen = new HashSet<>();
        for (String name : included) {
            if (!seen.add(name)) {
                throw Refusal.invalid("Duplicate element in NonKeyAttributes: " + name);
            }
        }
        projectedNonKeyAttributes += included.size();
        if (projectedNonKeyAttributes > MAX_PROJECTED_NON_KEY_ATTRIBUTES) {
            throw Refusal.invalid(
                    "The total number of NonKeyAttributes over all indexes exceeds the per-table"
                            + " limit of "
                            + MAX_PROJECTED_NON_KEY_ATTRIBUTES);
        }
    }
}
