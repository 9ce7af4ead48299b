package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** A client that sends exactly the bytes it is given. */
final class RawClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 10_000;
    private final Socket socket;
    private final InputStream in;

    RawClient(HttpServer server) throws IOException {
        this(server, 0);
    }

    RawClient(HttpServer server, int receiveBufferBytes) throws IOException {
        socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.address().getPort()));
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A response; header names are in lower case. */
    record Response(int status, SequencedMap<String, String> headers, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "(absent)");
        }

        void assertChecksum() {
            CRC32 crc = new CRC32();
            crc.update(body);
            assertThat(header("x-amz-crc32")).isEqualTo(Long.toString(crc.getValue()));
        }
    }

    /** The head of a POST to an operation, signed so that a permissive server takes it. */
    static String post(String operation, int contentLength, String... headers) {
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: localhost\r\n");
        head.append("X-Amz-Target: DynamoDB_20120810.").append(operation).append("\r\n");
        head.append("Content-Type: application/x-amz-json-1.0\r\n");
        head.append("X-Amz-Date: 20130609T100015Z\r\n");
        head.append("Authorization: AWS4-HMAC-SHA256 Credential=key/20130609/us-west-2/dynamodb/");
        head.append("aws4_request, SignedHeaders=host, Signature=x\r\n");
        if (contentLength >= 0) {
            head.append("Content-Length: ").append(contentLength).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    static String listTables(String start) {
        String body = "{\"ExclusiveStartTableName\":\"" + start + "\"}";
        return post("ListTables", body.length()) + body;
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Response exchange(String text) throws IOException {
        return send(text).read();
    }

    Response read() throws IOException {
        String statusLine = line();
        assertThat(statusLine).startsWith("HTTP/1.1 ");
        SequencedMap<String, String> headers = new TreeMap<>();
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
        return new Response(Integer.parseInt(statusLine.substring(9, 12)), headers, body);
    }

    List<Response> read(int count) throws IOException {
        List<Response> responses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            responses.add(read());
        }
        return responses;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n') {
            if (c < 0) {
                throw new EOFException("closed after '" + line + "'");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Whether the server has closed the connection and sent nothing more; waits for it. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
