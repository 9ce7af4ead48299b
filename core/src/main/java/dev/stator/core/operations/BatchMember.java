package dev.stator.core.operations;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.transactions.ReadOutcome;
import dev.stator.core.transactions.ReadTransaction;
import dev.stator.core.transactions.WriteOutcome;
import dev.stator.core.transactions.WriteTransaction;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The context of one member of a batch: what would end an operation ends this member alone. After
 * that nothing is delivered to it any more.
 */
final class BatchMember implements OperationContext {
    private final OperationContext batch;
    private final Consumer<ApiError> whenFailed;
    private boolean hasFailed;

    BatchMember(OperationContext batch, Consumer<ApiError> whenFailed) {
        this.batch = batch;
        this.whenFailed = whenFailed;
    }

    /** Runs a step of the member; the first error it finds ends the member. */
    void step(Runnable step) {
        if (hasFailed) {
            return;
        }
        try {
            step.run();
        } catch (ApiException e) {
            fail(e.error());
        }
    }

    @Override
    public String accountId() {
        return batch.accountId();
    }

    @Override
    public String operationName() {
        return batch.operationName();
    }

    @Override
    public String region() {
        return batch.region();
    }

    @Override
    public String endpoint() {
        return batch.endpoint();
    }

    @Override
    public long arrivedAtMillis() {
        return batch.arrivedAtMillis();
    }

    @Override
    public void findTable(String tableName, Consumer<Optional<TableDescriptor>> then) {
        batch.findTable(tableName, found -> step(() -> then.accept(found)));
    }

    @Override
    public void lookAgain(TableDescriptor table, Runnable otherwise) {
        batch.lookAgain(table, () -> step(otherwise));
    }

    @Override
    public void call(
            TableDescriptor table,
            PlacementKey key,
            PartitionRequest request,
            Consumer<Outcome> then) {
        batch.call(table, key, request, outcome -> step(() -> then.accept(outcome)));
    }

    @Override
    public void callRange(
            TableDescriptor table,
            TableId read,
            PartitionRequest.Range request,
            Consumer<RangeOutcome> then) {
        batch.callRange(table, read, request, outcome -> step(() -> then.accept(outcome)));
    }

    @Override
    public void write(WriteTransaction transaction, Consumer<WriteOutcome> then) {
        batch.write(transaction, outcome -> step(() -> then.accept(outcome)));
    }

    @Override
    public void read(ReadTransaction transaction, Consumer<ReadOutcome> then) {
        batch.read(transaction, outcome -> step(() -> then.accept(outcome)));
    }

    @Override
    public void callAdmin(AdminRequest request, Consumer<AdminResponse> then) {
        batch.callAdmin(request, response -> step(() -> then.accept(response)));
    }

    @Override
    public void answer(ApiResponse response) {
        throw new IllegalStateException("only the batch answers");
    }

    @Override
    public void fail(ApiError error) {
        if (!hasFailed) {
            hasFailed = true;
            whenFailed.accept(error);
        }
    }
}
