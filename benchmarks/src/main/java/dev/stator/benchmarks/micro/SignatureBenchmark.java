package dev.stator.benchmarks.micro;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stator.benchmarks.sample.SampleItem;
import dev.stator.server.auth.CallerIdentity;
import dev.stator.server.auth.CredentialStore;
import dev.stator.server.auth.SigV4Verifier;
import dev.stator.server.auth.SignedMessage;
import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.RequestSigner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The check of a request's signature (SigV4). */
public class SignatureBenchmark extends MicroBenchmark {
    private static final Credentials CREDENTIALS =
            new Credentials("AKIDEXAMPLE", "a secret", "us-east-1", "dynamodb");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    @Param({"PutItem", "GetItem"})
    public String operation = "PutItem";

    private final SigV4Verifier verifier =
            SigV4Verifier.strict(
                    new SigV4Verifier.Keys(
                            CredentialStore.of(
                                    Map.of(
                                            CREDENTIALS.accessKeyId(),
                                            new CredentialStore.AccessKey(
                                                    CREDENTIALS.secret(), "000000000000"))),
                            CREDENTIALS.service(),
                            Optional.of(CREDENTIALS.region()),
                            CLOCK));
    private SignedMessage message =
            new SignedMessage("POST", "/", new DefaultHttpHeaders(), new byte[0], 0, 0);

    @Setup
    public void sign() {
        String text =
                operation.equals("PutItem")
                        ? SampleItem.putRequest(SampleItem.of(1))
                        : SampleItem.getRequest(1);
        byte[] body = text.getBytes(UTF_8);
        ByteBuf request = Unpooled.buffer(RequestSigner.sizeBytesMax(body.length));
        new RequestSigner(CREDENTIALS, "localhost:8000", CLOCK)
                .write(operation, body, body.length, request);
        String head = request.toString(0, request.readableBytes() - body.length, ISO_8859_1);
        message = new SignedMessage("POST", "/", headers(head), body, 0, body.length);
    }

    private static HttpHeaders headers(String head) {
        HttpHeaders headers = new DefaultHttpHeaders();
        head.lines()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    headers.add(line.substring(0, colon), line.substring(colon + 2));
                });
        return headers;
    }

    @Benchmark
    public CallerIdentity verify() {
        return verifier.verify(message);
    }
}
