package dev.stator.tools.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Changes of what stands around a body: request line, headers, signature, framing, encoding. */
final class HttpMutation {
    private static final List<String> REQUEST_LINES =
            List.of(
                    "GET / HTTP/1.1",
                    "PUT / HTTP/1.1",
                    "post / HTTP/1.1",
                    "OPTIONS / HTTP/1.1",
                    "HEAD / HTTP/1.1",
                    "POST /x/../y?a=b&c HTTP/1.1",
                    "POST /%00%ff?%zz=%1 HTTP/1.1",
                    "POST /?X-Amz-Algorithm=AWS4-HMAC-SHA256 HTTP/1.1",
                    "POST / HTTP/1.0",
                    "POST / HTTP/9.9",
                    "POST / FTP/1.1",
                    "POST",
                    "");

    /** Headers that leave the end of the request where it is. */
    private static final List<String> FRAMED =
            List.of(
                    "Content-Type: text/plain",
                    "Content-Type: application/json; charset=x",
                    "Content-Type: ",
                    "Accept-Encoding: gzip;q=0.5, *;q=0",
                    "Origin: null",
                    "X-Amz-Date: yesterday",
                    "X-Amz-Date: 20300101T000000Z",
                    "X-Amz-Target: DynamoDB_20120810.Nothing",
                    "X-Amz-Target: DynamoDB_20111205.GetItem",
                    "X-Amz-Target: .",
                    "X-Amz-Target:",
                    "X-Amz-Security-Token: x",
                    "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD",
                    "Authorization: AWS4-HMAC-SHA256",
                    "Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f, SignedHeaders=;;, Signature==",
                    "Authorization: AWS4-HMAC-SHA256 Credential",
                    "Authorization: Basic Og==",
                    "Host: \u00ff");

    /** Headers after which it is not clear any more. */
    private static final List<String> UNFRAMED =
            List.of(
                    "Content-Length: 7",
                    "Content-Length: -1",
                    "Content-Length: 99999999999999999999",
                    "Content-Length: x",
                    "Transfer-Encoding: chunked",
                    "Transfer-Encoding: gzip",
                    "Expect: 100-continue",
                    "Expect: the unexpected",
                    "Connection: close",
                    "Upgrade: h2c",
                    "No colon",
                    " folded: x",
                    "Bad name: x",
                    "X: \0");

    private final Choice choice;
    private final BiFunction<String, byte[], byte[]> sign;

    /**
     * @param sign makes a whole request of a target and a body
     */
    HttpMutation(Choice choice, BiFunction<String, byte[], byte[]> sign) {
        this.choice = choice;
        this.sign = sign;
    }

    FuzzCase change(long number, SeedRequest request, byte[] body) {
        String operation = request.operation();
        byte[] whole = sign.apply(request.target(), body);
        String head = CaseMaker.head(whole);
        return switch (choice.below(7)) {
            case 0 ->
                    new FuzzCase(
                            number, operation, encoded(request.target(), body, true), true, true);
            case 1 ->
                    new FuzzCase(
                            number, operation, encoded(request.target(), body, false), true, false);
            case 2 -> {
                String rest = head.substring(head.indexOf("\r\n"));
                yield unframed(number, operation, choice.of(REQUEST_LINES) + rest, body);
            }
            case 3 -> unframed(number, operation, head + "\r\n" + choice.of(UNFRAMED), body);
            case 4 -> {
                String filler = "x".repeat(choice.below(40_000));
                String line = choice.oneIn(2) ? "POST /" + filler + " HTTP/1.1" : "X: " + filler;
                yield unframed(number, operation, head + "\r\n" + line, body);
            }
            default -> new FuzzCase(number, operation, join(headers(head), body), true, true);
        };
    }

    private static FuzzCase unframed(long number, String operation, String head, byte[] body) {
        return new FuzzCase(number, operation, join(head, body), false, true);
    }

    /** Leaves out, replaces, repeats, or damages one header; the length stays. */
    private String headers(String head) {
        StringBuilder changed = new StringBuilder();
        String[] lines = head.split("\r\n", -1);
        int victim = 1 + choice.below(lines.length - 1);
        String added = choice.of(FRAMED);
        String addedName = added.substring(0, added.indexOf(':')).toLowerCase(Locale.ROOT);
        boolean replaces = choice.oneIn(2);
        for (int i = 0; i < lines.length; i++) {
            String lower = lines[i].toLowerCase(Locale.ROOT);
            boolean length = lower.startsWith("content-length");
            boolean replaced = replaces && lower.startsWith(addedName + ":");
            if (replaced || (i == victim && !length && choice.oneIn(2))) {
                continue;
            }
            changed.append(changed.isEmpty() ? "" : "\r\n");
            changed.append(i == victim && !length && i > 0 ? damaged(lines[i]) : lines[i]);
        }
        if (choice.oneIn(2) || replaces) {
            changed.append("\r\n").append(added);
        }
        return changed.toString();
    }

    private String damaged(String line) {
        int from = line.indexOf(':') + 1;
        int at = from + choice.below(line.length() - from + 1);
        return choice.oneIn(2)
                ? line.substring(0, at)
                : line.substring(0, at)
                        + choice.of(List.of("/", ",", "=", ";", "0", "\u00e9"))
                        + line.substring(at);
    }

    /** The body compressed, or said to be. */
    private byte[] encoded(String target, byte[] body, boolean truly) {
        boolean gzip = choice.oneIn(2);
        byte[] sent = truly ? compressed(body, gzip) : body;
        byte[] whole = sign.apply(target, sent);
        String head =
                CaseMaker.head(whole) + "\r\nContent-Encoding: " + (gzip ? "gzip" : "deflate");
        return join(head, sent);
    }

    private static byte[] compressed(byte[] body, boolean gzip) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = gzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(String head, byte[] body) {
        byte[] start = (head + "\r\n\r\n").getBytes(ISO_8859_1);
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }
}
