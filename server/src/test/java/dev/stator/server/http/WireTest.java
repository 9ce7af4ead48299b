package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.operations.api.ListTablesResponse;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.server.http.RawClient.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, byte by byte. */
@ExtendWith(LeakCheck.class)
class WireTest {
    private static final BlockingQueue<ApiCall> CALLS = new LinkedBlockingQueue<>();
    private static final String NOT_JSON =
            "{\"__type\":\"com.amazon.coral.service#SerializationException\"}";
    private static final String UNKNOWN =
            "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}";
    private static final String AUTHORIZATION =
            "Authorization: AWS4-HMAC-SHA256 Credential=key/20130609/us-west-2/dynamodb/"
                    + "aws4_request, SignedHeaders=host, Signature=x\r\n";

    private static HttpServer server;
    private RawClient client;

    @BeforeAll
    static void start() throws IOException {
        server =
                Servers.start(call -> {
                    CALLS.add(call);
                    answer(call);
                });
    }

    /** The name of a table says what happens. */
    private static void answer(ApiCall call) {
        if (!(call.request() instanceof ListTablesRequest request)) {
            call.fail(
                    new ApiError.ConditionalCheckFailed(
                            "The conditional request failed", Optional.of(Item.EMPTY)));
            return;
        }
        String name = request.exclusiveStartTableName().orElse("");
        switch (name) {
            case "throws" -> throw new IllegalStateException("as the test wants");
            case "large" ->
                    call.answer(
                            new ListTablesResponse(
                                    java.util.Collections.nCopies(1_000, "name"),
                                    Optional.empty()));
            default -> call.answer(new ListTablesResponse(List.of(name), Optional.empty()));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.bufferedBytes()).isZero();
    }

