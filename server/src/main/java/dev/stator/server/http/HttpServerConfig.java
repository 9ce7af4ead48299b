package dev.stator.server.http;

import java.time.Duration;

/**
 * How the server listens, and what it bounds.
 *
 * @param host address or name to listen on
 * @param port 0 lets the system choose one
 * @param eventLoops threads
 * @param region named in the answer to health checks
 */
public record HttpServerConfig(
        String host, int port, int eventLoops, String region, Limits limits, Timeouts timeouts) {
    public HttpServerConfig {
        require(port >= 0 && port <= 65_535, "port", port);
        require(eventLoops > 0, "eventLoops", eventLoops);
    }

    /** Loopback only, one loop for each processor. */
    public static HttpServerConfig local(int port) {
        return new HttpServerConfig(
                "127.0.0.1",
                port,
                Runtime.getRuntime().availableProcessors(),
                "us-east-1",
                Limits.DEFAULT,
                Timeouts.DEFAULT);
    }

    /** With the default bounds. */
    public static HttpServerConfig on(String host, int port, int eventLoops) {
        return new HttpServerConfig(
                host, port, eventLoops, "us-east-1", Limits.DEFAULT, Timeouts.DEFAULT);
    }

    /** The same for another region. */
    public HttpServerConfig forRegion(String other) {
        return new HttpServerConfig(host, port, eventLoops, other, limits, timeouts);
    }

    /**
     * Bounds on what clients can make the server hold.
     *
     * @param connections open at a time; one more is closed at once
     * @param bodyBytes of a request, also after decompression; more is answered with 413
     * @param headerBytes of all headers; more is answered with 400
     * @param requestLineBytes more is answered with 400
     * @param pipelined requests of one connection that wait for their answers; it is not read from
     *     while there are as many
     * @param bufferedBytes bodies of requests and responses of all connections together; a request
     *     that does not fit is answered with 503
     */
    public record Limits(
            int connections,
            int bodyBytes,
            int headerBytes,
            int requestLineBytes,
            int pipelined,
            long bufferedBytes) {
        public static final Limits DEFAULT =
                new Limits(10_000, 16 << 20, 16 << 10, 16 << 10, 16, 256L << 20);

        public Limits {
            require(connections > 0, "connections", connections);
            require(bodyBytes > 0, "bodyBytes", bodyBytes);
            require(headerBytes > 0, "headerBytes", headerBytes);
            require(requestLineBytes > 0, "requestLineBytes", requestLineBytes);
            require(pipelined > 0, "pipelined", pipelined);
            require(bufferedBytes > 0, "bufferedBytes", bufferedBytes);
        }
    }

    /**
     * How long the server waits.
     *
     * @param idle for the first or next request, its headers included
     * @param body for the rest of a request whose headers are there; then it is answered with 408
     * @param answer for the answer to a request; then it is answered with 500
     * @param write for a client that does not take its answers
     * @param linger for a client to take the answer and to hang up, where the connection is closed
     * @param close for the requests in work, when the server is closed
     */
    public record Timeouts(
            Duration idle,
            Duration body,
            Duration answer,
            Duration write,
            Duration linger,
            Duration close) {
        public static final Timeouts DEFAULT =
                new Timeouts(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5));

        public Timeouts {
            for (Duration timeout : new Duration[] {idle, body, answer, write, linger, close}) {
                require(timeout.isPositive(), "timeout", timeout);
            }
        }

        /** How often timeouts are looked at, so that none is more than an eighth late. */
        long tickMillis() {
            long shortest = Long.MAX_VALUE;
            for (Duration timeout : new Duration[] {idle, body, answer, write, linger}) {
                shortest = Math.min(shortest, timeout.toMillis());
            }
            return Math.clamp(shortest / 8, 5, 1_000);
        }
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is out of range: " + value);
        }
    }
}
