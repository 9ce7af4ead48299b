package dev.stator.server.http;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.model.error.ApiError;
import dev.stator.server.auth.CallerIdentity;
import io.netty.channel.EventLoop;

/**
 * A request that wants an answer. The first answer counts, whether it is a response or an error,
 * and any thread may give it; later ones are dropped, as is an answer that comes after the deadline
 * or after the client has gone.
 */
public final class ApiCall {
    private final ApiRequest request;
    private final CallerIdentity caller;
    private final Exchange exchange;

    ApiCall(ApiRequest request, CallerIdentity caller, Exchange exchange) {
        this.request = request;
        this.caller = caller;
        this.exchange = exchange;
    }

    public ApiRequest request() {
        return request;
    }

    public CallerIdentity caller() {
        return caller;
    }

    /** As the client is told it: 52 letters and digits. */
    public String requestId() {
        return exchange.requestId().toString();
    }

    /** When the request was complete, as {@link System#nanoTime} has it. */
    public long receivedAtNanos() {
        return exchange.receivedAtNanos();
    }

    /** When an answer comes too late, as {@link System#nanoTime} has it. */
    public long deadlineNanos() {
        return exchange.deadlineNanos();
    }

    /** Which of the server's event loops the connection belongs to, from 0. */
    public int eventLoopIndex() {
        return exchange.loop().index();
    }

    /** The event loop of the connection. */
    public EventLoop eventLoop() {
        return exchange.loop().eventLoop();
    }

    public void answer(ApiResponse response) {
        exchange.answer(response);
    }

    public void fail(ApiError error) {
        exchange.fail(error);
    }
}
