package dev.stator.server.http;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Undoes the Content-Encoding of request bodies. */
final class BodyDecompression {
    private BodyDecompression() {}

    /** The body was larger than is allowed once it was decompressed. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("the decompressed body is too large", null, false, false);
        }
    }

    /**
     * The bytes of a body; the given ones if it is not compressed.
     *
     * @throws ApiException if the body is not what the encoding says
     */
    static Body decode(@Nullable String encoding, Body body, int maxBytes)
            throws TooLargeException {
        if (encoding == null || body.length() == 0) {
            return body;
        }
        InputStream compressed =
                new ByteArrayInputStream(body.bytes(), body.offset(), body.length());
        try {
            return switch (encoding.trim()) {
                case "gzip" -> readAll(new GZIPInputStream(compressed), maxBytes);
                case "deflate" -> readAll(new InflaterInputStream(compressed), maxBytes);
                default -> body;
            };
        } catch (IOException corrupt) {
            // The service fails in the same way.
            throw new ApiException(
                    new ApiError.InternalServerError("The request body cannot be decompressed"));
        }
    }

    private static Body readAll(InputStream in, int maxBytes)
            throws IOException, TooLargeException {
        byte[] bytes = in.readNBytes(maxBytes);
        if (bytes.length == maxBytes && in.read() >= 0) {
            throw new TooLargeException();
        }
        return new Body(bytes, 0, bytes.length);
    }

    /** Bytes of a body, in an array that is not to be changed or kept. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Body(byte[] bytes, int offset, int length) {}
}
