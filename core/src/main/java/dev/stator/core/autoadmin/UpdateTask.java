package dev.stator.core.autoadmin;

import dev.stator.core.autoadmin.Ledger.Commit;
import dev.stator.core.operations.TableChanges;
import dev.stator.core.wire.AdminMessage.AdminRequest.UpdateTable;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.error.ApiException;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Changes a table (API reference, UpdateTable). Tags and protection take effect at once. */
final class UpdateTask extends ClientTask {
    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final UpdateTable request;

    UpdateTask(Tenure tenure, UpdateTable request, Consumer<AdminResponse> reply) {
        super(tenure, reply);
        this.request = request;
    }

    @Override
    public void start() {
        Optional<TableRecord> found = ledger().find(request.accountId(), request.tableName());
        if (found.isEmpty()) {
            fail(AdminErrors.notFound(request.tableName()));
            return;
        }
        try {
            decide(found.get());
        } catch (ApiException e) {
            fail(e.error());
        }
    }

    private void decide(TableRecord before) {
        TableDescriptor table = before.table();
        TableDescriptor wanted = TableChanges.apply(table, request.change(), tenure().wallMillis());
        if (wanted.equals(table)) {
            end(tenure().descriptions().of(takesTime() ? updating(table) : table));
            return;
        }
        List<Long> switches = switches(before, wanted);
        boolean isChanging = table.status() == TableStatus.UPDATING;
        if (takesTime() && !isChanging && !tenure().mayChangeOneMore()) {
            fail(AdminErrors.TOO_MANY_CHANGING);
            return;
        }
        if (!Places.areMissing(wanted)) {
            write(before, wanted, switches);
            return;
        }
        Places places = new Places(tenure().placement(), ledger().counters());
        TableDescriptor placed = places.withIndexes(wanted);
        ledger().write(
                        places.left(),
                        commit -> {
                            if (commit == Commit.DONE) {
                                write(before, placed, switches);
                            } else {
                                decideAnew();
                            }
                        });
    }

    private void write(TableRecord before, TableDescriptor wanted, List<Long> switches) {
        TableDescriptor table = before.table();
        TableRecord after = before.changed(takesTime() ? updating(wanted) : wanted, switches);
        beginWriting();
        ledger().replace(
                        before,
                        after,
                        commit -> committed(commit, after, answered(table, after.table())));
    }

    /** While throughput or class of a table or index change, the answer tells what they were. */
    private TableDescriptor answered(TableDescriptor before, TableDescriptor after) {
        return switch (request.change()) {
            case TableChange.Capacity capacity
                    when isOnDemand(before) == isOnDemand(after)
                            && (takesTime() || !capacity.indexes().isEmpty()) ->
                    TableChanges.withStatesOf(before, after);
            case TableChange.StorageClass _, TableChange.Warmth _ ->
                    TableChanges.withStatesOf(before, after);
            case TableChange.Capacity _,
                    TableChange.IndexLimits _,
                    TableChange.AddIndex _,
                    TableChange.DropIndex _,
                    TableChange.DeletionProtection _,
                    TableChange.Tags _ ->
                    after;
        };
    }

    private static TableDescriptor updating(TableDescriptor table) {
        return table.withStatus(TableStatus.UPDATING);
    }

    /** Whether the table is UPDATING for a while; where only indexes change, they alone are. */
    private boolean takesTime() {
        return switch (request.change()) {
            case TableChange.Capacity capacity ->
                    capacity.mode().isPresent() || capacity.throughput().isPresent();
            case TableChange.StorageClass _, TableChange.AddIndex _, TableChange.DropIndex _ ->
                    true;
            case TableChange.Warmth _,
                    TableChange.IndexLimits _,
                    TableChange.DeletionProtection _,
                    TableChange.Tags _ ->
                    false;
        };
    }

    /** When the table was switched to on-demand during the last day, this time included. */
    private List<Long> switches(TableRecord before, TableDescriptor wanted) {
        long now = tenure().wallMillis();
        List<Long> recent = new ArrayList<>();
        for (Long millis : before.onDemandSwitches()) {
            if (millis > now - DAY_MILLIS) {
                recent.add(millis);
            }
        }
        if (isOnDemand(wanted) && !isOnDemand(before.table())) {
            if (recent.size() >= AdminErrors.MAX_ON_DEMAND_SWITCHES_A_DAY) {
                throw new ApiException(AdminErrors.TOO_MANY_ON_DEMAND_SWITCHES);
            }
            recent.add(now);
        }
        return recent;
    }

    private static boolean isOnDemand(TableDescriptor table) {
        return table.settings().billing().mode() == BillingMode.PAY_PER_REQUEST;
    }
}
