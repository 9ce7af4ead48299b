package dev.stator.server.auth;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its signature.
 *
 * @param credential access key id and scope, not taken apart yet
 * @param signedHeaders names separated by semicolons
 * @param date as sent
 * @param expiresSeconds of a presigned request; null where the usual time applies
 */
record Signature(
        String algorithm,
        String credential,
        String signedHeaders,
        String hexSignature,
        String date,
        @Nullable String expiresSeconds) {
    private static final String ALGORITHM = "X-Amz-Algorithm";
    private static final String AMZ_DATE = "X-Amz-Date";
    private static final AsciiString AMZ_DATE_HEADER = AsciiString.cached(AMZ_DATE);

    /** The signature of a request, which is there but need not be right. */
    static Signature of(SignedMessage message, QueryString query) {
        String header = message.headers().get(HttpHeaderNames.AUTHORIZATION);
        boolean inQuery = query.contains(ALGORITHM);
        if (header != null && inQuery) {
            throw new ApiException(
                    new ApiError.InvalidSignature(
                            "Found both 'X-Amz-Algorithm' as a query-string param and"
                                    + " 'Authorization' as HTTP header."));
        }
        if (header != null && header.trim().startsWith("AWS4-")) {
            return ofHeader(header, message);
        }
        if (inQuery) {
            return ofQuery(query);
        }
        throw new ApiException(
                new ApiError.MissingAuthenticationToken("Request is missing Authentication Token"));
    }

    private static Signature ofHeader(String header, SignedMessage message) {
        AuthorizationHeader parts = AuthorizationHeader.parse(header);
        String date = message.headers().get(AMZ_DATE_HEADER);
        if (date == null) {
            date = message.headers().get(HttpHeaderNames.DATE);
        }
        String credential = parts.credential();
        String signature = parts.signature();
        String signedHeaders = parts.signedHeaders();
        StringBuilder missing = new StringBuilder();
        note(credential, "Authorization header requires 'Credential' parameter. ", missing);
        note(signature, "Authorization header requires 'Signature' parameter. ", missing);
        note(signedHeaders, "Authorization header requires 'SignedHeaders' parameter. ", missing);
        note(
                date,
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                        + " header. ",
                missing);
        if (credential == null || signature == null || signedHeaders == null || date == null) {
            throw incomplete(missing + "Authorization=" + header);
        }
        return new Signature(parts.algorithm(), credential, signedHeaders, signature, date, null);
    }

    private static Signature ofQuery(QueryString query) {
        String algorithm = query.get(ALGORITHM);
        String credential = query.get("X-Amz-Credential");
        String signature = query.get(QueryString.SIGNATURE);
        String signedHeaders = query.get("X-Amz-SignedHeaders");
        String date = query.get(AMZ_DATE);
        StringBuilder missing = new StringBuilder();
        for (String name :
                List.of(
                        ALGORITHM,
                        "X-Amz-Credential",
                        QueryString.SIGNATURE,
                        "X-Amz-SignedHeaders",
                        AMZ_DATE)) {
            note(
                    query.get(name),
                    "AWS query-string parameters must include '" + name + "'. ",
                    missing);
        }
        if (algorithm == null
                || credential == null
                || signature == null
                || signedHeaders == null
                || date == null) {
            throw incomplete(missing + "Re-examine the query-string parameters.");
        }
        return new Signature(
                algorithm, credential, signedHeaders, signature, date, query.get("X-Amz-Expires"));
    }

    private static void note(@Nullable String value, String text, StringBuilder missing) {
        if (value == null) {
            missing.append(text);
        }
    }

    static ApiException incomplete(String message) {
        return new ApiException(new ApiError.IncompleteSignature(message));
    }
}
