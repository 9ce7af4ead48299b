package dev.stator.tools.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One answer as it is read from a connection: HTTP/1.1 with a Content-Length or in chunks (RFC
 * 9112). Bytes are gathered in an array that is used again for the next answer of the connection;
 * reading stops being cheap only for answers larger than any before. Owned by the connection's
 * thread.
 */
public final class Answer {
    private static final int INITIAL_SIZE_BYTES = 4 << 10;

    /** The API's answers have at most 16 MB (BatchGetItem); more is no answer of it. */
    private static final int SIZE_BYTES_MAX = 64 << 20;

    private static final int UNKNOWN = -1;
    private static final byte[] TYPE = "\"__type\"".getBytes(US_ASCII);

    private final CRC32 crc = new CRC32();
    private byte[] bytes = new byte[INITIAL_SIZE_BYTES];
    private int end;
    private int bodyStart;
    private int bodyEnd;
    private int status;
    private int contentLength;
    private long sentCrc;
    private boolean chunked;
    private boolean lastOfConnection;
    private int chunkCursor;

    Answer() {
        clear();
    }

    /** Makes room for the next answer. */
    void clear() {
        end = 0;
        bodyStart = UNKNOWN;
        bodyEnd = UNKNOWN;
        status = 0;
        contentLength = UNKNOWN;
        sentCrc = UNKNOWN;
        chunked = false;
        lastOfConnection = false;
        chunkCursor = 0;
    }

    /** Where the next bytes go, with room for that many; see {@link #room}. */
    byte[] reserve(int length) throws MalformedAnswerException {
        long wanted = (long) end + length;
        if (wanted > SIZE_BYTES_MAX) {
            throw new MalformedAnswerException("an answer larger than " + SIZE_BYTES_MAX);
        }
        if (wanted > bytes.length) {
            byte[] larger = new byte[(int) Math.max(wanted, 2L * bytes.length)];
            System.arraycopy(bytes, 0, larger, 0, end);
            bytes = larger;
        }
        return bytes;
    }

    /** The index in {@link #reserve}'s array where the next bytes go. */
    int room() {
        return end;
    }

    /**
     * Takes in the bytes that were put into the reserved room.
     *
     * @return whether the answer is complete
     */
    boolean advance(int length) throws MalformedAnswerException {
        int from = Math.max(0, end - 3);
        end += length;
        if (bodyStart == UNKNOWN && !readHead(from)) {
            return false;
        }
        boolean complete = chunked ? readChunks() : end >= bodyStart + contentLength;
        if (complete && !chunked) {
            bodyEnd = bodyStart + contentLength;
            if (end > bodyEnd) {
                throw new MalformedAnswerException("bytes after the end of an answer");
            }
        }
        return complete;
    }

