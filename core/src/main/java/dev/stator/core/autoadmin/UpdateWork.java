package dev.stator.core.autoadmin;

import dev.stator.core.operations.TableChanges;
import dev.stator.model.table.IndexStatus;
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

    UpdateWork(Tenure tenure, TableRecord record) {
        this.tenure = tenure;
        this.table = record.id();
        this.toldAtNanos = tenure.nowNanos();
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
        return (record.status() == TableStatus.UPDATING && IndexWork.changing(record).isEmpty())
                || isOfIndexes(record);
    }

    private Optional<TableRecord> activated(TableRecord record) {
        return isFor(record)
                ? Optional.of(
                        record.changed(
                                TableChanges.settled(record.table())
                                        .withStatus(TableStatus.ACTIVE)))
                : Optional.empty();
    }

    /** Whether indexes of the table are UPDATING and the table itself is not. */
    static boolean isOfIndexes(TableRecord record) {
        return record.status() == TableStatus.ACTIVE
                && record.table().schema().globalIndexes().stream()
                        .anyMatch(index -> index.state().status() == IndexStatus.UPDATING);
    }
}
