package dev.stator.tools.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stator.tools.client.Endpoint;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A connection that sends bytes as they are and reads what comes. Owned by one thread. */
final class FuzzConnection implements AutoCloseable {
    /** A server that takes longer hangs. */
    static final int ANSWER_MILLIS_MAX = 20_000;

    private static final int LINE_LENGTH_MAX = 64 * 1024;

    private final Socket socket;
    private final InputStream in;

    FuzzConnection(Endpoint endpoint) throws IOException {
        socket = new Socket(endpoint.address().getAddress(), endpoint.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer; header names in lower case. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }
    }

    /** The server was silent for too long. */
    static final class HangException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The answer to a request, after which the connection can be used again. */
    Reply exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        return read();
    }

    /** The first answer to something after which nothing more is sent; empty if there is none. */
    Optional<Reply> exchangeLast(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            Reply reply = read();
            return Optional.of(reply.status() == 100 ? read() : reply);
        } catch (HangException hangs) {
            throw hangs;
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    private Reply read() throws IOException {
        try {
            String statusLine = line();
            if (!statusLine.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
                throw new IOException("not a status line: " + statusLine);
            }
            int status = Integer.parseInt(statusLine.substring(9, 12));
            Map<String, String> headers = new TreeMap<>();
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException("the body ended early");
            }
            return new Reply(status, headers, body);
        } catch (SocketTimeoutException silent) {
            throw new HangException();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > LINE_LENGTH_MAX) {
                throw new EOFException("closed, or no line");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    boolean isClosing(Reply reply) {
        return reply.headers().getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
