package dev.stator.core.operations;

import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import java.util.Optional;

/** The errors that several operations answer with, in the words that clients match on. */
final class Refusal {
    static final String INVALID_START_KEY = "The provided starting key is invalid";

    private Refusal() {}

    /** A ValidationException that begins as most of them do. */
    static ApiException invalid(String message) {
        return ApiException.validation(Messages.INVALID_PARAMETERS + message);
    }

    /** A ValidationException of a member that is understood but has no effect to offer. */
    static ApiException unsupported(String what) {
        return invalid(what + " is not supported by this server");
    }

    /** There is no such table for requests that read and write items. */
    static ApiException noSuchTable() {
        return new ApiException(new ApiError.ResourceNotFound("Requested resource not found"));
    }

    /** There is no such table for requests of the control plane. */
    static ApiException noSuchTable(String tableName) {
        return new ApiException(
                new ApiError.ResourceNotFound(
                        "Requested resource not found: Table: " + tableName + " not found"));
    }

    static ApiException noSuchIndex(String indexName) {
        return ApiException.validation("The table does not have the specified index: " + indexName);
    }

    static ApiError conditionFailed(Optional<Item> item) {
        return new ApiError.ConditionalCheckFailed("The conditional request failed", item);
    }
}
