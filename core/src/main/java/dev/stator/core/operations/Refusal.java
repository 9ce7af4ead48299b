package dev.stator.core.operations;

import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import java.util.Optional;

/** The errors that several operations answer with. */
final class Refusal {
    /** Somebody writes an item that a transaction has prepared. */
    static final ApiError TRANSACTION_CONFLICT =
            new ApiError.TransactionConflict("Transaction is ongoing for the item");

    private Refusal() {}

    /** A ValidationException that begins as most of them do. */
    static ApiException invalid(String message) {
        return ApiException.validation(Messages.INVALID_PARAMETERS + message);
    }

    /** A member that is understood and that this server can not do. */
    static ApiException unsupported(String member) {
        return invalid(member + " is not supported by this server");
    }

    /** There is no such table for requests that read and write items. */
    static ApiException noSuchTable() {
        return new ApiException(new ApiError.ResourceNotFound(Messages.RESOURCE_NOT_FOUND));
    }

    static ApiError conditionFailed(Optional<Item> item) {
        return new ApiError.ConditionalCheckFailed(Messages.CONDITION_FAILED, item);
    }
}
