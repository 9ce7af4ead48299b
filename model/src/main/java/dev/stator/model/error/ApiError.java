package dev.stator.model.error;

import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * Every error that the API answers with: the exceptions of the service models, and those of the
 * framework in front of it. Mapped to HTTP in one place, by the server.
 */
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

    /** Throttled; the client may try again later. */
    record ProvisionedThroughputExceeded(String message, List<ThrottlingReason> reasons)
            implements ApiError {
        public ProvisionedThroughputExceeded {
            reasons = List.copyOf(reasons);
        }

        public ProvisionedThroughputExceeded(String message) {
            this(message, List.of());
        }
    }

    /** Throttled by a limit of the account. */
    record RequestLimitExceeded(String message, List<ThrottlingReason> reasons)
            implements ApiError {
        public RequestLimitExceeded {
            reasons = List.copyOf(reasons);
        }

        public RequestLimitExceeded(String message) {
            this(message, List.of());
        }
    }

    /** Throttled: on-demand tables, and the control plane. */
    record Throttling(String message, List<ThrottlingReason> reasons) implements ApiError {
        public Throttling {
            reasons = List.copyOf(reasons);
        }

        public Throttling(String message) {
            this(message, List.of());
        }
    }

    /** A transaction that changed nothing; one reason for each action, in their order. */
    record TransactionCanceled(String message, List<CancellationReason> reasons)
            implements ApiError {
        public TransactionCanceled {
            reasons = List.copyOf(reasons);
        }
    }

    record TransactionInProgress(String message) implements ApiError {}

    record IdempotentParameterMismatch(String message) implements ApiError {}

    record DuplicateItem(String message) implements ApiError {}

    record ReplicatedWriteConflict(String message) implements ApiError {}

    record PolicyNotFound(String message) implements ApiError {}

    record IndexNotFound(String message) implements ApiError {}

    record TableAlreadyExists(String message) implements ApiError {}

    record TableInUse(String message) implements ApiError {}

    record TableNotFound(String message) implements ApiError {}

    record BackupInUse(String message) implements ApiError {}

    record BackupNotFound(String message) implements ApiError {}

    record ContinuousBackupsUnavailable(String message) implements ApiError {}

    record PointInTimeRecoveryUnavailable(String message) implements ApiError {}

    record InvalidRestoreTime(String message) implements ApiError {}

    record InvalidExportTime(String message) implements ApiError {}

    record ExportConflict(String message) implements ApiError {}

    record ExportNotFound(String message) implements ApiError {}

    record ImportConflict(String message) implements ApiError {}

    record ImportNotFound(String message) implements ApiError {}

    record GlobalTableAlreadyExists(String message) implements ApiError {}

    record GlobalTableNotFound(String message) implements ApiError {}

    record ReplicaAlreadyExists(String message) implements ApiError {}

    record ReplicaNotFound(String message) implements ApiError {}

    /** Of the Streams API. */
    record ExpiredIterator(String message) implements ApiError {}

    /** Of the Streams API. */
    record TrimmedDataAccess(String message) implements ApiError {}

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
