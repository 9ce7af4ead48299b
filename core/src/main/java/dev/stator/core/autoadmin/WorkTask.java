package dev.stator.core.autoadmin;

import dev.stator.core.autoadmin.Ledger.Commit;
import dev.stator.model.table.TableId;
import java.util.Optional;
import java.util.function.Function;

/** A change of a table that a work makes: to another record, or away with it. */
final class WorkTask implements Ledger.Task {
    private final Tenure tenure;
    private final TableId table;

    /** What to make of the record; empty where it is not to be changed any more. */
    private final Function<TableRecord, Optional<TableRecord>> change;

    private final boolean removes;
    private final Runnable done;

    private WorkTask(
            Tenure tenure,
            TableId table,
            Function<TableRecord, Optional<TableRecord>> change,
            boolean removes,
            Runnable done) {
        this.tenure = tenure;
        this.table = table;
        this.change = change;
        this.removes = removes;
        this.done = done;
    }

    static WorkTask changing(
            Tenure tenure,
            TableId table,
            Function<TableRecord, Optional<TableRecord>> change,
            Runnable done) {
        return new WorkTask(tenure, table, change, false, done);
    }

    static WorkTask removing(Tenure tenure, TableId table) {
        return new WorkTask(tenure, table, Optional::of, true, () -> {});
    }

    @Override
    public void start() {
        Optional<TableRecord> before = tenure.ledger().find(table);
        Optional<TableRecord> after = before.flatMap(change);
        if (before.isEmpty() || after.isEmpty()) {
            end();
        } else if (removes) {
            tenure.ledger().remove(before.get(), commit -> removed(commit));
        } else {
            tenure.ledger().replace(before.get(), after.get(), c -> changed(c, after.get()));
        }
    }

    private void removed(Commit commit) {
        if (commit == Commit.DONE) {
            tenure.removed(table);
            end();
        } else {
            tenure.reload(this::start);
        }
    }

    private void changed(Commit commit, TableRecord record) {
        if (commit == Commit.DONE) {
            tenure.changed(record);
            end();
        } else {
            tenure.reload(this::start);
        }
    }

    private void end() {
        done.run();
        tenure.ledger().finished();
    }

    @Override
    public void abandon() {}
}
