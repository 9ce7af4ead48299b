package dev.stator.core.autoadmin;

import dev.stator.core.autoadmin.Ledger.Commit;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A change that a client asked for: decided when its turn comes, on the tables as they are then,
 * and again where they turn out to be others than this auto-admin thought.
 */
abstract class ClientTask implements Ledger.Task {
    private final Tenure tenure;
    private final Consumer<AdminResponse> reply;
    private boolean writing;

    ClientTask(Tenure tenure, Consumer<AdminResponse> reply) {
        this.tenure = tenure;
        this.reply = reply;
    }

    Tenure tenure() {
        return tenure;
    }

    Ledger ledger() {
        return tenure.ledger();
    }

    /** From now on it is not certain that nothing was done. */
    void beginWriting() {
        writing = true;
    }

    void fail(ApiError error) {
        end(new AdminResponse.Failed(error));
    }

    void end(AdminResponse response) {
        reply.accept(response);
        ledger().finished();
    }

    /** Ends with the record that was written, or decides anew. */
    void committed(Commit commit, TableRecord record) {
        committed(commit, record, record.table());
    }

    void committed(Commit commit, TableRecord record, TableDescriptor answer) {
        switch (commit) {
            case DONE -> {
                tenure.changed(record);
                end(tenure.descriptions().of(answer));
            }
            case CONFLICT -> decideAnew();
            case UNKNOWN -> fail(AdminErrors.OUTCOME_UNKNOWN);
        }
    }

    void decideAnew() {
        writing = false;
        tenure.reload(this::start);
    }

    @Override
    public void abandon() {
        reply.accept(
                writing
                        ? new AdminResponse.Failed(AdminErrors.OUTCOME_UNKNOWN)
                        : new AdminResponse.NotLeader(Optional.empty()));
    }
}