    @BeforeEach
    void connect() throws IOException {
        CALLS.clear();
        client = new RawClient(server);
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    @Test
    void anAnswerHasTheHeadersOfTheService() throws Exception {
        Response response = client.exchange(RawClient.listTables("abc"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("{\"TableNames\":[\"abc\"]}");
        assertThat(response.header("content-type")).isEqualTo("application/x-amz-json-1.0");
        assertThat(response.header("x-amzn-requestid")).matches("[A-Z0-9]{52}");
        assertThat(response.header("content-length")).isEqualTo("22");
        assertThat(response.header("date"))
                .matches("[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} \\d{4} [0-9:]{8} GMT");
        assertThat(response.headers())
                .doesNotContainKeys("connection", "access-control-allow-origin");
        response.assertChecksum();
        ApiCall call = CALLS.remove();
        assertThat(call.requestId()).isEqualTo(response.header("x-amzn-requestid"));
        assertThat(call.caller().accessKeyId()).isEqualTo("key");
        assertThat(call.caller().region()).isEqualTo("us-west-2");
        assertThat(call.caller().accountId()).isEqualTo("000000000000");
        assertThat(call.eventLoopIndex()).isBetween(0, 1);
    }

    @Test
    void aConnectionIsUsedAgainAndRequestIdsDiffer() throws Exception {
        Response first = client.exchange(RawClient.listTables("abc"));
        Response second = client.exchange(RawClient.listTables("def"));
        assertThat(second.text()).contains("def");
        assertThat(second.header("x-amzn-requestid"))
                .isNotEqualTo(first.header("x-amzn-requestid"));
    }

    @Test
    void healthIsTold() throws Exception {
        Response response = client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("healthy: dynamodb.us-west-2.amazonaws.com ");
        assertThat(response.header("x-amzn-requestid")).hasSize(52);
        response.assertChecksum();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /other HTTP/1.1\r\n\r\n",
                "PUT / HTTP/1.1\r\n\r\n",
                "DELETE / HTTP/1.1\r\n\r\n",
                "OPTIONS / HTTP/1.1\r\n\r\n",
                "PATCH / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi",
                "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi",
                "POST / HTTP/1.1\r\nContent-Type: whatever\r\nContent-Length: 2\r\n\r\nhi",
                "POST / HTTP/1.1\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: 2\r\n\r\n{}",
                "POST / HTTP/1.1\r\nContent-Type: application/jsonasdf\r\nContent-Length: 2\r\n\r\n{}"
            })
    void whatIsNotOfTheApiIsNotFound(String request) throws Exception {
        Response response = client.exchange(request);
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("<UnknownOperationException/>\n");
        assertThat(response.header("x-amz-crc32")).isEqualTo("3552371480");
        assertThat(response.header("content-length")).isEqualTo("29");
        assertThat(client.exchange(RawClient.listTables("abc")).status()).isEqualTo(200);
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        Response response = client.exchange("HEAD / HTTP/1.1\r\n\r\n");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
        assertThat(client.exchange(RawClient.listTables("abc")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "application/json;charset=x, application/json",
        "'  application/json  ;  x', application/json",
        "application/x-amz-json-1.0, application/x-amz-json-1.0",
        "application/x-amz-json-1.0;x, application/x-amz-json-1.0"
    })
    void theContentTypeIsEchoed(String sent, String echoed) throws Exception {
        Response response =
                client.exchange(
                        "POST / HTTP/1.1\r\nContent-Type: "
                                + sent
                                + "\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).isEqualTo(NOT_JSON);
        assertThat(response.header("content-type")).isEqualTo(echoed);
        assertThat(response.header("x-amz-crc32")).isEqualTo("3948637019");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Amz-Target: whatever\r\n",
                "X-Amz-Target: DynamoDB_20120810.ListTable\r\n"
            })
    void anUnknownTargetIsAnUnknownOperation(String header) throws Exception {
        Response response =
                client.exchange(
                        "POST / HTTP/1.1\r\nContent-Type: application/json\r\n"
                                + header
                                + "Content-Length: 2\r\n\r\n{}");
        assertThat(response.text()).isEqualTo(UNKNOWN);
        assertThat(response.header("x-amz-crc32")).isEqualTo("1368724161");
        // Without a body there is no type to check, and none to echo.
        response = client.exchange("POST / HTTP/1.1\r\n" + header + "Content-Length: 0\r\n\r\n");
        assertThat(response.text()).isEqualTo(UNKNOWN);
        assertThat(response.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void errorsComeInTheOrderOfTheService() throws Exception {
        String type = "POST / HTTP/1.1\r\nContent-Type: application/json\r\n";
        String target = "X-Amz-Target: DynamoDB_20120810.ListTables\r\n";
        String notJson = "Content-Length: 2\r\n\r\nhi";
        String json = "Content-Length: 2\r\n\r\n{}";
        String none = "Content-Length: 0\r\n\r\n";
        assertThat(client.exchange(type + notJson).text()).isEqualTo(NOT_JSON);
        assertThat(client.exchange(type + target + notJson).text()).isEqualTo(NOT_JSON);
        Response missing = client.exchange(type + target + json);
        assertThat(missing.text())
                .isEqualTo(
                        "{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                                + "\"message\":\"Request is missing Authentication Token\"}");
        assertThat(missing.header("x-amz-crc32")).isEqualTo("2088342776");
        Response incomplete = client.exchange(type + target + "Authorization: AWS4-\r\n" + none);
        assertThat(incomplete.header("x-amz-crc32")).isEqualTo("1828866742");
        String signed = type + target + AUTHORIZATION + "X-Amz-Date: 20130609T100015Z\r\n";
        assertThat(client.exchange(signed + none).text()).isEqualTo(NOT_JSON);
        assertThat(client.exchange(signed + notJson).text()).isEqualTo(NOT_JSON);
        assertThat(client.exchange(signed + "Content-Length: 13\r\n\r\n{\"Limit\":\"1\"}").text())
                .isEqualTo(
                        "{\"__type\":\"com.amazon.coral.service#SerializationException\","
                                + "\"Message\":\"STRING_VALUE cannot be converted to Integer\"}");
        assertThat(client.exchange(signed + "Content-Length: 11\r\n\r\n{\"Limit\":0}").text())
                .startsWith(
                        "{\"__type\":\"com.amazon.coral.validate#ValidationException\","
                                + "\"message\":\"1 validation error detected: ");
        assertThat(CALLS).isEmpty();
        assertThat(client.exchange(signed + json).status()).isEqualTo(200);
    }

    @Test
    void anErrorOfAnOperationIsWritten() throws Exception {
        String body = "{\"TableName\":\"abc\",\"Key\":{}}";
        Response response = client.exchange(RawClient.post("DeleteItem", body.length()) + body);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .isEqualTo(
                        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                                + "\"Item\":{},\"message\":\"The conditional request failed\"}");
        response.assertChecksum();
    }

    @Test
    void aHandlerThatThrowsIsAnInternalError() throws Exception {
        Response response = client.exchange(RawClient.listTables("throws"));
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text())
                .isEqualTo(
                        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\","
                                + "\"message\":\"Internal server error\"}");
        assertThat(client.exchange(RawClient.listTables("abc")).status()).isEqualTo(200);
    }

    @Test
    void browsersMayCall() throws Exception {
        Response preflight =
                client.exchange(
                        String.join(
                                "\r\n",
                                "OPTIONS / HTTP/1.1",
                                "Origin: http://x",
                                "Access-Control-Request-Headers: a, b",
                                "Access-Control-Request-Method: d",
                                "",
                                ""));
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(preflight.header("access-control-allow-headers")).isEqualTo("a, b");
        assertThat(preflight.header("access-control-allow-methods")).isEqualTo("d");
        assertThat(preflight.header("access-control-max-age")).isEqualTo("172800");
        assertThat(preflight.header("content-length")).isEqualTo("0");
        String body = "{}";
        Response response =
                client.exchange(RawClient.post("ListTables", 2, "Origin: whatever") + body);
        assertThat(response.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void whatABrowserAsksForMayBeLong() throws Exception {
        String names = "x".repeat(3_000) + ", y";
        Response preflight =
                client.exchange(
                        String.join(
                                "\r\n",
                                "OPTIONS / HTTP/1.1",
                                "Origin: http://x",
                                "Access-Control-Request-Headers: " + names,
                                "",
                                ""));
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("access-control-allow-headers")).isEqualTo(names);
        assertThat(preflight.header("content-length")).isEqualTo("0");
    }

    @Test
    void largeAnswersAreCompressedWhenAskedFor() throws Exception {
        String body = "{\"ExclusiveStartTableName\":\"large\"}";
        Response plain = client.exchange(RawClient.post("ListTables", body.length()) + body);
        assertThat(plain.body()).hasSizeGreaterThan(4_096);
        assertThat(plain.headers()).doesNotContainKey("content-encoding");
        for (String accept : List.of("gzip", "deflate, gzip;q=0.5", "GZIP", "br, *")) {
            Response zipped = exchangeAccepting(body, "Accept-Encoding: " + accept);
            assertThat(zipped.header("content-encoding")).as(accept).isEqualTo("gzip");
            assertThat(zipped.body()).hasSizeLessThan(1_000);
            zipped.assertChecksum();
            byte[] unzipped =
                    new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
            assertThat(new String(unzipped, UTF_8)).isEqualTo(plain.text());
        }
        for (String accept : List.of("identity", "gzip;q=0", "gzip; q=0.0", "x-gzip", "")) {
            assertThat(exchangeAccepting(body, "Accept-Encoding: " + accept).headers())
                    .as(accept)
                    .doesNotContainKey("content-encoding");
        }
        assertThat(
                        exchangeAccepting(
                                        body, "Accept-Encoding: identity\r\nAccept-Encoding: gzip")
                                .headers())
                .doesNotContainKey("content-encoding");
        assertThat(
                        exchangeAccepting(
                                        "{\"ExclusiveStartTableName\":\"small\"}",
                                        "Accept-Encoding: gzip")
                                .headers())
                .doesNotContainKey("content-encoding");
    }

    private Response exchangeAccepting(String body, String header) throws IOException {
        return client.exchange(RawClient.post("ListTables", body.length(), header) + body);
    }

    @Test
    void compressedRequestsAreRead() throws Exception {
        byte[] plain = "{\"ExclusiveStartTableName\":\"abc\"}".getBytes(UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        ByteArrayOutputStream deflate = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflate, new Deflater())) {
            out.write(plain);
        }
        assertThat(exchangeEncoded("gzip", gzip.toByteArray()).text()).contains("abc");
        assertThat(exchangeEncoded("deflate", deflate.toByteArray()).text()).contains("abc");
        assertThat(exchangeEncoded("identity", plain).text()).contains("abc");
        assertThat(exchangeEncoded("gzip", plain).status()).isEqualTo(500);
        assertThat(exchangeEncoded("deflate", plain).status()).isEqualTo(500);
        byte[] cut = java.util.Arrays.copyOf(gzip.toByteArray(), gzip.size() - 9);
        assertThat(exchangeEncoded("gzip", cut).status()).isEqualTo(500);
        assertThat(client.exchange(RawClient.listTables("abc")).status()).isEqualTo(200);
    }

    private Response exchangeEncoded(String encoding, byte[] body) throws IOException {
        client.send(RawClient.post("ListTables", body.length, "Content-Encoding: " + encoding));
        return client.send(body).read();
    }

    @Test
    void chunkedBodiesAreRead() throws Exception {
        String head = RawClient.post("ListTables", -1, "Transfer-Encoding: chunked");
        client.send(head + "5\r\n{\"Exc\r\n");
        client.send("1c\r\nlusiveStartTableName\":\"abc\"}\r\n0\r\n\r\n");
        assertThat(client.read().text()).contains("abc");
    }

    @Test
    void bytesMayComeOneByOne() throws Exception {
        for (byte one : RawClient.listTables("abc").getBytes(UTF_8)) {
            client.send(new byte[] {one});
        }
        assertThat(client.read().text()).contains("abc");
    }
}
