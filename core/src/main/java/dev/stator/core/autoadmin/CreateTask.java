package dev.stator.core.autoadmin;

import dev.stator.core.autoadmin.Ledger.Commit;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableIdentity;
import dev.stator.model.table.TableStatus;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creates a table: takes identifiers for it and its groups, which are gone if it comes to nothing,
 * and then writes its record, with the first members of every group (API reference, CreateTable).
 */
final class CreateTask extends ClientTask {
    private final TableDescriptor wanted;

    CreateTask(Tenure tenure, TableDescriptor wanted, Consumer<AdminResponse> reply) {
        super(tenure, reply);
        this.wanted = wanted;
    }

    @Override
    public void start() {
        Optional<ApiError> refusal = refusal();
        if (refusal.isPresent()) {
            fail(refusal.get());
            return;
        }
        Places places = new Places(tenure().placement(), ledger().counters());
        TableDescriptor placed = placed(places);
        ledger().write(places.left(), commit -> counted(commit, placed));
    }

    private Optional<ApiError> refusal() {
        Optional<TableRecord> existing = ledger().find(wanted.accountId(), wanted.name());
        if (existing.isPresent()) {
            return Optional.of(
                    existing.get().status() == TableStatus.CREATING
                            ? AdminErrors.beingCreated(wanted.name())
                            : AdminErrors.exists(wanted.name()));
        }
        if (ledger().countOf(wanted.accountId()) >= AdminErrors.MAX_TABLES_PER_ACCOUNT) {
            return Optional.of(AdminErrors.TOO_MANY_TABLES);
        }
        return tenure().mayChangeOneMore()
                ? Optional.empty()
                : Optional.of(AdminErrors.TOO_MANY_CHANGING);
    }

    private void counted(Commit commit, TableDescriptor placed) {
        if (commit != Commit.DONE) {
            decideAnew();
            return;
        }
        beginWriting();
        TableRecord record = TableRecord.created(placed);
        ledger().create(record, created -> committed(created, record));
    }

    private TableDescriptor placed(Places places) {
        TableIdentity identity =
                new TableIdentity(
                        wanted.accountId(),
                        wanted.name(),
                        places.newTableId(),
                        tenure().wallMillis());
        TableDescriptor table =
                wanted.withIdentity(identity)
                        .withStatus(TableStatus.CREATING)
                        .withPartitions(places.partitions(wanted.settings().billing()));
        return places.withIndexes(table);
    }
}
