package dev.stator.server.http;

import dev.stator.model.error.ApiError;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * How an error goes over HTTP. All errors of a client have status 400, throttling included; the
 * type tells them apart.
 *
 * @param type with its namespace
 * @param messageMember the name of the message in the body, which some types write in upper case
 */
record ErrorMapping(HttpResponseStatus status, String type, String messageMember) {
    private static final String SERVICE = "com.amazonaws.dynamodb.v20120810#";
    private static final String FRAMEWORK = "com.amazon.coral.service#";

    static ErrorMapping of(ApiError error) {
        return switch (error) {
            case ApiError.InternalServerError ignored ->
                    new ErrorMapping(
                            HttpResponseStatus.INTERNAL_SERVER_ERROR,
                            SERVICE + "InternalServerError",
                            "message");
            case ApiError.ServiceUnavailable ignored ->
                    new ErrorMapping(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "com.amazon.coral.availability#ServiceUnavailableException",
                            "message");
            case ApiError.Validation ignored ->
                    client("com.amazon.coral.validate#ValidationException");
            case ApiError.Throttling ignored ->
                    client("com.amazon.coral.availability#ThrottlingException");
            case ApiError.Serialization ignored -> capital(FRAMEWORK + "SerializationException");
            case ApiError.AccessDenied ignored -> capital(FRAMEWORK + "AccessDeniedException");
            case ApiError.UnknownOperation ignored ->
                    client(FRAMEWORK + "UnknownOperationException");
            case ApiError.MissingAuthenticationToken ignored ->
                    client(FRAMEWORK + "MissingAuthenticationTokenException");
            case ApiError.IncompleteSignature ignored ->
                    client(FRAMEWORK + "IncompleteSignatureException");
            case ApiError.InvalidSignature ignored ->
                    client(FRAMEWORK + "InvalidSignatureException");
            case ApiError.UnrecognizedClient ignored ->
                    client(FRAMEWORK + "UnrecognizedClientException");
            case ApiError.ExpiredToken ignored -> client(FRAMEWORK + "ExpiredTokenException");
            case ApiError.TransactionCanceled ignored ->
                    capital(SERVICE + "TransactionCanceledException");
            case ApiError.TransactionInProgress ignored ->
                    capital(SERVICE + "TransactionInProgressException");
            case ApiError.IdempotentParameterMismatch ignored ->
                    capital(SERVICE + "IdempotentParameterMismatchException");
            case ApiError.RequestLimitExceeded ignored -> client(SERVICE + "RequestLimitExceeded");
            case ApiError.ResourceNotFound ignored -> client(SERVICE + "ResourceNotFoundException");
            case ApiError.ResourceInUse ignored -> client(SERVICE + "ResourceInUseException");
            case ApiError.LimitExceeded ignored -> client(SERVICE + "LimitExceededException");
            case ApiError.ConditionalCheckFailed ignored ->
                    client(SERVICE + "ConditionalCheckFailedException");
            case ApiError.ItemCollectionSizeLimitExceeded ignored ->
                    client(SERVICE + "ItemCollectionSizeLimitExceededException");
            case ApiError.TransactionConflict ignored ->
                    client(SERVICE + "TransactionConflictException");
            case ApiError.ProvisionedThroughputExceeded ignored ->
                    client(SERVICE + "ProvisionedThroughputExceededException");
            case ApiError.DuplicateItem ignored -> client(SERVICE + "DuplicateItemException");
            case ApiError.ReplicatedWriteConflict ignored ->
                    client(SERVICE + "ReplicatedWriteConflictException");
            case ApiError.PolicyNotFound ignored -> client(SERVICE + "PolicyNotFoundException");
            case ApiError.IndexNotFound ignored -> client(SERVICE + "IndexNotFoundException");
            case ApiError.TableAlreadyExists ignored ->
                    client(SERVICE + "TableAlreadyExistsException");
            case ApiError.TableInUse ignored -> client(SERVICE + "TableInUseException");
            case ApiError.TableNotFound ignored -> client(SERVICE + "TableNotFoundException");
            case ApiError.BackupInUse ignored -> client(SERVICE + "BackupInUseException");
            case ApiError.BackupNotFound ignored -> client(SERVICE + "BackupNotFoundException");
            case ApiError.ContinuousBackupsUnavailable ignored ->
                    client(SERVICE + "ContinuousBackupsUnavailableException");
            case ApiError.PointInTimeRecoveryUnavailable ignored ->
                    client(SERVICE + "PointInTimeRecoveryUnavailableException");
            case ApiError.InvalidRestoreTime ignored ->
                    client(SERVICE + "InvalidRestoreTimeException");
            case ApiError.InvalidExportTime ignored ->
                    client(SERVICE + "InvalidExportTimeException");
            case ApiError.ExportConflict ignored -> client(SERVICE + "ExportConflictException");
            case ApiError.ExportNotFound ignored -> client(SERVICE + "ExportNotFoundException");
            case ApiError.ImportConflict ignored -> client(SERVICE + "ImportConflictException");
            case ApiError.ImportNotFound ignored -> client(SERVICE + "ImportNotFoundException");
            case ApiError.GlobalTableAlreadyExists ignored ->
                    client(SERVICE + "GlobalTableAlreadyExistsException");
            case ApiError.GlobalTableNotFound ignored ->
                    client(SERVICE + "GlobalTableNotFoundException");
            case ApiError.ReplicaAlreadyExists ignored ->
                    client(SERVICE + "ReplicaAlreadyExistsException");
            case ApiError.ReplicaNotFound ignored -> client(SERVICE + "ReplicaNotFoundException");
            case ApiError.ExpiredIterator ignored -> client(SERVICE + "ExpiredIteratorException");
            case ApiError.TrimmedDataAccess ignored ->
                    client(SERVICE + "TrimmedDataAccessException");
        };
    }

    private static ErrorMapping client(String type) {
        return new ErrorMapping(HttpResponseStatus.BAD_REQUEST, type, "message");
    }

    private static ErrorMapping capital(String type) {
        return new ErrorMapping(HttpResponseStatus.BAD_REQUEST, type, "Message");
    }
}
