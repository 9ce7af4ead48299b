package dev.stator.server.http;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.model.error.ApiError;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request of a connection and its response. Created and completed by the event loop; only
 * {@link #answer} and {@link #fail} may be called by other threads.
 */
final class Exchange {
    private final HttpConnection connection;
    private final RequestId requestId = new RequestId();
    private final long receivedAtNanos;
    private final long deadlineNanos;
    private final boolean http10;
    private final boolean crossOrigin;
    private final @Nullable String acceptEncoding;
    private final byte[] contentType;
    private boolean keepAlive;
    private final AtomicBoolean answered = new AtomicBoolean();
    private @Nullable Response response;

    Exchange(HttpConnection connection, HttpRequest request, Times times) {
        this.connection = connection;
        receivedAtNanos = times.receivedAtNanos;
        deadlineNanos = times.deadlineNanos;
        HttpHeaders headers = request.headers();
        keepAlive = HttpUtil.isKeepAlive(request);
        http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        crossOrigin = headers.contains(HttpHeaderNames.ORIGIN);
        // Only the first of several is looked at, as the service does.
        acceptEncoding = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
        contentType = ContentTypes.ofResponse(headers.get(HttpHeaderNames.CONTENT_TYPE));
    }

    /** When a request was complete and when its answer is due, on the clock of System.nanoTime. */
    record Times(long receivedAtNanos, long deadlineNanos) {}

    LoopContext loop() {
        return connection.loop();
    }

    RequestId requestId() {
        return requestId;
    }

    long receivedAtNanos() {
        return receivedAtNanos;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    /** The connection is not used after this. */
    void closeAfter() {
        keepAlive = false;
    }

    boolean isHttp10() {
        return http10;
    }

    boolean crossOrigin() {
        return crossOrigin;
    }

    @Nullable String acceptEncoding() {
        return acceptEncoding;
    }

    /** Of the response: that of the request, if it was one of the two that are known. */
    byte[] contentType() {
        return contentType;
    }

    void answer(ApiResponse answer) {
        if (!claim()) {
            return;
        }
        if (connection.isInLoop()) {
            connection.respond(this, answer);
        } else {
            connection.toLoop(() -> connection.respond(this, answer));
        }
    }

    void fail(ApiError error) {
        if (!claim()) {
            return;
        }
        if (connection.isInLoop()) {
            connection.respond(this, error);
        } else {
            connection.toLoop(() -> connection.respond(this, error));
        }
    }

    /** In the event loop. */
    void respond(Response ready) {
        if (claim()) {
            connection.respond(this, ready);
        } else {
            ready.discard();
        }
    }

    /** The client has gone: frees the response, and lets no other come. */
    void discard(BufferBudget budget) {
        answered.set(true);
        if (response != null) {
            budget.giveBack(response.bodyBytes());
            response.discard();
            response = null;
        }
    }

    /** True for the one who may answer. */
    private boolean claim() {
        return answered.compareAndSet(false, true);
    }

    /** The response, once it is there. */
    @Nullable Response response() {
        return response;
    }

    void setResponse(Response response) {
        this.response = response;
    }
}
