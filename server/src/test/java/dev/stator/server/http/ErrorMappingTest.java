package dev.stator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.error.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorMappingTest {
    private static Arguments of(ApiError error, int status, String type, String member) {
        return Arguments.of(error, status, type, member);
    }

    static Stream<Arguments> mappings() {
        String service = "com.amazonaws.dynamodb.v20120810#";
        String framework = "com.amazon.coral.service#";
        String m = "message";
        return Stream.of(
                of(
                        new ApiError.Validation(m),
                        400,
                        "com.amazon.coral.validate#ValidationException",
                        m),
                of(
                        new ApiError.Serialization(m),
                        400,
                        framework + "SerializationException",
                        "Message"),
                of(
                        new ApiError.UnknownOperation(m),
                        400,
                        framework + "UnknownOperationException",
                        m),
                of(
                        new ApiError.AccessDenied(m),
                        400,
                        framework + "AccessDeniedException",
                        "Message"),
                of(new ApiError.ExpiredToken(m), 400, framework + "ExpiredTokenException", m),
                of(
                        new ApiError.UnrecognizedClient(m),
                        400,
                        framework + "UnrecognizedClientException",
                        m),
                of(new ApiError.ResourceNotFound(m), 400, service + "ResourceNotFoundException", m),
                of(
                        new ApiError.ConditionalCheckFailed(m, Optional.empty()),
                        400,
                        service + "ConditionalCheckFailedException",
                        m),
                of(
                        new ApiError.ProvisionedThroughputExceeded(m),
                        400,
                        service + "ProvisionedThroughputExceededException",
                        m),
                of(new ApiError.RequestLimitExceeded(m), 400, service + "RequestLimitExceeded", m),
                of(
                        new ApiError.Throttling(m),
                        400,
                        "com.amazon.coral.availability#ThrottlingException",
                        m),
                of(
                        new ApiError.TransactionCanceled(m, List.of()),
                        400,
                        service + "TransactionCanceledException",
                        "Message"),
                of(
                        new ApiError.TransactionInProgress(m),
                        400,
                        service + "TransactionInProgressException",
                        "Message"),
                of(
                        new ApiError.IdempotentParameterMismatch(m),
                        400,
                        service + "IdempotentParameterMismatchException",
                        "Message"),
                of(new ApiError.InternalServerError(m), 500, service + "InternalServerError", m),
                of(
                        new ApiError.ServiceUnavailable(m),
                        503,
                        "com.amazon.coral.availability#ServiceUnavailableException",
                        m));
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void errorsHaveStatusTypeAndMember(ApiError error, int status, String type, String member) {
        ErrorMapping mapping = ErrorMapping.of(error);
        assertThat(mapping.status().code()).isEqualTo(status);
        assertThat(mapping.type()).isEqualTo(type);
        assertThat(mapping.messageMember()).isEqualTo(member);
    }
}
