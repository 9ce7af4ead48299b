package dev.stator.server.http;

import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.operations.api.ListTablesResponse;
import dev.stator.server.auth.SigV4Verifier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Servers for tests, with small bounds and short timeouts where a test is about them. */
final class Servers {
    /** So long that no test waits for it. */
    static final Duration LONG = Duration.ofMinutes(5);

    static final Duration SHORT = Duration.ofMillis(150);

    static final HttpServerConfig.Limits LIMITS =
            new HttpServerConfig.Limits(100, 100_000, 4_096, 2_048, 4, 1_000_000);

    static final HttpServerConfig.Timeouts TIMEOUTS =
            new HttpServerConfig.Timeouts(LONG, LONG, LONG, LONG, Duration.ofSeconds(1), LONG);

    /** Answers ListTables with the name it was asked to start at. */
    static final ApiHandler ECHO =
            call -> {
                String name =
                        ((ListTablesRequest) call.request()).exclusiveStartTableName().orElse("");
                call.answer(new ListTablesResponse(List.of(name), Optional.empty()));
            };

    private Servers() {}

    static HttpServer start(ApiHandler handler) throws IOException {
        return start(LIMITS, TIMEOUTS, handler);
    }

    static HttpServer start(
            HttpServerConfig.Limits limits, HttpServerConfig.Timeouts timeouts, ApiHandler handler)
            throws IOException {
        HttpServerConfig config =
                new HttpServerConfig("127.0.0.1", 0, 2, "us-west-2", limits, timeouts);
        return HttpServer.start(config, SigV4Verifier.permissive(), handler);
    }
}
