package dev.stator.core.autoadmin;

import dev.stator.core.operations.TableChanges;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;
import java.util.Optional;

/**
 * Lets a change of a table or of its indexes take effect: MemDS is told, and when all its nodes
 * know it, or after a while, all are ACTIVE again.
 */
final class UpdateWork implements Work {
    private final Tenure tenure;
    private final TableId table;
    private final long toldAtNanos;
    private boolean committing;

    private UpdateWork(Tenure tenure, TableRecord record) {
        this.tenure = tenure;
        this.table = record.id();
        this.toldAtNanos = tenure.nowNanos();
    }

    /** The work for a table of which something changes that is not a matter of one index. */
    static Optional<Work> of(Tenure tenure, TableRecord record) {
        return isOfTable(record) || isOfIndexes(record)
                ? Optional.of(new UpdateWork(tenure, record))
                : Optional.empty();
    }

    @Override
    public void advance() {
        if (!committing && tenure.isTold(table, toldAtNanos)) {
            committing = true;
            tenure.change(table, this::activated, () -> {});
        }
    }

    @Override
    public boolean isFor(TableRecord record) {
        return isOfTable(record) || isOfIndexes(record);
    }

    private Optional<TableRecord> activated(TableRecord record) {
        if (!isFor(record)) {
            return Optional.empty();
        }
        TableDescriptor updated = TableChanges.updated(record.table());
        return Optional.of(
                record.changed(
                        isOfTable(record) ? updated.withStatus(TableStatus.ACTIVE) : updated));
    }

    /** Whether the table is UPDATING on its own account, and not on that of an index. */
    private static boolean isOfTable(TableRecord record) {
        return record.status() == TableStatus.UPDATING && !IndexWork.isOfTable(record);
    }

    private static boolean isOfIndexes(TableRecord record) {
        return record.table().schema().globalIndexes().stream()
                .anyMatch(index -> index.state().status() == IndexStatus.UPDATING);
    }
}
