package dev.stator.model.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiErrorTest {
    /** The exceptions of the models of DynamoDB and DynamoDB Streams, version of October 2026. */
    private static final List<String> MODELLED =
            List.of(
                    "BackupInUseException",
                    "BackupNotFoundException",
                    "ConditionalCheckFailedException",
                    "ContinuousBackupsUnavailableException",
                    "DuplicateItemException",
                    "ExpiredIteratorException",
                    "ExportConflictException",
                    "ExportNotFoundException",
                    "GlobalTableAlreadyExistsException",
                    "GlobalTableNotFoundException",
                    "IdempotentParameterMismatchException",
                    "ImportConflictException",
                    "ImportNotFoundException",
                    "IndexNotFoundException",
                    "InternalServerError",
                    "InvalidExportTimeException",
                    "InvalidRestoreTimeException",
                    "ItemCollectionSizeLimitExceededException",
                    "LimitExceededException",
                    "PointInTimeRecoveryUnavailableException",
                    "PolicyNotFoundException",
                    "ProvisionedThroughputExceededException",
                    "ReplicaAlreadyExistsException",
                    "ReplicaNotFoundException",
                    "ReplicatedWriteConflictException",
                    "RequestLimitExceeded",
                    "ResourceInUseException",
                    "ResourceNotFoundException",
                    "TableAlreadyExistsException",
                    "TableInUseException",
                    "TableNotFoundException",
                    "ThrottlingException",
                    "TransactionCanceledException",
                    "TransactionConflictException",
                    "TransactionInProgressException",
                    "TrimmedDataAccessException");

    @Test
    void everyModelledExceptionIsAnError() {
        Set<String> errors = new LinkedHashSet<>();
        for (Class<?> error : ApiError.class.getPermittedSubclasses()) {
            errors.add(error.getSimpleName());
        }
        for (String exception : MODELLED) {
            assertThat(errors).contains(exception.replaceFirst("Exception$", ""));
        }
    }

    @Test
    void throttlingReasonsAreTheSixteenWordsOfTheApi() {
        Set<String> words = new LinkedHashSet<>();
        for (ThrottlingReason.Target target : ThrottlingReason.Target.values()) {
            for (ThrottlingReason.Access access : ThrottlingReason.Access.values()) {
                for (ThrottlingReason.Limit limit : ThrottlingReason.Limit.values()) {
                    words.add(new ThrottlingReason(target, access, limit, "arn").reason());
                }
            }
        }
        assertThat(words)
                .hasSize(16)
                .contains(
                        "TableReadProvisionedThroughputExceeded",
                        "IndexWriteKeyRangeThroughputExceeded",
                        "TableWriteAccountLimitExceeded",
                        "IndexReadMaxOnDemandThroughputExceeded");
    }

    @Test
    void anExceptionCarriesItsErrorAndNoStackTrace() {
        ApiException exception = ApiException.validation("no");
        assertThat(exception).hasMessage("no");
        assertThat(exception.error()).isEqualTo(new ApiError.Validation("no"));
        assertThat(exception.getStackTrace()).isEmpty();
    }
}
