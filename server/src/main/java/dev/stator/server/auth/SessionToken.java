package dev.stator.server.auth;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token that comes along with temporary credentials (IAM user guide, "Using temporary
 * credentials with AWS resources").
 */
final class SessionToken {
    private static final String NAME = "X-Amz-Security-Token";

    private SessionToken() {}

    static ApiException invalid() {
        return new ApiException(
                new ApiError.UnrecognizedClient(
                        "The security token included in the request is invalid."));
    }

    /** Refuses a token that is not the one of the key, in time; a lasting key has none. */
    static void check(
            SignedMessage message,
            QueryString query,
            Optional<CredentialStore.Session> session,
            Instant now) {
        String given = given(message, query);
        if (session.isEmpty()) {
            if (given != null) {
                throw invalid();
            }
            return;
        }
        if (given == null || !isSame(given, session.get().token())) {
            throw invalid();
        }
        if (session.get().expires().filter(end -> !now.isBefore(end)).isPresent()) {
            throw new ApiException(
                    new ApiError.ExpiredToken(
                            "The security token included in the request is expired"));
        }
    }

    private static @Nullable String given(SignedMessage message, QueryString query) {
        String inHeader = message.headers().get(NAME);
        return inHeader == null || inHeader.isEmpty() ? query.get(NAME) : inHeader;
    }

    /** Takes the same time wherever the two differ. */
    private static boolean isSame(String given, String expected) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.ISO_8859_1),
                expected.getBytes(StandardCharsets.ISO_8859_1));
    }
}
