package dev.stator.core.operations;

import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which change a table admits in the state that it is in, in the words of the service (observed
 * there, October 2026). While something changes about a table:
 *
 * <pre>
 * protection, tags             always
 * throughput of indexes        while an index is made or dropped, but not of that index before it is
 *                              backfilling, nor of one whose throughput changes already
 * another index                never while one is made or dropped
 * the index that is made       can be dropped again when it is backfilling
 * all else                     not before the table is ACTIVE, as it is while an index is backfilling
 * </pre>
 */
final class ChangeAdmission {
    private final TableDescriptor table;

    private ChangeAdmission(TableDescriptor table) {
        this.table = table;
    }

    /**
     * @throws ApiException if the change has to wait
     */
    static void check(TableDescriptor table, TableChange change) {
        new ChangeAdmission(table).check(change);
    }

    private void check(TableChange change) {
        switch (table.status()) {
            case CREATING -> throw inUse("Table is being created: " + table.name());
            case DELETING -> throw inUse("Table is being deleted: " + table.name());
            default -> {}
        }
        switch (change) {
            case TableChange.DeletionProtection _, TableChange.Tags _ -> {}
            case TableChange.Capacity capacity -> checkCapacity(capacity);
            case TableChange.IndexLimits limits -> checkIndexes(limits.indexes().keySet());
            case TableChange.Warmth _ -> checkQuiet(Optional.empty());
            case TableChange.StorageClass _ -> {
                checkQuiet(Optional.empty());
                checkNoIndexUpdates();
            }
            case TableChange.AddIndex(SecondaryIndex.Global index, var _) -> {
                checkOnlineIndexes(index.name(), false);
                checkOnlineChange();
            }
            case TableChange.DropIndex(String indexName) -> {
                checkOnlineIndexes(indexName, true);
                checkOnlineChange();
            }
            case TableChange.IndexAndMore(var index, var more) -> {
                check(index);
                check(more);
            }
        }
    }

    /** One index at a time is made or dropped; a new one may be dropped once it is backfilling. */
    private void checkOnlineIndexes(String indexName, boolean drops) {
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            boolean same = index.name().equals(indexName);
            switch (index.state().status()) {
                case CREATING -> {
                    if (!drops || !same) {
                        throw TableChanges.oneOnlineIndexOnly();
                    }
                    if (!index.state().backfilling()) {
                        throw inUse(
                                "Index creation is in resource allocation phase. Retry deletion"
                                        + " during backfilling phase or when the index is active."
                                        + which(index));
                    }
                }
                case DELETING -> {
                    if (same) {
                        throw inUse("Index is being deleted." + which(index));
                    }
                    throw TableChanges.oneOnlineIndexOnly();
                }
                case UPDATING, ACTIVE -> {}
            }
        }
    }

    private void checkOnlineChange() {
        checkQuiet(
                Optional.of(
                        "Can't create or delete indexes while table IOPS are being updated. Table: "
                                + table.name()));
        checkNoIndexUpdates();
    }

    private void checkCapacity(TableChange.Capacity change) {
        boolean ofTable =
                change.mode().isPresent()
                        || change.throughput().isPresent()
                        || change.limits().isPresent();
        if (!ofTable) {
            checkIndexes(change.indexes().keySet());
            return;
        }
        boolean onlyLimits = change.mode().isEmpty() && change.throughput().isEmpty();
        boolean onlyMode = change.limits().isEmpty() && change.throughput().isEmpty();
        if (onlyMode && change.mode().get() == table.settings().billing().mode()) {
            return;
        }
        checkNamed(change.indexes().keySet());
        checkNoIndexOnTheWay(onlyLimits);
        checkQuiet(Optional.of("Table IOPS are currently being updated. Table: " + table.name()));
        if (!onlyLimits) {
            checkNoIndexUpdates();
        }
    }

    private void checkNoIndexOnTheWay(boolean onlyLimits) {
        for (IndexStatus status : List.of(IndexStatus.CREATING, IndexStatus.DELETING)) {
            List<String> changing = notBackfilling(status);
            if (changing.isEmpty()) {
                continue;
            }
            boolean created = status == IndexStatus.CREATING;
            throw inUse(
                    onlyLimits
                            ? "OnDemandThroughput cannot be updated while index "
                                    + (created ? "creation" : "deletion")
                                    + " is in progress for indexes: "
                                    + changing
                            : "Can't change table IOPS when an index is being "
                                    + (created ? "created" : "deleted")
                                    + ". Table: "
                                    + table.name()
                                    + " Indexes: "
                                    + changing);
        }
    }

    private void checkNoIndexUpdates() {
        for (String index : notBackfilling(IndexStatus.UPDATING)) {
            throw inUse("Index is being updated. Table: " + table.name() + " Index: " + index);
        }
    }

    /** Where only indexes change, nothing is asked of the others. */
    private void checkIndexes(Set<String> names) {
        checkNamed(names);
        boolean indexOnTheWay =
                !notBackfilling(IndexStatus.CREATING).isEmpty()
                        || !notBackfilling(IndexStatus.DELETING).isEmpty();
        if (!indexOnTheWay) {
            checkQuiet(
                    Optional.of("Table IOPS are currently being updated. Table: " + table.name()));
        }
    }

    private void checkNamed(Set<String> names) {
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            if (!names.contains(index.name())) {
                continue;
            }
            switch (index.state().status()) {
                case CREATING -> {
                    if (!index.state().backfilling()) {
                        throw inUse(
                                "Index is being created but is not backfilling yet."
                                        + which(index));
                    }
                }
                case DELETING -> throw inUse("Index is being deleted." + which(index));
                case UPDATING -> throw inUse("Index is being updated." + which(index));
                case ACTIVE -> {}
            }
        }
    }

    private String which(SecondaryIndex.Global index) {
        return " Table: " + table.name() + " Index: " + index.name();
    }

    /**
     * @param words what to say if throughput changes, as far as can be told
     */
    private void checkQuiet(Optional<String> words) {
        if (table.status() == TableStatus.UPDATING) {
            throw inUse(
                    words.orElse(
                            "Table: " + table.name() + " is in the process of being updated."));
        }
    }

    /** The indexes of a status, but for one that is backfilling: nothing has to wait for that. */
    private List<String> notBackfilling(IndexStatus status) {
        List<String> names = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            if (index.state().status() == status && !index.state().backfilling()) {
                names.add(index.name());
            }
        }
        return names;
    }

    private static ApiException inUse(String what) {
        return new ApiException(
                new ApiError.ResourceInUse(
                        "Attempt to change a resource which is still in use: " + what));
    }
}