    private boolean readHead(int from) throws MalformedAnswerException {
        int headEnd = UNKNOWN;
        for (int i = from; i + 3 < end && headEnd == UNKNOWN; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r') {
                headEnd = i + 4;
            }
        }
        if (headEnd == UNKNOWN) {
            return false;
        }
        bodyStart = headEnd;
        chunkCursor = headEnd;
        int line = endOfLine(0);
        if (line < 12 || bytes[0] != 'H' || bytes[8] != ' ') {
            throw new MalformedAnswerException("no status line of HTTP/1.1");
        }
        status = (int) number(9, 12);
        for (int at = line + 2; at < headEnd - 2; ) {
            int lineEnd = endOfLine(at);
            readHeader(at, lineEnd);
            at = lineEnd + 2;
        }
        if (contentLength == UNKNOWN && !chunked) {
            throw new MalformedAnswerException("an answer that does not tell its length");
        }
        return true;
    }

    private int endOfLine(int from) {
        int at = from;
        while (bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private void readHeader(int from, int to) throws MalformedAnswerException {
        if (isNamed("content-length", from, to)) {
            contentLength = (int) Math.min(SIZE_BYTES_MAX, number(value(from), to));
        } else if (isNamed("x-amz-crc32", from, to)) {
            sentCrc = number(value(from), to);
        } else if (isNamed("transfer-encoding", from, to)) {
            chunked = true;
        } else if (isNamed("connection", from, to)) {
            lastOfConnection = (bytes[value(from)] | 0x20) == 'c';
        }
    }

    private boolean isNamed(String lowerCase, int from, int to) {
        int length = lowerCase.length();
        if (to - from <= length || bytes[from + length] != ':') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int c = bytes[from + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int value(int headerStart) {
        int at = headerStart;
        while (bytes[at] != ':') {
            at++;
        }
        at++;
        while (bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private long number(int from, int to) throws MalformedAnswerException {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || number > Integer.MAX_VALUE * 10L) {
                throw new MalformedAnswerException(
                        "no number: " + new String(bytes, from, to - from, US_ASCII));
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Moves the chunks that are there together; {@code bodyEnd} is the end of what was moved. */
    private boolean readChunks() throws MalformedAnswerException {
        if (bodyEnd == UNKNOWN) {
            bodyEnd = bodyStart;
        }
        while (true) {
            int sizeEnd = chunkCursor;
            while (sizeEnd < end && bytes[sizeEnd] != '\n') {
                sizeEnd++;
            }
            if (sizeEnd == end) {
                return false;
            }
            int size = hexNumber(chunkCursor, sizeEnd);
            int next = sizeEnd + 1 + size + 2;
            if (size < 0 || next > SIZE_BYTES_MAX) {
                throw new MalformedAnswerException("a chunk larger than " + SIZE_BYTES_MAX);
            }
            if (next > end) {
                return false;
            }
            System.arraycopy(bytes, sizeEnd + 1, bytes, bodyEnd, size);
            bodyEnd += size;
            chunkCursor = next;
            if (size == 0) {
                return true;
            }
        }
    }

    private int hexNumber(int from, int to) throws MalformedAnswerException {
        int number = 0;
        int at = from;
        for (int digit; at < to && (digit = Character.digit(bytes[at], 16)) >= 0; at++) {
            number = number << 4 | digit;
        }
        if (at == from || at - from > 7) {
            throw new MalformedAnswerException("no size of a chunk");
        }
        return number;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the server closes the connection after this answer. */
    boolean isLastOfConnection() {
        return lastOfConnection;
    }

    /** Whether the checksum that came with the body is the body's, or none came. */
    public boolean hasSoundBody() {
        if (sentCrc == UNKNOWN) {
            return true;
        }
        crc.reset();
        crc.update(bytes, bodyStart, bodyEnd - bodyStart);
        return crc.getValue() == sentCrc;
    }

    /** Whether the body contains those bytes, the first {@code length} of the array. */
    public boolean contains(byte[] wanted, int length) {
        return indexOf(wanted, length) >= 0;
    }

    private int indexOf(byte[] wanted, int length) {
        byte first = wanted[0];
        for (int at = bodyStart; at <= bodyEnd - length; at++) {
            if (bytes[at] == first) {
                int same = 1;
                while (same < length && bytes[at + same] == wanted[same]) {
                    same++;
                }
                if (same == length) {
                    return at;
                }
            }
        }
        return UNKNOWN;
    }

    /** The body as text. */
    public String text() {
        return new String(bytes, bodyStart, bodyEnd - bodyStart, UTF_8);
    }

    /**
     * The name of the error that the body tells, without its name space; empty if it tells none.
     */
    public Optional<String> errorType() {
        int at = indexOf(TYPE, TYPE.length);
        if (at < 0) {
            return Optional.empty();
        }
        String rest = new String(bytes, at, bodyEnd - at, UTF_8);
        String[] quoted = rest.split("\"", 5);
        return quoted.length < 5
                ? Optional.empty()
                : Optional.of(quoted[3].substring(quoted[3].indexOf('#') + 1));
    }
}
