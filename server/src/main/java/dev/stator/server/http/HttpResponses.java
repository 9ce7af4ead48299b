package dev.stator.server.http;

import static dev.stator.server.http.ResponseHead.ascii;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.model.error.ApiError;
import dev.stator.server.json.ApiJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes responses. Used by event loops only. */
final class HttpResponses {
    static final ApiError INTERNAL_ERROR =
            new ApiError.InternalServerError("Internal server error");

    private static final byte[] CONTENT_TYPE = ascii("content-type: ");
    private static final byte[] CONTENT_ENCODING = ascii("content-encoding: ");
    private static final byte[] GZIP = ascii("gzip");
    private static final byte[] ALLOW_ORIGIN = ascii("access-control-allow-origin: ");
    private static final byte[] ANY = ascii("*");
    private static final byte[] ALLOW_HEADERS = ascii("access-control-allow-headers: ");
    private static final byte[] ALLOW_METHODS = ascii("access-control-allow-methods: ");
    private static final byte[] MAX_AGE = ascii("access-control-max-age: ");
    private static final byte[] PREFLIGHT_SECONDS = ascii("172800");
    private static final byte[] UNKNOWN_OPERATION = ascii("<UnknownOperationException/>\n");
    private static final byte[] NO_BODY = {};

    /** A typical item fits. */
    private static final int INITIAL_BYTES = 1536;

    /** Smaller bodies are not compressed, as the service does not. */
    private static final int COMPRESSED_FROM_BYTES = 4096;

    private final ApiJson json;
    private final byte[] healthText;

    HttpResponses(ApiJson json, String region) {
        this.json = json;
        healthText = ascii("healthy: dynamodb." + region + ".amazonaws.com ");
    }

    Response success(Exchange exchange, ApiResponse answer, ByteBufAllocator allocator) {
        ByteBuf body = roomFor(INITIAL_BYTES, allocator);
        try {
            json.write(answer, new ByteBufOutputStream(body));
            return json(HttpResponseStatus.OK, exchange, body);
        } catch (RuntimeException bug) {
            body.release();
            throw bug;
        }
    }

    Response error(Exchange exchange, ApiError error, ByteBufAllocator allocator) {
        ErrorMapping mapping = ErrorMapping.of(error);
        ByteBuf body = roomFor(INITIAL_BYTES, allocator);
        try {
            json.writeError(
                    error, mapping.type(), mapping.messageMember(), new ByteBufOutputStream(body));
            return json(mapping.status(), exchange, body);
        } catch (RuntimeException bug) {
            body.release();
            throw bug;
        }
    }

    /** For methods and content types that the API does not have. */
    static Response unknown(Exchange exchange, boolean headOnly) {
        return headOnly
                ? response(HttpResponseStatus.NOT_FOUND, exchange, text(NO_BODY))
                : response(HttpResponseStatus.NOT_FOUND, exchange, text(UNKNOWN_OPERATION))
                        .withChecksum();
    }

    Response healthy(Exchange exchange) {
        return response(HttpResponseStatus.OK, exchange, text(healthText)).withChecksum();
    }

    /** Answers a browser's question whether it may call: anybody may. */
    static Response preflight(Exchange exchange, HttpRequest request) {
        Response response = response(HttpResponseStatus.OK, exchange, text(NO_BODY));
        HttpHeaders asked = request.headers();
        String names = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (names != null) {
            response.with(ALLOW_HEADERS, ascii(names));
        }
        String method = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        if (method != null) {
            response.with(ALLOW_METHODS, ascii(method));
        }
        return response.with(MAX_AGE, PREFLIGHT_SECONDS);
    }

    /** A bare status, for what is not even a request of the API. */
    static Response bare(HttpResponseStatus status, Exchange exchange) {
        return new Response(status, exchange.requestId(), text(NO_BODY));
    }

    private static Response json(HttpResponseStatus status, Exchange exchange, ByteBuf body) {
        boolean compress =
                body.readableBytes() > COMPRESSED_FROM_BYTES
                        && acceptsGzip(exchange.acceptEncoding());
        if (compress) {
            ByteBuf plain = body;
            body = gzip(plain);
            plain.release();
        }
        Response response = response(status, exchange, body);
        response.with(CONTENT_TYPE, exchange.contentType()).withChecksum();
        return compress ? response.with(CONTENT_ENCODING, GZIP) : response;
    }

    private static Response response(HttpResponseStatus status, Exchange exchange, ByteBuf body) {
        Response response = new Response(status, exchange.requestId(), body);
        return exchange.crossOrigin() ? response.with(ALLOW_ORIGIN, ANY) : response;
    }

    private static ByteBuf text(byte[] text) {
        return roomFor(text.length, ByteBufAllocator.DEFAULT).writeBytes(text);
    }

    /** An empty buffer for a body, with room for the head before it. */
    private static ByteBuf roomFor(int bodyBytes, ByteBufAllocator allocator) {
        int head = ResponseHead.ROOM_BYTES;
        return allocator.buffer(head + bodyBytes).setIndex(head, head);
    }

    private static boolean acceptsGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        int at = 0;
        while (at < acceptEncoding.length()) {
            int comma = acceptEncoding.indexOf(',', at);
            int end = comma < 0 ? acceptEncoding.length() : comma;
            String coding = acceptEncoding.substring(at, end).trim();
            int semicolon = coding.indexOf(';');
            String name = semicolon < 0 ? coding : coding.substring(0, semicolon).trim();
            if (name.equalsIgnoreCase("gzip") || name.equals("*")) {
                return semicolon < 0 || !isZero(coding.substring(semicolon + 1).trim());
            }
            at = end + 1;
        }
        return false;
    }

    /** Whether a parameter is a quality of zero: q=0, q=0.0 and so on. */
    private static boolean isZero(String parameter) {
        if (!parameter.startsWith("q=")) {
            return false;
        }
        for (int i = 2; i < parameter.length(); i++) {
            char c = parameter.charAt(i);
            if (c != '0' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static ByteBuf gzip(ByteBuf plain) {
        ByteBuf compressed = roomFor(plain.readableBytes() / 2, plain.alloc());
        try (GZIPOutputStream out = new GZIPOutputStream(new ByteBufOutputStream(compressed))) {
            plain.getBytes(plain.readerIndex(), out, plain.readableBytes());
        } catch (IOException impossible) {
            compressed.release();
            throw new UncheckedIOException("memory does not fail to be written", impossible);
        }
        return compressed;
    }
}
