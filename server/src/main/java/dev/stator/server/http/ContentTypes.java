package dev.stator.server.http;

import org.jspecify.annotations.Nullable;

/** The two content types of the protocol. */
final class ContentTypes {
    private static final String AMZ_JSON = "application/x-amz-json-1.0";
    private static final String JSON = "application/json";

    private static final byte[] AMZ_JSON_ASCII = ResponseHead.ascii(AMZ_JSON);
    private static final byte[] JSON_ASCII = ResponseHead.ascii(JSON);

    private ContentTypes() {}

    /** Whether the value of a Content-Type header, parameters aside, is one of them. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = withoutParameters(contentType);
        return type.equals(AMZ_JSON) || type.equals(JSON);
    }

    /** The type of the response to a request of the given type, in ASCII; not to be changed. */
    static byte[] ofResponse(@Nullable String contentType) {
        boolean amazon = contentType != null && withoutParameters(contentType).equals(AMZ_JSON);
        return amazon ? AMZ_JSON_ASCII : JSON_ASCII;
    }

    private static String withoutParameters(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).trim();
    }
}
