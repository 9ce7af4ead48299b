package dev.stator.core.operations;

import dev.stator.core.operations.OperationContext.Outcome;
import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.ItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.WriteReturns;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Condition;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The write of one item, as PutItem, UpdateItem and DeleteItem have in common. */
final class ItemWrite {
    private final OperationContext context;
    private final TableReference reference;
    private final TableDescriptor table;
    private final WriteReturns returns;
    private Function<Optional<Item>, ApiError> whenConditionFails = Refusal::conditionFailed;

    ItemWrite(
            OperationContext context,
            TableReference reference,
            TableDescriptor table,
            WriteReturns returns) {
        this.context = context;
        this.reference = reference;
        this.table = table;
        this.returns = returns;
    }

    /** Makes a failed condition another error than that of a failed condition. */
    ItemWrite failingWith(ApiError error) {
        whenConditionFails = item -> error;
        return this;
    }

    /**
     * Reads what a request asks for. What is wrong with that, PutItem, UpdateItem and DeleteItem
     * report as one violated constraint (observed in October 2026).
     */
    static <T> T readAsked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ApiException refused) {
            throw refused.error() instanceof ApiError.Validation(String message)
                    ? ApiException.validation("1 validation error detected: " + message)
                    : refused;
        }
    }

    /** Refuses what only UpdateItem can return. */
    static void checkReturnsOldOnly(WriteReturns returns) {
        if (returns.values() != ReturnValue.NONE && returns.values() != ReturnValue.ALL_OLD) {
            throw ApiException.validation("ReturnValues can only be ALL_OLD or NONE");
        }
    }

    /**
     * What came of a write.
     *
     * @param before the item as it was, if it was asked for and there was one
     * @param after the item as it is, if it was asked for and there is one
     */
    record Result(
            Optional<Item> before,
            Optional<Item> after,
            Optional<ConsumedCapacity> consumedCapacity,
            Optional<ItemCollectionMetrics> itemCollectionMetrics) {}

    /** Goes on with the result of a write. */
    interface Continuation {
        void accept(Result result);
    }

    /**
     * Writes; errors, a failed condition among them, end the operation.
     *
     * @param key the key attributes, perhaps among others
     */
    void send(
            Item key,
            Change change,
            Optional<Condition> condition,
            ReturnValuesOnConditionCheckFailure onFailure,
            Continuation then) {
        PartitionRequest.Write write =
                new PartitionRequest.Write(
                        table.key().placementKey(key),
                        change,
                        condition,
                        wantsBefore(),
                        wantsAfter(change),
                        onFailure == ReturnValuesOnConditionCheckFailure.ALL_OLD);
        context.call(
                table,
                write.key(),
                write,
                outcome -> {
                    switch (outcome) {
                        case Outcome.Served(PartitionResponse.Served response) ->
                                accept(key, change, response, then);
                        case Outcome.Failed(ApiError error, boolean ignored) -> context.fail(error);
                    }
                });
    }

    /** To know what a write costs in the indexes, both images are needed. */
    private boolean reportsIndexes() {
        return returns.consumedCapacity() != ReturnConsumedCapacity.NONE
                && CapacityReport.hasIndexes(table);
    }

    private boolean wantsBefore() {
        return returns.values() == ReturnValue.ALL_OLD
                || returns.values() == ReturnValue.UPDATED_OLD
                || reportsIndexes();
    }

    private boolean wantsAfter(Change change) {
        return change instanceof Change.Update
                && (returns.values() == ReturnValue.ALL_NEW
                        || returns.values() == ReturnValue.UPDATED_NEW
                        || reportsIndexes());
    }

    private void accept(
            Item key, Change change, PartitionResponse.Served response, Continuation then) {
        switch (response) {
            case PartitionResponse.Written written -> written(key, change, written, then);
            case PartitionResponse.ConditionFailed(Optional<Item> item, int ignored) ->
                    context.fail(whenConditionFails.apply(item));
            case PartitionResponse.Refused(ApiError error, int ignored) -> context.fail(error);
            case PartitionResponse.Conflict _ -> context.fail(Refusal.TRANSACTION_CONFLICT);
            case PartitionResponse.Got _,
                    PartitionResponse.GotVersion _,
                    PartitionResponse.Finished _,
                    PartitionResponse.Untimely _,
                    PartitionResponse.Page _ ->
                    unexpected(response);
        }
    }

    private void unexpected(PartitionResponse response) {
        context.fail(
                new ApiError.InternalServerError(
                        "A write was answered by a " + response.getClass().getSimpleName()));
    }

    private void written(
            Item key, Change change, PartitionResponse.Written written, Continuation then) {
        boolean measured =
                returns.itemCollectionMetrics() == ReturnItemCollectionMetrics.SIZE
                        && !table.schema().localIndexes().isEmpty();
        then.accept(
                new Result(
                        written.before(),
                        written.after(),
                        capacity(change, written),
                        measured
                                ? Optional.of(
                                        CollectionMetrics.of(table, key, written.collectionBytes()))
                                : Optional.empty()));
    }

    private Optional<ConsumedCapacity> capacity(Change change, PartitionResponse.Written written) {
        if (returns.consumedCapacity() == ReturnConsumedCapacity.NONE) {
            return Optional.empty();
        }
        CapacityReport.Sizes sizes =
                new CapacityReport.Sizes(written.beforeSizeBytes(), written.afterSizeBytes());
        return CapacityReport.of(
                returns.consumedCapacity(),
                CapacityReport.ofWrite(
                        reference,
                        table,
                        sizes,
                        written.before().orElse(null),
                        imageAfter(change, written).orElse(null)));
    }

    private static Optional<Item> imageAfter(Change change, PartitionResponse.Written written) {
        return switch (change) {
            case Change.Put(Item item) -> Optional.of(item);
            case Change.Update ignored -> written.after();
            case Change.Delete ignored -> Optional.empty();
        };
    }
}
