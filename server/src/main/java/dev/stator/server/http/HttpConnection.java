package dev.stator.server.http;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.model.error.ApiError;
import dev.stator.server.http.Response.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. It puts requests together from their parts, hands complete ones on, and writes
 * the responses in the order of the requests, whatever the order in which they become ready.
 *
 * <p>States: OPEN → LAST (the last request was taken, or something that is none; nothing more is
 * looked at, and what waits is still answered) → LINGERING (our side is shut down; the client gets
 * some time to read and to hang up, for closing at once might destroy what it has not read) → gone.
 *
 * <p>Owned by its event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private static final byte[] CONTINUE = ResponseHead.ascii("HTTP/1.1 100 Continue\r\n\r\n");

    private enum State {
        OPEN,
        LAST,
        LINGERING
    }

    private final ServerContext server;
    private final LoopContext loop;
    private final SocketChannel channel;
    private final RequestAssembly assembly;
    private final Queue<Exchange> pending = new ArrayDeque<>();

    /** Parts that were read but not looked at, as what came with them filled the room. */
    private final Queue<HttpObject> waiting = new ArrayDeque<>();

    private State state = State.OPEN;
    private boolean reading = true;

    /** A part is being looked at, and the next one must wait for that. */
    private boolean taking;

    /** The client waits to be told to send the body, and earlier requests are answered first. */
    private boolean continueWanted;

    private boolean inputEnded;
    private boolean flushScheduled;
    private boolean gone;
    private long idleSinceNanos = System.nanoTime();
    private long headSinceNanos;
    private long lingerSinceNanos;

    /** Since when the client has not been taking what is written; has a meaning only while so. */
    private long stuckSinceNanos;

    HttpConnection(ServerContext server, LoopContext loop, SocketChannel channel) {
        this.server = server;
        this.loop = loop;
        this.channel = channel;
        assembly =
                new RequestAssembly(
                        server.config().limits().bodyBytes(), server.budget(), channel.alloc());
    }

    LoopContext loop() {
        return loop;
    }

    boolean isInLoop() {
        return loop.eventLoop().inEventLoop();
    }

    /** Runs something in the event loop, later; not at all if the loop has ended. */
    void toLoop(Runnable task) {
        try {
            loop.eventLoop().execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("An answer came after the server was closed");
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        loop.add(this);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone = true;
        loop.remove(this);
        assembly.clear();
        dropParts();
        for (Exchange exchange : pending) {
            exchange.discard(server.budget());
        }
        pending.clear();
        ctx.fireChannelInactive();
    }

    // Requests.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (state == State.OPEN && message instanceof HttpObject part) {
            waiting.add(part);
            takeParts();
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /** Takes the parts that are there, one after the other, until they make it stop reading. */
    private void takeParts() {
        while (reading && !taking && !waiting.isEmpty()) {
            HttpObject part = waiting.remove();
            taking = true;
            try {
                if (state == State.OPEN) {
                    onPart(part);
                }
            } finally {
                taking = false;
                ReferenceCountUtil.release(part);
            }
        }
    }

    private void dropParts() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    private void onPart(HttpObject part) {
        if (part instanceof HttpRequest request) {
            headSinceNanos = System.nanoTime();
            assembly.begin(request)
                    .ifPresentOrElse(this::refuse, () -> continueIfExpected(request));
        }
        if (part instanceof HttpContent content && state == State.OPEN) {
            if (part.decoderResult().isFailure()) {
                refuse(HttpResponseStatus.BAD_REQUEST);
                return;
            }
            assembly.append(content.content()).ifPresent(this::refuse);
            if (content instanceof LastHttpContent && state == State.OPEN) {
                onComplete();
            }
        }
    }

    private void onComplete() {
        HttpRequest request = assembly.head();
        if (request == null) {
            return;
        }
        continueWanted = false;
        Exchange exchange = newExchange(request);
        pending.add(exchange);
        if (!exchange.keepAlive()) {
            state = State.LAST;
        }
        try {
            server.frontDoor().handle(exchange, request, assembly.body());
        } finally {
            assembly.clear();
        }
        updateReading();
    }

    private Exchange newExchange(HttpRequest request) {
        long now = System.nanoTime();
        long answerNanos = server.config().timeouts().answer().toNanos();
        return new Exchange(this, request, new Exchange.Times(now, now + answerNanos));
    }

    /** Answers with a bare status, and takes no more: where the next request begins is unknown. */
    private void refuse(HttpResponseStatus status) {
        HttpRequest request = assembly.head();
        state = State.LAST;
        if (request == null) {
            finishIfDone();
            return;
        }
        Exchange exchange = newExchange(request);
        exchange.closeAfter();
        pending.add(exchange);
        assembly.clear();
        exchange.respond(HttpResponses.bare(status, exchange));
    }

    private void continueIfExpected(HttpRequest request) {
        if (HttpUtil.is100ContinueExpected(request)) {
            continueWanted = true;
            sendContinueIfWanted();
        }
    }

    private void sendContinueIfWanted() {
        if (continueWanted && pending.isEmpty()) {
            continueWanted = false;
            var _ = channel.write(Unpooled.wrappedBuffer(CONTINUE));
            scheduleFlush();
        }
    }

    /** Does not read while there is enough to do, or while the client does not read either. */
    private void updateReading() {
        boolean room =
                pending.size() < server.config().limits().pipelined() && channel.isWritable();
        boolean read = state != State.OPEN || room;
        if (!gone && reading != read) {
            reading = read;
            takeParts();
            // Parts that had to wait may have filled the room again.
            channel.config().setAutoRead(reading);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        stuckSinceNanos = System.nanoTime();
        updateReading();
        ctx.fireChannelWritabilityChanged();
    }

    // Responses.

    /** In the event loop, by whoever has claimed the exchange. */
    void respond(Exchange exchange, ApiResponse answer) {
        Response response;
        try {
            response = server.responses().success(exchange, answer, channel.alloc());
        } catch (RuntimeException bug) {
            LOG.error("The answer to request {} cannot be written", exchange.requestId(), bug);
            respond(exchange, HttpResponses.INTERNAL_ERROR);
            return;
        }
        respond(exchange, response);
    }

    /** In the event loop, by whoever has claimed the exchange. */
    void respond(Exchange exchange, ApiError error) {
        respond(exchange, server.responses().error(exchange, error, channel.alloc()));
    }

    /** In the event loop, by whoever has claimed the exchange. */
    void respond(Exchange exchange, Response response) {
        if (gone) {
            response.discard();
            return;
        }
        server.budget().take(response.bodyBytes());
        exchange.setResponse(response);
        writeReady();
    }

    private void writeReady() {
        Exchange first = pending.peek();
        Response response = first == null ? null : first.response();
        while (first != null && response != null) {
            pending.remove();
            write(first, response);
            first = pending.peek();
            response = first == null ? null : first.response();
        }
        if (pending.isEmpty()) {
            idleSinceNanos = System.nanoTime();
            sendContinueIfWanted();
            finishIfDone();
        }
        updateReading();
    }

    private void write(Exchange exchange, Response response) {
        boolean last = !exchange.keepAlive() || (state == State.LAST && pending.isEmpty());
        Connection connection = exchange.isHttp10() ? Connection.KEEP_ALIVE : Connection.OPEN;
        ByteBuf bytes =
                response.encode(loop.head(), loop.date(), last ? Connection.CLOSE : connection);
        int bodyBytes = response.bodyBytes();
        BufferBudget budget = server.budget();
        var _ =
                channel.write(bytes)
                        .addListener(written -> {
                            budget.giveBack(bodyBytes);
                            if (!written.isSuccess()) {
                                close();
                            }
                        });
        scheduleFlush();
    }

    private void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            loop.wrote(this);
        }
    }

    /** Sends what was written; see {@link LoopContext#wrote}. */
    void flush() {
        flushScheduled = false;
        channel.flush();
    }

    // The end.

    /** Lets the requests in work be answered, and takes no more. */
    void closeWhenDone() {
        if (state == State.OPEN) {
            state = State.LAST;
            assembly.clear();
            finishIfDone();
            updateReading();
        }
    }

    private void finishIfDone() {
        if (state == State.LAST && pending.isEmpty()) {
            state = State.LINGERING;
            lingerSinceNanos = System.nanoTime();
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> shutDownOutput());
        }
    }

    private void shutDownOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (inputEnded) {
            close();
        } else if (tls == null) {
            var _ = channel.shutdownOutput();
        } else {
            // Says that nothing was cut off, before the connection itself is shut down.
            tls.closeOutbound().addListener(said -> channel.shutdownOutput());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (state == State.LINGERING) {
                close();
            }
            closeWhenDone();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean notTls =
                cause instanceof DecoderException && cause.getCause() instanceof SSLException;
        if (cause instanceof IOException || notTls) {
            LOG.debug("Connection lost", cause);
        } else {
            LOG.error("Connection closed by an error", cause);
        }
        close();
    }

    private void close() {
        var _ = channel.close();
    }

    /** Ends what has taken too long. */
    void checkTimeouts(long nowNanos) {
        HttpServerConfig.Timeouts timeouts = server.config().timeouts();
        if (state == State.LINGERING) {
            if (isOver(lingerSinceNanos, timeouts.linger(), nowNanos)) {
                close();
            }
            return;
        }
        if (!channel.isWritable() && isOver(stuckSinceNanos, timeouts.write(), nowNanos)) {
            close();
            return;
        }
        failOverdue(nowNanos);
        if (assembly.head() != null) {
            if (isOver(headSinceNanos, timeouts.body(), nowNanos)) {
                refuse(HttpResponseStatus.REQUEST_TIMEOUT);
            }
        } else if (pending.isEmpty() && isOver(idleSinceNanos, timeouts.idle(), nowNanos)) {
            closeWhenDone();
        }
    }

    /** Those that wait longest come first. */
    private void failOverdue(long nowNanos) {
        Exchange first = pending.peek();
        while (first != null && nowNanos - first.deadlineNanos() >= 0) {
            first.fail(HttpResponses.INTERNAL_ERROR);
            Exchange next = pending.peek();
            // An answer may be on its way from another thread.
            first = next == first ? null : next;
        }
    }

    private static boolean isOver(long sinceNanos, Duration timeout, long nowNanos) {
        return nowNanos - sinceNanos >= timeout.toNanos();
    }
}
