package dev.stator.server.rpc;

import dev.stator.server.rpc.Frames.Frame;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one other node: a connection that is opened when there is something to send, and again
 * after it was lost.
 *
 * <pre>
 *  idle ──a message──► connecting ──connected──► greeting ──accepted──► open
 *   ▲                      │ failed                 │ refused, closed     │ closed
 *   └───after a pause──────┴────────────────────────┴─────────────────────┘
 * </pre>
 *
 * <p>What cannot be sent now is dropped and counted: the protocol tolerates loss, and a long queue
 * would only make it late. While the connection is open messages wait in the {@link Outbox}.
 */
final class RpcPeer {
    private static final Logger LOG = LoggerFactory.getLogger(RpcPeer.class);

    private static final int CONNECT_MILLIS_MAX = 2_000;

    /** The pause after a failed attempt doubles up to the longest. */
    private static final long PAUSE_MILLIS_MIN = 50;

    private static final long PAUSE_MILLIS_MAX = 1_000;

    /** Bytes that the socket is given at once; what waits behind them can still be overtaken. */
    private static final WriteBufferWaterMark SOCKET_BYTES =
            new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final InetSocketAddress address;
    private final byte[] greeting;
    private final EventLoop loop;
    private final Liveness liveness;
    private final Losses losses;

    private final Outbox outbox = new Outbox();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile @Nullable Channel open;
    private volatile boolean closed;

    // Owned by the event loop.
    private long pauseMillis = PAUSE_MILLIS_MIN;
    private String lastRefusal = "";

    RpcPeer(
            InetSocketAddress address,
            byte[] greeting,
            EventLoopGroup group,
            Liveness liveness,
            Losses losses) {
        this.address = address;
        this.greeting = greeting;
        this.loop = group.next();
        this.liveness = liveness;
        this.losses = losses;
    }

    /** What becomes of the connection; called by the event loop. */
    interface Losses {
        void disconnected();

        /** The other node knows runs of this one that it has forgotten. */
        void forgetful(String reason);
    }

    /**
     * From any thread.
     *
     * @return false where the message is certainly not going to arrive
     */
    boolean send(byte[] content, SendOrder order) {
        if (open == null) {
            dropped.incrementAndGet();
            connect();
            return false;
        }
        if (!outbox.add(content, order)) {
            dropped.incrementAndGet();
            return false;
        }
        wakeUp();
        return true;
    }

    /** Messages that were certainly not sent. */
    long dropped() {
        return dropped.get();
    }

    long queuedBytes() {
        return outbox.queuedBytes();
    }

    private void wakeUp() {
        if (!draining.get() && draining.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    /** Writes as much as the socket takes; it calls again when it takes more. */
    private void drain() {
        draining.set(false);
        Channel channel = open;
        if (channel == null) {
            if (forgetQueued()) {
                losses.disconnected(); // They were taken after the loss had been told.
            }
            return;
        }
        boolean written = false;
        while (channel.isWritable()) {
            ByteBuf batch = outbox.nextBatch(channel.alloc());
            if (batch == null) {
                break;
            }
            channel.write(batch, channel.voidPromise());
            written = true;
        }
        if (written) {
            channel.flush();
        }
    }

    /**
     * @return whether there was anything
     */
    private boolean forgetQueued() {
        int forgotten = outbox.clear();
        dropped.addAndGet(forgotten);
        return forgotten > 0;
    }

    private void connect() {
        if (closed || connecting.get() || !connecting.compareAndSet(false, true)) {
            return;
        }
        ChannelFuture attempt =
                new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SOCKET_BYTES)
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel connection) {
                                        connection
                                                .pipeline()
                                                .addLast(
                                                        liveness.detector(),
                                                        liveness.keeper(),
                                                        new Frames.Decoder(),
                                                        new Outbound());
                                    }
                                })
                        .connect(address);
        attempt.addListener(done -> {
            if (!attempt.isSuccess()) {
                pauseBeforeNextAttempt();
            } else if (closed) {
                attempt.channel().close();
            }
        });
    }

    private void pauseBeforeNextAttempt() {
        long pause = pauseMillis;
        pauseMillis = Math.min(2 * pause, PAUSE_MILLIS_MAX);
        if (!loop.isShuttingDown()) {
            loop.schedule(() -> connecting.set(false), pause, TimeUnit.MILLISECONDS);
        }
    }

    void close() {
        closed = true;
        Channel channel = open;
        if (channel != null) {
            channel.close();
        }
    }

    /** The connecting end: greets, waits to be accepted, and then only writes. */
    private final class Outbound extends SimpleChannelInboundHandler<Frame> {
        private boolean accepted;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(Frames.whole(ctx, greeting));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
            if (frame.kind() == Frames.FORGETFUL) {
                losses.forgetful(new String(frame.content(), StandardCharsets.UTF_8));
                ctx.close();
            } else if (frame.kind() == Frames.REFUSED) {
                sayRefused(new String(frame.content(), StandardCharsets.UTF_8));
                ctx.close();
            } else if (frame.kind() == Frames.ACCEPTED && !accepted) {
                accepted = true;
                lastRefusal = "";
                pauseMillis = PAUSE_MILLIS_MIN;
                open = ctx.channel();
                if (closed) {
                    ctx.close();
                }
            }
        }

        /** Once, however often it is tried again. */
        private void sayRefused(String reason) {
            if (!reason.equals(lastRefusal)) {
                lastRefusal = reason;
                LOG.warn("{} takes no messages from here: {}", address, reason);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (accepted && ctx.channel().isWritable()) {
                drain();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            open = null;
            forgetQueued();
            pauseBeforeNextAttempt();
            if (accepted) {
                losses.disconnected();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("connection to {} is closed: {}", address, cause.toString());
            ctx.close();
        }
    }
}
