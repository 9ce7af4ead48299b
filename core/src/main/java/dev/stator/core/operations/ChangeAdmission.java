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
 * throughput of indexes        while an index is made or dropped, but not of that index, nor of one
 *                              whose throughput changes already
 * all else                     not before the table is ACTIVE
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
            case TableChange.AddIndex _, TableChange.DropIndex _ -> {
                checkQuiet(
                        Optional.of(
                                "Can't create or delete indexes while table IOPS are being"
                                        + " updated. Table: "
                                        + table.name()));
                checkNoIndexUpdates();
            }
        }
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
        for (IndexStatus status : List.of(IndexStatus.CREATING, IndexStatus.DELETING)) {
            List<String> changing = indexes(status);
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
        checkQuiet(Optional.of("Table IOPS are currently being updated. Table: " + table.name()));
        if (!onlyLimits) {
            checkNoIndexUpdates();
        }
    }

    private void checkNoIndexUpdates() {
        for (String index : indexes(IndexStatus.UPDATING)) {
            throw inUse("Index is being updated. Table: " + table.name() + " Index: " + index);
        }
    }

    /** Where only indexes change, nothing is asked of the others. */
    private void checkIndexes(Set<String> names) {
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            if (!names.contains(index.name())) {
                continue;
            }
            String which = " Table: " + table.name() + " Index: " + index.name();
            switch (index.state().status()) {
                case CREATING ->
                        throw inUse("Index is being created but is not backfilling yet." + which);
                case DELETING -> throw inUse("Index is being deleted." + which);
                case UPDATING -> throw inUse("Index is being updated." + which);
                case ACTIVE -> {}
            }
        }
        boolean indexOnTheWay =
                !indexes(IndexStatus.CREATING).isEmpty()
                        || !indexes(IndexStatus.DELETING).isEmpty();
        if (!indexOnTheWay) {
            checkQuiet(
                    Optional.of("Table IOPS are currently being updated. Table: " + table.name()));
        }
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

    private List<String> indexes(IndexStatus status) {
        List<String> names = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            if (index.state().status() == status) {
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
