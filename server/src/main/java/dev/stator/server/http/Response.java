package dev.stator.server.http;

import static dev.stator.server.http.ResponseHead.ascii;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A response that waits for its turn: the body, and what its head will say. The head is written
 * when the response is sent, for only then is it known whether the connection goes on. It goes into
 * the room before the body, so that one buffer is handed to the system. Owned by one event loop.
 */
final class Response {
    private static final byte[] REQUEST_ID = ascii("x-amzn-RequestId: ");
    private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
    private static final byte[] DATE = ascii("date: ");
    private static final byte[] CRC32_HEADER = ascii("x-amz-crc32: ");
    private static final byte[] CONNECTION = ascii("connection: ");

    /** What the head says of the connection. */
    enum Connection {
        /** Nothing: it stays open, as is usual. */
        OPEN(""),
        KEEP_ALIVE("keep-alive"),
        CLOSE("close");

        @SuppressWarnings("ImmutableEnumChecker") // Never changed.
        private final byte[] value;

        Connection(String value) {
            this.value = ascii(value);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Header(byte[] name, byte[] value) {}

    private final HttpResponseStatus status;
    private final RequestId requestId;
    private final ByteBuf body;
    private final int bodyBytes;
    private final List<Header> headers = new ArrayList<>(2);
    private boolean withChecksum;

    /**
     * @param body with {@link ResponseHead#ROOM_BYTES} before it; belongs to the response
     */
    Response(HttpResponseStatus status, RequestId requestId, ByteBuf body) {
        this.status = status;
        this.requestId = requestId;
        this.body = body;
        this.bodyBytes = body.readableBytes();
    }

    /** Adds a header; see {@link ResponseHead#header(byte[], byte[])}. */
    Response with(byte[] name, byte[] value) {
        headers.add(new Header(name, value));
        return this;
    }

    /** Adds the checksum of the body as it is sent: clients compare before they decompress. */
    Response withChecksum() {
        withChecksum = true;
        return this;
    }

    int bodyBytes() {
        return bodyBytes;
    }

    /** Frees the body of a response that is not sent. */
    void discard() {
        body.release();
    }

    /** All of it, for the wire; it is the receiver's to release. */
    ByteBuf encode(ResponseHead head, HttpDate date, Connection connection) {
        head.begin(status);
        head.header(REQUEST_ID, requestId.ascii());
        head.header(CONTENT_LENGTH, bodyBytes);
        head.header(DATE, date.now());
        for (int i = 0; i < headers.size(); i++) {
            head.header(headers.get(i).name, headers.get(i).value);
        }
        if (withChecksum) {
            head.header(CRC32_HEADER, checksum());
        }
        if (connection != Connection.OPEN) {
            head.header(CONNECTION, connection.value);
        }
        return head.inFrontOf(body);
    }

    private long checksum() {
        CRC32 crc = new CRC32();
        if (body.isReadable()) {
            crc.update(body.nioBuffer());
        }
        return crc.getValue();
    }
}
