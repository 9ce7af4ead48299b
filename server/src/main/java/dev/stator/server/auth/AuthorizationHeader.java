package dev.stator.server.auth;

import dev.stator.model.error.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * The Authorization header taken apart: the algorithm, then pairs of key and value, separated by
 * commas or blanks or both. Parts that are absent or empty are null.
 */
record AuthorizationHeader(
        String algorithm,
        @Nullable String credential,
        @Nullable String signedHeaders,
        @Nullable String signature) {

    static AuthorizationHeader parse(String header) {
        String algorithm = null;
        String credential = null;
        String signedHeaders = null;
        String signature = null;
        int at = 0;
        while (at < header.length()) {
            int end = endOfToken(header, at);
            if (end > at) {
                String token = header.substring(at, end);
                if (algorithm == null) {
                    algorithm = token;
                } else {
                    int equals = token.indexOf('=');
                    if (equals < 0) {
                        throw notAPair(token, header);
                    }
                    String value = token.substring(equals + 1);
                    switch (token.substring(0, equals)) {
                        case "Credential" -> credential = value;
                        case "SignedHeaders" -> signedHeaders = value;
                        case "Signature" -> signature = value;
                        default -> {} // Others are ignored.
                    }
                }
            }
            at = end + 1;
        }
        return new AuthorizationHeader(
                algorithm == null ? "" : algorithm,
                orNull(credential),
                orNull(signedHeaders),
                orNull(signature));
    }

    private static ApiException notAPair(String token, String header) {
        return Signature.incomplete(
                "'"
                        + token
                        + "' not a valid key=value pair (missing equal-sign) in Authorization"
                        + " header: '"
                        + header
                        + "'.");
    }

    private static int endOfToken(String header, int from) {
        int end = from;
        while (end < header.length() && header.charAt(end) != ',' && header.charAt(end) != ' ') {
            end++;
        }
        return end;
    }

    private static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
