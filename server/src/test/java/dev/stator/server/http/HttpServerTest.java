package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.operations.api.BatchGetItemResponse;
import dev.stator.model.Item;
import dev.stator.server.auth.CredentialStore;
import dev.stator.server.auth.SigV4Verifier;
import dev.stator.server.auth.TestSigner;
import dev.stator.server.http.RawClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class HttpServerTest {
    private static final TestSigner.Signing SIGNING =
            new TestSigner.Signing(
                    "AKID", "secret", "20130609T100015Z", "us-west-2/dynamodb/aws4_request");

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Response send(
            RawClient client, byte[] body, String authorization, String encoding)
            throws IOException {
        client.send(
                "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                        + "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20130609T100015Z\r\n"
                        + encoding
                        + "Authorization: "
                        + authorization
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n");
        return client.send(body).read();
    }

    @Test
    void aStrictServerVerifiesTheBodyAsItWasSent() throws Exception {
        SigV4Verifier verifier =
                SigV4Verifier.strict(
                        new SigV4Verifier.Keys(
                                CredentialStore.of(
                                        Map.of(
                                                "AKID",
                                                new CredentialStore.AccessKey(
                                                        "secret", "123456789012"))),
                                "dynamodb",
                                Optional.empty(),
                                () -> Instant.parse("2013-06-09T10:00:15Z")));
        HttpServerConfig config =
                new HttpServerConfig(
                        "127.0.0.1", 0, 1, "us-west-2", Servers.LIMITS, Servers.TIMEOUTS);
        try (HttpServer server = HttpServer.start(config, verifier, Servers.ECHO);
                RawClient client = new RawClient(server)) {
            String target = "DynamoDB_20120810.ListTables";
            byte[] body = "{}".getBytes(UTF_8);
            String signed = TestSigner.authorization("localhost", target, body, SIGNING);
            assertThat(send(client, body, signed, "").status()).isEqualTo(200);
            Response wrong = send(client, "{} ".getBytes(UTF_8), signed, "");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.text()).contains("com.amazon.coral.service#InvalidSignatureException");
            byte[] zipped = gzip("{\"ExclusiveStartTableName\":\"abc\"}");
            String signedZipped = TestSigner.authorization("localhost", target, zipped, SIGNING);
            assertThat(send(client, zipped, signedZipped, "Content-Encoding: gzip\r\n").text())
                    .contains("abc");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (HttpServer server = Servers.start(Servers.ECHO)) {
            HttpServerConfig same = HttpServerConfig.local(server.address().getPort());
            assertThatThrownBy(
                            () -> HttpServer.start(same, SigV4Verifier.permissive(), Servers.ECHO))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + same.port());
        }
    }

    @Test
    void anAnswerThatCannotBeWrittenIsAnInternalError() throws Exception {
        SequencedMap<String, List<Item>> throwing =
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void forEach(BiConsumer<? super String, ? super List<Item>> action) {
                        throw new IllegalStateException("as the test wants");
                    }
                };
        ApiHandler broken =
                call ->
                        call.answer(
                                new BatchGetItemResponse(
                                        throwing, new LinkedHashMap<>(), List.of()));
        try (HttpServer server = Servers.start(broken);
                RawClient client = new RawClient(server)) {
            assertThat(client.exchange(RawClient.listTables("abc")).status()).isEqualTo(500);
        }
    }

    @Test
    void nonsenseIsNotConfigured() {
        assertThatThrownBy(() -> HttpServerConfig.local(70_000)).hasMessageContaining("port");
        assertThatThrownBy(() -> new HttpServerConfig.Limits(0, 1, 1, 1, 1, 1))
                .hasMessageContaining("connections");
        Duration one = Duration.ofSeconds(1);
        assertThatThrownBy(
                        () -> new HttpServerConfig.Timeouts(one, one, Duration.ZERO, one, one, one))
                .hasMessageContaining("timeout");
        assertThat(new HttpServerConfig.Timeouts(one, one, one, one, one, one).tickMillis())
                .isEqualTo(125);
    }

    @Test
    void requestIdsLookLikeThoseOfTheService() {
        assertThat(new RequestId().toString())
                .matches("[0-9A-Z]{52}")
                .isNotEqualTo(new RequestId().toString());
    }

    @Test
    void daysOfTheMonthHaveTwoDigits() {
        assertThat(HttpDate.of(Instant.parse("2026-12-01T04:29:59Z")))
                .asString(US_ASCII)
                .isEqualTo("Tue, 01 Dec 2026 04:29:59 GMT");
    }
}
