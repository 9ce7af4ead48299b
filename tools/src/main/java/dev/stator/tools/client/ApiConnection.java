package dev.stator.tools.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection with at most one request under way. Everything happens on its event loop's thread.
 *
 * <p>States: not connected, idle, waiting for an answer, closed. The owner hears once of each
 * request, by {@link Owner#answered} or {@link Owner#failed}, and once of the end.
 */
public final class ApiConnection extends ChannelInboundHandlerAdapter {
    private final Owner owner;
    private final Answer answer = new Answer();
    private @Nullable ChannelHandlerContext context;
    private boolean waiting;

    /** Who uses a connection. */
    public interface Owner {
        /** It may send a request: it has just been connected, or has read an answer. */
        void idle(ApiConnection connection);

        /** The answer has come; it must be read before this returns, and nothing sent. */
        void answered(ApiConnection connection, Answer answer);

        /** The request under way will have no answer; {@link #closed} follows. */
        void failed(ApiConnection connection, String errorType);

        /** It is of no more use. */
        void closed(ApiConnection connection);
    }

    ApiConnection(Owner owner) {
        this.owner = owner;
    }

    /** Sends a request; none may be under way. */
    public void send(RequestSigner signer, String operation, byte[] body, int bodyLength) {
        if (waiting) {
            throw new IllegalStateException("a request is under way");
        }
        ChannelHandlerContext channel = Objects.requireNonNull(context, "not connected");
        waiting = true;
        ByteBuf request = channel.alloc().directBuffer(RequestSigner.sizeBytesMax(bodyLength));
        signer.write(operation, body, bodyLength, request);
        channel.writeAndFlush(request, channel.voidPromise());
    }

    /** Ends it; the request under way fails for that reason. */
    public void abandon(String errorType) {
        fail(errorType);
        close();
    }

    /** Ends it. */
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        owner.idle(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf read = (ByteBuf) message;
        try {
            int length = read.readableBytes();
            read.readBytes(answer.reserve(length), answer.room(), length);
            if (!waiting) {
                throw new MalformedAnswerException("an answer to nothing");
            }
            if (answer.advance(length)) {
                complete();
            }
        } catch (MalformedAnswerException e) {
            abandon("MalformedAnswer");
        } finally {
            read.release();
        }
    }

    private void complete() {
        waiting = false;
        boolean last = answer.isLastOfConnection();
        owner.answered(this, answer);
        answer.clear();
        if (last) {
            close();
        } else {
            owner.idle(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("ConnectionClosed");
        owner.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail("ConnectionFailed");
        ctx.close();
    }

    private void fail(String errorType) {
        if (waiting) {
            waiting = false;
            owner.failed(this, errorType);
        }
    }
}
