package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;

/**
 * Writes the heads of responses (RFC 9112), one after the other, in memory that is used again. What
 * goes in has no line ends: it is ours, or has come through the validating decoder. Owned by one
 * event loop.
 */
final class ResponseHead {
    /** What a body leaves free before it; nearly all heads need less. */
    static final int ROOM_BYTES = 512;

    private static final byte[] OK = statusLine(HttpResponseStatus.OK);
    private static final byte[] LINE_END = ascii("\r\n");
    private static final int DIGITS_MAX = 20;

    private byte[] bytes = new byte[ROOM_BYTES];
    private int length;

    /** Text that is written often, as bytes. */
    static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] statusLine(HttpResponseStatus status) {
        return ascii("HTTP/1.1 " + status + "\r\n");
    }

    void begin(HttpResponseStatus status) {
        length = 0;
        append(status.equals(HttpResponseStatus.OK) ? OK : statusLine(status));
    }

    /** A header whose name ends in a colon and a blank. */
    void header(byte[] name, byte[] value) {
        append(name);
        append(value);
        append(LINE_END);
    }

    /** A header whose value is a number that is not negative. */
    void header(byte[] name, long value) {
        append(name);
        ensure(DIGITS_MAX);
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        append(LINE_END);
    }

    /** Ends the head and returns it with the body: in one buffer, if the head has room there. */
    ByteBuf inFrontOf(ByteBuf body) {
        append(LINE_END);
        int start = body.readerIndex() - length;
        if (start < 0) {
            return Unpooled.wrappedBuffer(
                    Unpooled.wrappedBuffer(Arrays.copyOf(bytes, length)), body);
        }
        body.setBytes(start, bytes, 0, length);
        return body.readerIndex(start);
    }

    private void append(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
