package dev.stator.model.error;

import dev.stator.model.Item;
import java.util.Optional;

/** Every error that the API answers with. Mapped to HTTP in one place, by the server. */
public sealed interface ApiError {
    String message();

    record Validation(String message) implements ApiError {}

    record Serialization(String message) implements ApiError {}

    record ResourceNotFound(String message) implements ApiError {}

    record ResourceInUse(String message) implements ApiError {}

    record LimitExceeded(String message) implements ApiError {}

    record ConditionalCheckFailed(String message, Optional<Item> item) implements ApiError {}

    record ItemCollectionSizeLimitExceeded(String message) implements ApiError {}

    record TransactionConflict(String message) implements ApiError {}

    record ProvisionedThroughputExceeded(String message) implements ApiError {}

    record RequestLimitExceeded(String message) implements ApiError {}

    record Throttling(String message) implements ApiError {}

    /** The outcome of a write may be unknown; the client may try again. HTTP 500. */
    record InternalServerError(String message) implements ApiError {}

    /** Nothing was done; the client may try again. HTTP 503. */
    record ServiceUnavailable(String message) implements ApiError {}

    record UnknownOperation(String message) implements ApiError {}

    record AccessDenied(String message) implements ApiError {}

    record MissingAuthenticationToken(String message) implements ApiError {}

    record IncompleteSignature(String message) implements ApiError {}

    record InvalidSignature(String message) implements ApiError {}

    record UnrecognizedClient(String message) implements ApiError {}

    record ExpiredToken(String message) implements ApiError {}
}
