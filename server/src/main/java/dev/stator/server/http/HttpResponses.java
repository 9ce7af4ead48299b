package dev.stator.server.http;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.model.error.ApiError;
import dev.stator.server.json.ApiJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes responses. Used by event loops only. */
final class HttpResponses {
    static final ApiError INTERNAL_ERROR =
            new ApiError.InternalServerError("Internal server error");

    private static final AsciiString REQUEST_ID = AsciiString.cached("x-amzn-RequestId");
    private static final AsciiString CRC32_HEADER = AsciiString.cached("x-amz-crc32");
    private static final int INITIAL_BYTES = 512;

    /** Smaller bodies are not compressed, as the service does not. */
    private static final int COMPRESSED_FROM_BYTES = 4096;

    private static final String UNKNOWN_OPERATION = "<UnknownOperationException/>\n";
    private static final String PREFLIGHT_SECONDS = "172800";

    private final ApiJson json;
    private final String healthText;

    HttpResponses(ApiJson json, String region) {
        this.json = json;
        healthText = "healthy: dynamodb." + region + ".amazonaws.com ";
    }

    FullHttpResponse success(Exchange exchange, ApiResponse answer, ByteBufAllocator allocator) {
        ByteBuf body = allocator.buffer(INITIAL_BYTES);
        try {
            json.write(answer, new ByteBufOutputStream(body));
            return json(HttpResponseStatus.OK, exchange, body);
        } catch (RuntimeException bug) {
            body.release();
            throw bug;
        }
    }

    FullHttpResponse error(Exchange exchange, ApiError error, ByteBufAllocator allocator) {
        ErrorMapping mapping = ErrorMapping.of(error);
        ByteBuf body = allocator.buffer(INITIAL_BYTES);
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
    FullHttpResponse unknown(Exchange exchange, boolean headOnly) {
        return headOnly
                ? response(HttpResponseStatus.NOT_FOUND, exchange, Unpooled.EMPTY_BUFFER)
                : text(HttpResponseStatus.NOT_FOUND, exchange, UNKNOWN_OPERATION);
    }

    FullHttpResponse healthy(Exchange exchange) {
        return text(HttpResponseStatus.OK, exchange, healthText);
    }

    /** Answers a browser's question whether it may call: anybody may. */
    FullHttpResponse preflight(Exchange exchange, HttpRequest request) {
        FullHttpResponse response =
                response(HttpResponseStatus.OK, exchange, Unpooled.EMPTY_BUFFER);
        HttpHeaders headers = response.headers();
        HttpHeaders asked = request.headers();
        String names = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (names != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, names);
        }
        String method = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        if (method != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, method);
        }
        headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        return response;
    }

    /** A bare status, for what is not even a request of the API. */
    static FullHttpResponse bare(HttpResponseStatus status, String requestId, HttpDate date) {
        FullHttpResponse response = bare(status, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(REQUEST_ID, requestId)
                .set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO)
                .set(HttpHeaderNames.DATE, date.now());
        return response;
    }

    private FullHttpResponse json(HttpResponseStatus status, Exchange exchange, ByteBuf body) {
        boolean compress =
                body.readableBytes() > COMPRESSED_FROM_BYTES
                        && acceptsGzip(exchange.acceptEncoding());
        if (compress) {
            ByteBuf plain = body;
            body = gzip(plain);
            plain.release();
        }
        FullHttpResponse response = response(status, exchange, body);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, exchange.contentType());
        headers.set(CRC32_HEADER, crc32(body));
        if (compress) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
        }
        return response;
    }

    private static FullHttpResponse text(
            HttpResponseStatus status, Exchange exchange, String text) {
        ByteBuf body = ByteBufUtil.writeAscii(ByteBufAllocator.DEFAULT, text);
        FullHttpResponse response = response(status, exchange, body);
        response.headers().set(CRC32_HEADER, crc32(body));
        return response;
    }

    private static FullHttpResponse response(
            HttpResponseStatus status, Exchange exchange, ByteBuf body) {
        FullHttpResponse response = bare(status, body);
        HttpHeaders headers = response.headers();
        headers.set(REQUEST_ID, exchange.requestId());
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
        headers.set(HttpHeaderNames.DATE, exchange.loop().date().now());
        if (exchange.crossOrigin()) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
        return response;
    }

    private static FullHttpResponse bare(HttpResponseStatus status, ByteBuf body) {
        // No validation: every value is ours, or has come through the validating decoder.
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                body,
                DefaultHttpHeadersFactory.headersFactory().withValidation(false),
                DefaultHttpHeadersFactory.trailersFactory());
    }

    /** Of the bytes as they are sent: clients compare before they decompress. */
    private static String crc32(ByteBuf body) {
        CRC32 crc = new CRC32();
        if (body.isReadable()) {
            crc.update(body.nioBuffer());
        }
        return Long.toString(crc.getValue());
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
        ByteBuf compressed = plain.alloc().buffer(plain.readableBytes() / 2);
        try (GZIPOutputStream out = new GZIPOutputStream(new ByteBufOutputStream(compressed))) {
            plain.getBytes(plain.readerIndex(), out, plain.readableBytes());
        } catch (IOException impossible) {
            compressed.release();
            throw new UncheckedIOException("memory does not fail to be written", impossible);
        }
        return compressed;
    }
}
