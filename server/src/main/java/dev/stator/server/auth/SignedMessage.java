package dev.stator.server.auth;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request as it was sent, which is what was signed.
 *
 * @param uri path and query as in the request line
 * @param body holds the bytes of the body as they were sent, compressed ones compressed, from
 *     {@code bodyOffset} on
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the body is not copied.
public record SignedMessage(
        String method,
        String uri,
        HttpHeaders headers,
        byte[] body,
        int bodyOffset,
        int bodyLength) {}
