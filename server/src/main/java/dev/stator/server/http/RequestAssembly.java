package dev.stator.server.http;

import dev.stator.server.http.BodyDecompression.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request that is being put together from its parts. Owned by the event loop of its connection.
 */
final class RequestAssembly {
    private static final int BODY_BYTES_INITIAL_MAX = 64 * 1024;

    private final int bodyBytesMax;
    private final BufferBudget budget;
    private final ByteBufAllocator allocator;
    private @Nullable HttpRequest head;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private long budgetedBytes;

    RequestAssembly(int bodyBytesMax, BufferBudget budget, ByteBufAllocator allocator) {
        this.bodyBytesMax = bodyBytesMax;
        this.budget = budget;
        this.allocator = allocator;
    }

    /** The request whose body is being read; null between requests. */
    @Nullable HttpRequest head() {
        return head;
    }

    /** Begins a request. Returns a status if it must be refused. */
    Optional<HttpResponseStatus> begin(HttpRequest request) {
        head = request;
        if (request.decoderResult().isFailure()) {
            return Optional.of(HttpResponseStatus.BAD_REQUEST);
        }
        if (HttpUtil.getContentLength(request, 0L) > bodyBytesMax) {
            return Optional.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        }
        boolean expects = request.headers().contains(HttpHeaderNames.EXPECT);
        return expects && !HttpUtil.is100ContinueExpected(request)
                ? Optional.of(HttpResponseStatus.EXPECTATION_FAILED)
                : Optional.empty();
    }

    /** Adds part of the body. Returns a status if the request must be refused. */
    Optional<HttpResponseStatus> append(ByteBuf part) {
        HttpRequest request = head;
        int bytes = part.readableBytes();
        if (request == null || bytes == 0) {
            return Optional.empty();
        }
        if (body.readableBytes() + bytes > bodyBytesMax) {
            return Optional.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        }
        if (!budget.tryTake(bytes)) {
            return Optional.of(HttpResponseStatus.SERVICE_UNAVAILABLE);
        }
        budgetedBytes += bytes;
        if (body.capacity() == 0) {
            long announced =
                    Math.min(HttpUtil.getContentLength(request, 0L), BODY_BYTES_INITIAL_MAX);
            body = allocator.heapBuffer(Math.max(bytes, (int) announced));
        }
        body.writeBytes(part);
        return Optional.empty();
    }

    /** The body as it is, valid until {@link #clear}. */
    Body body() {
        return new Body(
                body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
    }

    /** Forgets the request and frees its body. */
    void clear() {
        head = null;
        body.release();
        body = Unpooled.EMPTY_BUFFER;
        budget.giveBack(budgetedBytes);
        budgetedBytes = 0;
    }
}
