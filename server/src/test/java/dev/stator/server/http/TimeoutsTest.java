package dev.stator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stator.core.operations.api.ListTablesResponse;
import dev.stator.server.http.HttpServerConfig.Timeouts;
import dev.stator.server.http.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever takes too long is not waited for. */
@ExtendWith(LeakCheck.class)
class TimeoutsTest {
    private static final Duration LONG = Servers.LONG;
    private static final Duration SHORT = Servers.SHORT;

    private final LinkedBlockingQueue<ApiCall> calls = new LinkedBlockingQueue<>();

    private static HttpServer start(Timeouts timeouts, ApiHandler handler) throws IOException {
        return Servers.start(Servers.LIMITS, timeouts, handler);
    }

    private ApiCall next() throws InterruptedException {
        ApiCall call = calls.poll(10, TimeUnit.SECONDS);
        assertThat(call).as("a request within 10 s").isNotNull();
        return call;
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        Timeouts timeouts = new Timeouts(SHORT, LONG, LONG, LONG, SHORT, LONG);
        try (HttpServer server = start(timeouts, Servers.ECHO);
                RawClient silent = new RawClient(server);
                RawClient slow = new RawClient(server);
                RawClient served = new RawClient(server)) {
            slow.send("POST / HTTP/1.1\r\nNa");
            assertThat(served.exchange(RawClient.listTables("abc")).status()).isEqualTo(200);
            assertThat(silent.isClosed()).isTrue();
            assertThat(slow.isClosed()).isTrue();
            assertThat(served.isClosed()).isTrue();
            await().until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void aSlowBodyIsNotWaitedFor() throws Exception {
        Timeouts timeouts = new Timeouts(LONG, SHORT, LONG, LONG, SHORT, LONG);
        try (HttpServer server = start(timeouts, Servers.ECHO);
                RawClient client = new RawClient(server)) {
            Response response = client.exchange(RawClient.post("ListTables", 50) + "{");
            assertThat(response.status()).isEqualTo(408);
            assertThat(client.isClosed()).isTrue();
            await().until(() -> server.openConnections() == 0);
            assertThat(server.bufferedBytes()).isZero();
        }
    }

    @Test
    void aRequestThatNobodyAnswersFails() throws Exception {
        Timeouts timeouts = new Timeouts(LONG, LONG, SHORT, LONG, SHORT, LONG);
        try (HttpServer server = start(timeouts, calls::add);
                RawClient client = new RawClient(server)) {
            client.send(RawClient.listTables("one"));
            ApiCall one = next();
            client.send(RawClient.listTables("two"));
            ApiCall two = next();
            two.answer(new ListTablesResponse(List.of("two"), Optional.empty()));
            Response response = client.read();
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).contains("InternalServerError");
            assertThat(response.header("x-amzn-requestid")).isEqualTo(one.requestId());
            assertThat(client.read().text()).contains("two");
            // Too late: this answer must not be taken for that of the next request.
            one.answer(new ListTablesResponse(List.of("one"), Optional.empty()));
            client.send(RawClient.listTables("three"));
            next().answer(new ListTablesResponse(List.of("three"), Optional.empty()));
            assertThat(client.read().text()).contains("three");
            assertThat(one.deadlineNanos() - one.receivedAtNanos()).isEqualTo(SHORT.toNanos());
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutOff() throws Exception {
        Timeouts timeouts = new Timeouts(LONG, LONG, LONG, SHORT, SHORT, LONG);
        ListTablesResponse large =
                new ListTablesResponse(Collections.nCopies(100_000, "name"), Optional.empty());
        try (HttpServer server = start(timeouts, call -> call.answer(large));
                RawClient client = new RawClient(server, 4_096)) {
            for (int i = 0; i < 16; i++) {
                client.send(RawClient.listTables("abc"));
            }
            await().until(() -> server.openConnections() == 0);
            assertThat(server.bufferedBytes()).isZero();
        }
    }

    @Test
    void aClientThatDoesNotReadMakesTheServerStopReading() throws Exception {
        ListTablesResponse large =
                new ListTablesResponse(Collections.nCopies(100_000, "name"), Optional.empty());
        try (HttpServer server =
                        start(
                                Servers.TIMEOUTS,
                                call -> {
                                    calls.add(call);
                                    call.answer(large);
                                });
                RawClient client = new RawClient(server, 4_096)) {
            int requests = 64;
            for (int i = 0; i < requests; i++) {
                client.send(RawClient.listTables("abc"));
            }
            // Far fewer than were sent: what is read depends on the buffers of the system.
            await().pollDelay(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(calls).hasSizeBetween(1, 20));
            assertThat(client.read(requests)).hasSize(requests);
            assertThat(calls).hasSize(requests);
        }
    }

    @Test
    void aClosedServerAnswersWhatIsInWork() throws Exception {
        HttpServer server = start(Servers.TIMEOUTS, calls::add);
        try (RawClient idle = new RawClient(server);
                RawClient busy = new RawClient(server);
                RawClient halfway = new RawClient(server)) {
            idle.send(RawClient.listTables("abc"));
            next().answer(new ListTablesResponse(List.of(), Optional.empty()));
            idle.read();
            halfway.send(RawClient.post("ListTables", 50) + "{");
            busy.send(RawClient.listTables("abc"));
            ApiCall call = next();
            await().until(() -> server.openConnections() == 3);
            Thread closing = Thread.ofPlatform().start(server::close);
            assertThat(idle.isClosed()).isTrue();
            assertThat(halfway.isClosed()).isTrue();
            call.answer(new ListTablesResponse(List.of("answer"), Optional.empty()));
            Response response = busy.read();
            assertThat(response.text()).contains("answer");
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(busy.isClosed()).isTrue();
            closing.join();
        }
        assertThat(server.openConnections()).isZero();
        assertThat(server.bufferedBytes()).isZero();
    }

    @Test
    void aClosedServerDoesNotWaitForEver() throws Exception {
        Timeouts timeouts = new Timeouts(LONG, LONG, LONG, LONG, SHORT, SHORT);
        HttpServer server = start(timeouts, calls::add);
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.listTables("abc"));
            ApiCall call = next();
            server.close();
            assertThat(client.isClosed()).isTrue();
            call.answer(new ListTablesResponse(List.of(), Optional.empty()));
        }
        assertThat(server.openConnections()).isZero();
    }
}
