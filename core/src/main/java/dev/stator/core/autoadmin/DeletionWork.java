package dev.stator.core.autoadmin;

import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;

/**
 * Removes a table that is DELETING, with its indexes.
 *
 * <pre>
 * TELLING   MemDS is told that the table takes no requests. Enough: all nodes know it, or after a
 *           while
 * DROPPING  nodes are asked to drop their replicas. Enough: all have; or, after a while, so many
 *           of each group that the rest is no quorum
 * REMOVING  the table's item is removed
 * </pre>
 */
final class DeletionWork implements Work {
    private enum Phase {
        TELLING,
        DROPPING,
        REMOVING
    }

    private final Tenure tenure;
    private final TableId table;
    private final ReplicaDropping dropping;
    private final long beganNanos;
    private Phase phase = Phase.TELLING;

    DeletionWork(Tenure tenure, TableRecord record) {
        this.tenure = tenure;
        this.table = record.id();
        this.beganNanos = tenure.nowNanos();
        this.dropping = new ReplicaDropping(tenure, record.replicas());
    }

    @Override
    public boolean isFor(TableRecord record) {
        return record.status() == TableStatus.DELETING;
    }

    @Override
    public void dropped(GroupReplica replica) {
        if (phase != Phase.TELLING) {
            dropping.dropped(replica);
        }
    }

    @Override
    public void advance() {
        if (phase == Phase.TELLING && tenure.isTold(table, beganNanos)) {
            phase = Phase.DROPPING;
        }
        if (phase != Phase.DROPPING) {
            return;
        }
        dropping.ask();
        if (dropping.isEnough()) {
            phase = Phase.REMOVING;
            tenure.remove(table);
        }
    }
}
