package dev.stator.core.autoadmin;

import dev.stator.core.wire.AdminMessage.AdminRequest.DeleteTable;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableStatus;
import java.util.Optional;
import java.util.function.Consumer;

/** Begins to delete a table that is not busy with anything else (API reference, DeleteTable). */
final class DeleteTask extends ClientTask {
    private final DeleteTable request;

    DeleteTask(Tenure tenure, DeleteTable request, Consumer<AdminResponse> reply) {
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
        TableRecord before = found.get();
        Optional<ApiError> refusal = refusal(before);
        if (refusal.isPresent()) {
            fail(refusal.get());
            return;
        }
        TableRecord after = before.changed(before.table().withStatus(TableStatus.DELETING));
        beginWriting();
        ledger().replace(before, after, commit -> committed(commit, after));
    }

    private Optional<ApiError> refusal(TableRecord record) {
        if (record.status() == TableStatus.DELETING) {
            return Optional.of(AdminErrors.beingDeleted(request.tableName()));
        }
        if (record.table().settings().deletionProtection()) {
            return Optional.of(AdminErrors.PROTECTED);
        }
        if (record.status() == TableStatus.CREATING) {
            return Optional.of(AdminErrors.beingCreated(request.tableName()));
        }
        for (SecondaryIndex.Global index : record.table().schema().globalIndexes()) {
            if (!index.state().equals(SecondaryIndex.State.ACTIVE)) {
                return Optional.of(AdminErrors.INDEXES_CHANGING);
            }
        }
        if (record.status() == TableStatus.UPDATING) {
            return Optional.of(AdminErrors.beingUpdated(request.tableName()));
        }
        return tenure().mayChangeOneMore()
                ? Optional.empty()
                : Optional.of(AdminErrors.TOO_MANY_CHANGING);
    }
}
