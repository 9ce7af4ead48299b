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

    private static final String CREDENTIAL = "Credential=";
    private static final String SIGNED_HEADERS = "SignedHeaders=";
    private static final String SIGNATURE = "Signature=";

    static AuthorizationHeader parse(String header) {
        String algorithm = null;
        String credential = null;
        String signedHeaders = null;
        String signature = null;
        int comma = -1;
        int blank = -1;
        int at = 0;
        while (at < header.length()) {
            comma = comma < at ? indexOrEnd(header, ',', at) : comma;
            blank = blank < at ? indexOrEnd(header, ' ', at) : blank;
            int end = Math.min(comma, blank);
            if (end > at && algorithm == null) {
                algorithm = header.substring(at, end);
            } else if (end > at) {
                if (indexOrEnd(header, '=', at) >= end) {
                    throw notAPair(header.substring(at, end), header);
                }
                if (header.startsWith(CREDENTIAL, at)) {
                    credential = header.substring(at + CREDENTIAL.length(), end);
                } else if (header.startsWith(SIGNED_HEADERS, at)) {
                    signedHeaders = header.substring(at + SIGNED_HEADERS.length(), end);
                } else if (header.startsWith(SIGNATURE, at)) {
                    signature = header.substring(at + SIGNATURE.length(), end);
                } // Others are ignored.
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

    private static int indexOrEnd(String text, char wanted, int from) {
        int index = text.indexOf(wanted, from);
        return index < 0 ? text.length() : index;
    }

    private static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
