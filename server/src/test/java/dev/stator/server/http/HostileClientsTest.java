package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stator.server.http.RawClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Garbage and excess get an error or a closed connection, and hurt nobody else. */
@ExtendWith(LeakCheck.class)
class HostileClientsTest {
    private HttpServer server;
    private RawClient good;

    @BeforeEach
    void start() throws IOException {
        server = Servers.start(Servers.ECHO);
        good = new RawClient(server);
        assertGoodIsServed();
    }

    @AfterEach
    void stop() throws IOException {
        assertGoodIsServed();
        good.close();
        await().until(() -> server.openConnections() == 0);
        assertThat(server.bufferedBytes()).isZero();
        server.close();
    }

    private void assertGoodIsServed() throws IOException {
        assertThat(good.exchange(RawClient.listTables("good")).text()).contains("good");
    }

    private void assertRefused(int status, String request) throws IOException {
        try (RawClient client = new RawClient(server)) {
            Response response = client.exchange(request);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(response.header("x-amzn-requestid")).hasSize(52);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void garbageIsABadRequest() throws Exception {
        assertRefused(
                400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n");
        assertRefused(400, "hello\r\n\r\n");
        assertRefused(400, "POST / HTTP/1.1\r\nno colon\r\n\r\n");
        assertRefused(400, "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n");
        assertRefused(400, "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n");
        assertRefused(
                400,
                RawClient.post("ListTables", -1, "Transfer-Encoding: chunked") + "zz\r\n{}\r\n");
    }

    @Test
    void randomBytesHurtNobody() throws Exception {
        long seed = Long.getLong("stator.seed", new Random().nextLong());
        System.out.println("HostileClientsTest: -Dstator.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[random.nextInt(1, 3_000)];
            random.nextBytes(bytes);
            try (RawClient client = new RawClient(server)) {
                client.send(bytes);
                client.shutdownOutput();
                while (!client.isClosed()) {
                    // Reads whatever was answered.
                }
            }
        }
    }

    @Test
    void headersAndRequestLinesAreBounded() throws Exception {
        String fits = "a".repeat(1_500);
        String tooLong = "a".repeat(5_000);
        assertRefused(400, "GET /" + tooLong + " HTTP/1.1\r\n\r\n");
        assertRefused(400, "GET / HTTP/1.1\r\nName: " + tooLong + "\r\n\r\n");
        assertRefused(400, "GET / HTTP/1.1\r\n" + "Name: value\r\n".repeat(500) + "\r\n");
        try (RawClient client = new RawClient(server)) {
            Response response =
                    client.exchange("GET /?" + fits + " HTTP/1.1\r\nName: " + fits + "\r\n\r\n");
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void bodiesAreBounded() throws Exception {
        assertRefused(413, RawClient.post("ListTables", 100_001));
        assertRefused(413, RawClient.post("ListTables", Integer.MAX_VALUE));
        assertRefused(413, "POST / HTTP/1.1\r\nContent-Length: 99999999999999\r\n\r\n");
        String chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
        assertRefused(
                413,
                RawClient.post("ListTables", -1, "Transfer-Encoding: chunked") + chunk.repeat(7));
        try (RawClient client = new RawClient(server)) {
            String body = "{" + " ".repeat(99_998) + "}";
            assertThat(client.exchange(RawClient.post("ListTables", 100_000) + body).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aClientThatSendsMoreThanIsTakenStillReadsTheAnswer() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("ListTables", 400_000) + "a".repeat(400_000));
            assertThat(client.read().status()).isEqualTo(413);
        }
    }

    @Test
    void aCompressedBombIsNotInflated() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 100; i++) {
                out.write(new byte[100_000]);
            }
        }
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("ListTables", bomb.size(), "Content-Encoding: gzip"));
            assertThat(client.send(bomb.toByteArray()).read().status()).isEqualTo(413);
        }
    }

    @Test
    void otherExpectationsFail() throws Exception {
        assertRefused(417, RawClient.post("ListTables", 2, "Expect: miracles"));
    }

    @Test
    void aTruncatedRequestIsForgotten() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("ListTables", 50_000) + "{".repeat(20_000));
            await().until(() -> server.bufferedBytes() > 0);
        }
        await().until(() -> server.openConnections() == 1);
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("ListTables", 50_000) + "{");
            client.shutdownOutput();
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void allBodiesTogetherAreBounded() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            // Ten bodies of almost 100,000 bytes fill the budget of a million, and the rest.
            for (int i = 0; i < 10; i++) {
                RawClient client = new RawClient(server);
                clients.add(client);
                client.send(RawClient.post("ListTables", 100_000) + "a".repeat(99_990));
            }
            await().until(() -> server.bufferedBytes() >= 999_900);
            assertRefused(503, RawClient.post("ListTables", 200) + " ".repeat(200));
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await().until(() -> server.bufferedBytes() == 0);
    }

    @Test
    void moreConnectionsThanTheBoundAreClosedAtOnce() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 99; i++) {
                RawClient client = new RawClient(server);
                clients.add(client);
                assertThat(client.exchange(RawClient.listTables("abc")).status()).isEqualTo(200);
            }
            try (RawClient oneMore = new RawClient(server)) {
                assertThat(oneMore.isClosed()).isTrue();
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await().until(() -> server.openConnections() == 1);
        try (RawClient client = new RawClient(server)) {
            assertThat(client.exchange(RawClient.listTables("abc")).status()).isEqualTo(200);
        }
    }

    @Test
    void contentLengthIsIgnoredForChunkedBodies() throws Exception {
        try (RawClient client = new RawClient(server)) {
            String head = RawClient.post("ListTables", 3, "Transfer-Encoding: chunked");
            String body = "{\"ExclusiveStartTableName\":\"abc\"}";
            client.send(
                    head
                            + Integer.toHexString(body.getBytes(UTF_8).length)
                            + "\r\n"
                            + body
                            + "\r\n0\r\n\r\n");
            Response response = client.read();
            assertThat(response.status()).isIn(200, 400);
        }
    }
}
