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
            case ApiError.InternalServerError _ ->
                    server(
                            HttpResponseStatus.INTERNAL_SERVER_ERROR,
                            SERVICE + "InternalServerError");
            case ApiError.ServiceUnavailable _ ->
                    server(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "com.amazon.coral.availability#ServiceUnavailableException");
            case ApiError.Validation _ -> client("com.amazon.coral.validate#ValidationException");
            case ApiError.Throttling _ ->
                    client("com.amazon.coral.availability#ThrottlingException");
            case ApiError.Serialization _ -> capital(FRAMEWORK + "SerializationException");
            case ApiError.AccessDenied _ -> capital(FRAMEWORK + "AccessDeniedException");
            case ApiError.UnknownOperation _ -> client(FRAMEWORK + "UnknownOperationException");
            case ApiError.MissingAuthenticationToken _ ->
                    client(FRAMEWORK + "MissingAuthenticationTokenException");
            case ApiError.IncompleteSignature _ ->
                    client(FRAMEWORK + "IncompleteSignatureException");
            case ApiError.InvalidSignature _ -> client(FRAMEWORK + "InvalidSignatureException");
            case ApiError.UnrecognizedClient _ -> client(FRAMEWORK + "UnrecognizedClientException");
            case ApiError.ExpiredToken _ -> client(FRAMEWORK + "ExpiredTokenException");
            case ApiError.TransactionCanceled _ ->
                    capital(SERVICE + "TransactionCanceledException");
            case ApiError.TransactionInProgress _ ->
                    capital(SERVICE + "TransactionInProgressException");
            case ApiError.IdempotentParameterMismatch _ ->
                    capital(SERVICE + "IdempotentParameterMismatchException");
            case ApiError.RequestLimitExceeded _ -> client(SERVICE + "RequestLimitExceeded");
            case ApiError.ResourceNotFound _ -> client(SERVICE + "ResourceNotFoundException");
            case ApiError.ResourceInUse _ -> client(SERVICE + "ResourceInUseException");
            case ApiError.LimitExceeded _ -> client(SERVICE + "LimitExceededException");
            case ApiError.ConditionalCheckFailed _ ->
                    client(SERVICE + "ConditionalCheckFailedException");
            case ApiError.ItemCollectionSizeLimitExceeded _ ->
                    client(SERVICE + "ItemCollectionSizeLimitExceededException");
            case ApiError.TransactionConflict _ -> client(SERVICE + "TransactionConflictException");
            case ApiError.ProvisionedThroughputExceeded _ ->
                    client(SERVICE + "ProvisionedThroughputExceededException");
            case ApiError.DuplicateItem _ -> client(SERVICE + "DuplicateItemException");
            case ApiError.ReplicatedWriteConflict _ ->
                    client(SERVICE + "ReplicatedWriteConflictException");
            case ApiError.PolicyNotFound _ -> client(SERVICE + "PolicyNotFoundException");
            case ApiError.IndexNotFound _ -> client(SERVICE + "IndexNotFoundException");
            case ApiError.TableAlreadyExists _ -> client(SERVICE + "TableAlreadyExistsException");
            case ApiError.TableInUse _ -> client(SERVICE + "TableInUseException");
            case ApiError.TableNotFound _ -> client(SERVICE + "TableNotFoundException");
            case ApiError.BackupInUse _ -> client(SERVICE + "BackupInUseException");
            case ApiError.BackupNotFound _ -> client(SERVICE + "BackupNotFoundException");
            case ApiError.ContinuousBackupsUnavailable _ ->
                    client(SERVICE + "ContinuousBackupsUnavailableException");
            case ApiError.PointInTimeRecoveryUnavailable _ ->
                    client(SERVICE + "PointInTimeRecoveryUnavailableException");
            case ApiError.InvalidRestoreTime _ -> client(SERVICE + "InvalidRestoreTimeException");
            case ApiError.InvalidExportTime _ -> client(SERVICE + "InvalidExportTimeException");
            case ApiError.ExportConflict _ -> client(SERVICE + "ExportConflictException");
            case ApiError.ExportNotFound _ -> client(SERVICE + "ExportNotFoundException");
            case ApiError.ImportConflict _ -> client(SERVICE + "ImportConflictException");
            case ApiError.ImportNotFound _ -> client(SERVICE + "ImportNotFoundException");
            case ApiError.GlobalTableAlreadyExists _ ->
                    client(SERVICE + "GlobalTableAlreadyExistsException");
            case ApiError.GlobalTableNotFound _ -> client(SERVICE + "GlobalTableNotFoundException");
            case ApiError.ReplicaAlreadyExists _ ->
                    client(SERVICE + "ReplicaAlreadyExistsException");
            case ApiError.ReplicaNotFound _ -> client(SERVICE + "ReplicaNotFoundException");
            case ApiError.ExpiredIterator _ -> client(SERVICE + "ExpiredIteratorException");
            case ApiError.TrimmedDataAccess _ -> client(SERVICE + "TrimmedDataAccessException");
        };
    }

    private static ErrorMapping server(HttpResponseStatus status, String type) {
        return new ErrorMapping(status, type, "message");
    }

    private static ErrorMapping client(String type) {
        return new ErrorMapping(HttpResponseStatus.BAD_REQUEST, type, "message");
    }

    private static ErrorMapping capital(String type) {
        return new ErrorMapping(HttpResponseStatus.BAD_REQUEST, type, "Message");
    }
}
