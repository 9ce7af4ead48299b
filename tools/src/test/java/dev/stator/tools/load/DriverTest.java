package dev.stator.tools.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.tools.client.ClientLoop;
import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slices against a server on one socket whose answers the test decides. */
class DriverTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final String ERROR_BODY = "{\"__type\":\"x#ThrottlingException\"}";
    private static final String ERROR =
            "HTTP/1.1 400 Bad Request\r\nContent-Length: "
                    + ERROR_BODY.length()
                    + "\r\n\r\n"
                    + ERROR_BODY;
    private static final long NO_END = Long.MAX_VALUE;

    private final ClientLoop loop = new ClientLoop();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private ServerSocket listener = unbound();

    private static ServerSocket unbound() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What a request is answered with; an empty text closes the connection. */
    private interface Script {
        String answer(int request) throws InterruptedException;
    }

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        released.countDown();
        listener.close();
        loop.close();
    }

    private Driver driver(Script script, int timeoutMillis) throws Exception {
        Thread.ofVirtual().start(() -> accept(script));
        Endpoint endpoint =
                new Endpoint("test", URI.create("http://127.0.0.1:" + listener.getLocalPort()));
        Driver driver =
                new Driver(
                        loop,
                        endpoint,
                        new Credentials("any", "any", "us-east-1", "dynamodb"),
                        new Driver.Settings(1, timeoutMillis));
        driver.connect().get(10, TimeUnit.SECONDS);
        return driver;
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket, script));
            }
        } catch (IOException closed) {
            assertThat(listener.isClosed()).isTrue();
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            InputStream in = socket.getInputStream();
            while (true) {
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    int c = in.read();
                    if (c < 0) {
                        return;
                    }
                    head.append((char) c);
                }
                String length = head.substring(head.indexOf("Content-Length: ") + 16).strip();
                in.readNBytes(Integer.parseInt(length));
                String answer = script.answer(requests.getAndIncrement());
                if (answer.isEmpty()) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
            }
        } catch (IOException | InterruptedException closed) {
            // The client went first.
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private static RequestSource puts(long items) {
        return RequestSource.load(
                Operation.PUT,
                new Tables("t"),
                new RequestSource.Share(items, 0, 1),
                new SplittableRandom(1));
    }

    private static Tally run(Driver driver, RequestSource source, Pace pace, long durationNanos)
            throws Exception {
        return driver.run(new Driver.Slice(source, pace, durationNanos, new AtomicLong()))
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void aClosedLoopRunsToTheEndOfItsSource() throws Exception {
        Driver driver = driver(request -> OK, 10_000);
        Tally tally = run(driver, puts(100), new Pace.ClosedLoop(), NO_END);
        assertThat(tally.successes()).isEqualTo(100);
        assertThat(tally.errors()).isEmpty();
        assertThat(tally.latencyMicros().getTotalCount()).isEqualTo(100);
        assertThat(requests).hasValue(100);
    }

    @Test
    void errorsAreCountedByType() throws Exception {
        Driver driver = driver(request -> request % 4 == 0 ? ERROR : OK, 10_000);
        Tally tally = run(driver, puts(100), new Pace.ClosedLoop(), NO_END);
        assertThat(tally.successes()).isEqualTo(75);
        assertThat(tally.errors()).containsOnlyKeys("ThrottlingException");
        assertThat(tally.errorCount()).isEqualTo(25);
        assertThat(tally.latencyMicros().getTotalCount()).isEqualTo(75);
    }

    @Test
    void anItemThatIsNotFoundIsAnError() throws Exception {
        Driver driver = driver(request -> OK, 10_000);
        RequestSource gets =
                RequestSource.of(
                        Workload.GET,
                        new Tables("t"),
                        new RequestSource.KeySpace(10, KeyChooser.Distribution.UNIFORM),
                        new SplittableRandom(1));
        Tally tally = run(driver, gets, new Pace.ClosedLoop(), TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(tally.successes()).isZero();
        assertThat(tally.errors()).containsOnlyKeys("ItemMissing");
    }

    @Test
    void aLostConnectionIsOpenedAgain() throws Exception {
        Driver driver = driver(request -> request == 3 ? "" : OK, 10_000);
        Tally tally = run(driver, puts(10), new Pace.ClosedLoop(), NO_END);
        assertThat(tally.successes()).isEqualTo(9);
        assertThat(tally.errors()).containsOnlyKeys("ConnectionClosed");
    }

    @Test
    void aRequestWithoutAnswerIsGivenUp() throws Exception {
        Driver driver =
                driver(
                        request -> {
                            if (request == 0) {
                                released.await();
                            }
                            return OK;
                        },
                        50);
        Tally tally = run(driver, puts(2), new Pace.ClosedLoop(), NO_END);
        assertThat(tally.errors()).containsEntry("TimeOut", 1L);
        assertThat(tally.successes()).isEqualTo(1);
        assertThat(tally.latencyMicros().getMaxValue()).isGreaterThanOrEqualTo(50_000);
    }

    /**
     * A stall of the first answer delays all that were due meanwhile, each from when it was due:
     * with a request every millisecond, half of those of a stall of 200 ms wait for 100 ms and
     * more.
     */
    @Test
    void anOpenLoopCountsFromWhenARequestWasDue() throws Exception {
        Driver driver =
                driver(
                        request -> {
                            if (request == 0) {
                                stallUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200));
                            }
                            return OK;
                        },
                        10_000);
        Tally tally = run(driver, puts(300), new Pace.OpenLoop(1000), NO_END);
        assertThat(tally.successes()).isEqualTo(300);
        assertThat(tally.latencyMicros().getMaxValue()).isGreaterThanOrEqualTo(200_000);
        assertThat(tally.latencyMicros().getCountBetweenValues(100_000, Long.MAX_VALUE / 2))
                .isGreaterThanOrEqualTo(90);
        assertThat(tally.elapsedNanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(299));
    }

    private static void stallUntil(long nanos) {
        while (System.nanoTime() < nanos) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatWasDueAndNeverSentIsCounted() throws Exception {
        Driver driver =
                driver(
                        request -> {
                            stallUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300));
                            return OK;
                        },
                        10_000);
        long duration = TimeUnit.MILLISECONDS.toNanos(100);
        Tally tally = run(driver, puts(10_000), new Pace.OpenLoop(1000), duration);
        assertThat(tally.successes()).isEqualTo(1);
        assertThat(tally.errors()).containsEntry("NotSentInTime", 99L);
        assertThat(tally.latencyMicros().getTotalCount()).isEqualTo(100);
    }
}
