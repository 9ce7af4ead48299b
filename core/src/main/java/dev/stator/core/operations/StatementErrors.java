package dev.stator.core.operations;

import dev.stator.core.operations.api.BatchExecuteStatementResponse;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.Optional;

/** The errors of statements of a batch (API reference, BatchStatementError). */
final class StatementErrors {
    private StatementErrors() {}

    static BatchExecuteStatementResponse.Failure of(ApiError error) {
        Optional<Item> item =
                error instanceof ApiError.ConditionalCheckFailed failed
                        ? failed.item()
                        : Optional.empty();
        return new BatchExecuteStatementResponse.Failure(code(error), error.message(), item);
    }

    private static String code(ApiError error) {
        return switch (error) {
            case ApiError.ConditionalCheckFailed _ -> "ConditionalCheckFailed";
            case ApiError.ItemCollectionSizeLimitExceeded _ -> "ItemCollectionSizeLimitExceeded";
            case ApiError.RequestLimitExceeded _ -> "RequestLimitExceeded";
            case ApiError.Validation _ -> "ValidationError";
            case ApiError.ProvisionedThroughputExceeded _ -> "ProvisionedThroughputExceeded";
            case ApiError.TransactionConflict _ -> "TransactionConflict";
            case ApiError.Throttling _ -> "ThrottlingError";
            case ApiError.ResourceNotFound _ -> "ResourceNotFound";
            case ApiError.AccessDenied _ -> "AccessDenied";
            case ApiError.DuplicateItem _ -> "DuplicateItem";
            default -> "InternalServerError";
        };
    }
}
