package dev.stator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.operations.api.ListTablesResponse;
import dev.stator.server.http.RawClient.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several requests of one connection at a time. */
@ExtendWith(LeakCheck.class)
class PipeliningTest {
    private final LinkedBlockingQueue<ApiCall> calls = new LinkedBlockingQueue<>();
    private HttpServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = Servers.start(calls::add);
        client = new RawClient(server);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        assertThat(server.bufferedBytes()).isZero();
        assertThat(server.openConnections()).isZero();
    }

    private ApiCall next() throws InterruptedException {
        ApiCall call = calls.poll(10, TimeUnit.SECONDS);
        assertThat(call).as("a request within 10 s").isNotNull();
        return call;
    }

    private static void answer(ApiCall call) {
        String name = ((ListTablesRequest) call.request()).exclusiveStartTableName().orElseThrow();
        call.answer(new ListTablesResponse(List.of(name), Optional.empty()));
    }

    @Test
    void answersComeInTheOrderOfTheRequests() throws Exception {
        client.send(
                RawClient.listTables("one")
                        + RawClient.listTables("two")
                        + RawClient.listTables("three"));
        List<ApiCall> inWork = List.of(next(), next(), next());
        for (ApiCall call : inWork.reversed()) {
            answer(call);
        }
        List<Response> responses = client.read(3);
        assertThat(responses)
                .extracting(Response::text)
                .containsExactly(
                        "{\"TableNames\":[\"one\"]}",
                        "{\"TableNames\":[\"two\"]}",
                        "{\"TableNames\":[\"three\"]}");
        assertThat(responses)
                .extracting(response -> response.header("x-amzn-requestid"))
                .isEqualTo(inWork.stream().map(ApiCall::requestId).toList());
    }

    @Test
    void noMoreRequestsAreInWorkThanTheBound() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            many.append(RawClient.listTables("table" + i));
        }
        client.send(many.toString());
        List<ApiCall> first = List.of(next(), next(), next(), next());
        // A fifth would have come with the same read. One answer makes room for one request.
        assertThat(calls.poll(50, TimeUnit.MILLISECONDS)).isNull();
        answer(first.get(0));
        ApiCall fifth = next();
        assertThat(calls.poll(50, TimeUnit.MILLISECONDS)).isNull();
        first.subList(1, 4).forEach(PipeliningTest::answer);
        answer(fifth);
        for (int i = 5; i < 50; i++) {
            answer(next());
        }
        List<Response> responses = client.read(50);
        for (int i = 0; i < 50; i++) {
            assertThat(responses.get(i).text()).isEqualTo("{\"TableNames\":[\"table" + i + "\"]}");
        }
    }

    @Test
    void answersFromManyThreadsKeepTheOrder() throws Exception {
        long seed = Long.getLong("stator.seed", new Random().nextLong());
        System.out.println("PipeliningTest: -Dstator.seed=" + seed);
        Random random = new Random(seed);
        int rounds = 50;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < 4; i++) {
                client.send(RawClient.listTables("t" + round + "-" + i));
            }
            List<ApiCall> inWork = new ArrayList<>(List.of(next(), next(), next(), next()));
            Collections.shuffle(inWork, random);
            List<Thread> threads = new ArrayList<>();
            for (ApiCall call : inWork) {
                threads.add(Thread.ofPlatform().start(() -> answer(call)));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(client.read().text()).contains("\"t" + round + "-" + i + "\"");
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void connectionCloseEndsItAfterTheAnswer() throws Exception {
        client.send(
                RawClient.listTables("one")
                        + RawClient.post("ListTables", 36, "Connection: close")
                        + "{\"ExclusiveStartTableName\":\"closes\"}"
                        + RawClient.listTables("ignored"));
        answer(next());
        answer(next());
        assertThat(client.read().headers()).doesNotContainKey("connection");
        assertThat(client.read().header("connection")).isEqualTo("close");
        assertThat(client.isClosed()).isTrue();
        assertThat(calls).isEmpty();
    }

    @Test
    void http10ClosesUnlessAskedNotTo() throws Exception {
        String post = RawClient.listTables("abc").replace("HTTP/1.1", "HTTP/1.0");
        client.send(post.replace("\r\nHost", "\r\nConnection: keep-alive\r\nHost"));
        answer(next());
        assertThat(client.read().header("connection")).isEqualTo("keep-alive");
        client.send(post);
        answer(next());
        assertThat(client.read().header("connection")).isEqualTo("close");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aHalfClosedConnectionIsStillAnswered() throws Exception {
        client.send(RawClient.listTables("one") + RawClient.listTables("two"));
        client.shutdownOutput();
        List<ApiCall> inWork = List.of(next(), next());
        inWork.reversed().forEach(PipeliningTest::answer);
        assertThat(client.read().text()).contains("one");
        assertThat(client.read().text()).contains("two");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void onlyTheFirstAnswerCounts() throws Exception {
        client.send(RawClient.listTables("abc"));
        ApiCall call = next();
        answer(call);
        call.fail(HttpResponses.INTERNAL_ERROR);
        answer(call);
        client.send(RawClient.listTables("def"));
        answer(next());
        assertThat(client.read().text()).contains("abc");
        assertThat(client.read().text()).contains("def");
    }

    @Test
    void anAnswerForAClientThatHasGoneIsDropped() throws Exception {
        client.send(RawClient.listTables("one") + RawClient.listTables("two"));
        ApiCall one = next();
        ApiCall two = next();
        answer(two);
        client.close();
        answer(one);
        await().until(() -> server.openConnections() == 0);
        assertThat(server.bufferedBytes()).isZero();
    }

    @Test
    void aBodyIsAskedForAfterEarlierAnswers() throws Exception {
        client.send(RawClient.listTables("one"));
        ApiCall one = next();
        client.send(RawClient.post("ListTables", 33, "Expect: 100-continue"));
        answer(one);
        assertThat(client.read().text()).contains("one");
        assertThat(client.read().status()).isEqualTo(100);
        client.send("{\"ExclusiveStartTableName\":\"two\"}");
        answer(next());
        assertThat(client.read().text()).contains("two");
    }
}
