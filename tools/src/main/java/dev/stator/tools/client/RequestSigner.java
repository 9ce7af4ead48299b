package dev.stator.tools.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes signed requests. Owned by one thread. What requests of one second and one operation have
 * in common is made once a second: the rest is the hash of the body and the signature.
 */
public final class RequestSigner {
    private static final String TARGET_PREFIX = "DynamoDB_20120810.";
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = 8;

    /** Longer than any head: the fixed parts and an Authorization header. */
    private static final int HEAD_SIZE_BYTES = 640;

    private static final byte[] CONTENT_LENGTH = "\r\nContent-Length: ".getBytes(ISO_8859_1);
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(ISO_8859_1);

    private final Credentials credentials;
    private final String host;
    private final InstantSource clock;
    private final Map<String, Head> heads = new LinkedHashMap<>();
    private long second = Long.MIN_VALUE;
    private String day = "";
    private @Nullable SigningKey key;

    /**
     * @param host host and port as they go into the Host header
     */
    public RequestSigner(Credentials credentials, String host, InstantSource clock) {
        this.credentials = credentials;
        this.host = host;
        this.clock = clock;
    }

    /** What requests of one operation in one second have in common. */
    private record Head(byte[] canonical, byte[] stringToSign, byte[] wire) {}

    /** The size of a buffer that holds a request with such a body. */
    public static int sizeBytesMax(int bodyLength) {
        return HEAD_SIZE_BYTES + bodyLength;
    }

    /**
     * Appends a request to a buffer of {@link #sizeBytesMax}, or one that grows.
     *
     * @param operation by its name, or as a whole target such as
     *     DynamoDBStreams_20120810.GetRecords
     */
    public void write(String operation, byte[] body, int bodyLength, ByteBuf target) {
        turnSecond();
        Head head = heads.computeIfAbsent(operation, this::head);
        byte[] signature =
                Objects.requireNonNull(key)
                        .sign(head.canonical, head.stringToSign, body, bodyLength);
        target.writeBytes(head.wire).writeBytes(signature).writeBytes(CONTENT_LENGTH);
        target.writeCharSequence(Integer.toString(bodyLength), ISO_8859_1);
        target.writeBytes(END_OF_HEAD).writeBytes(body, 0, bodyLength);
    }

    private void turnSecond() {
        long now = clock.millis() / 1000;
        if (now != second) {
            second = now;
            heads.clear();
            String today = date().substring(0, DAY_LENGTH);
            if (!today.equals(day)) {
                day = today;
                key = new SigningKey(credentials, day);
            }
        }
    }

    private String date() {
        return BASIC.format(Instant.ofEpochSecond(second));
    }

    private Head head(String operation) {
        String date = date();
        String scope =
                day + "/" + credentials.region() + "/" + credentials.service() + "/aws4_request";
        String target = operation.indexOf('.') < 0 ? TARGET_PREFIX + operation : operation;
        String signedHeaders = "host;x-amz-date;x-amz-target";
        String canonical =
                "POST\n/\n\nhost:"
                        + host
                        + "\nx-amz-date:"
                        + date
                        + "\nx-amz-target:"
                        + target
                        + "\n\n"
                        + signedHeaders
                        + "\n";
        String stringToSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n";
        String wire =
                "POST / HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: "
                        + date
                        + "\r\nX-Amz-Target: "
                        + target
                        + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
                        + credentials.accessKeyId()
                        + "/"
                        + scope
                        + ", SignedHeaders="
                        + signedHeaders
                        + ", Signature=";
        return new Head(
                canonical.getBytes(ISO_8859_1),
                stringToSign.getBytes(ISO_8859_1),
                wire.getBytes(ISO_8859_1));
    }
}
