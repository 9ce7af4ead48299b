package dev.stator.server.http;

import dev.stator.server.auth.SigV4Verifier;
import dev.stator.server.json.ApiJson;
import dev.stator.server.tls.TlsIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the API over HTTP/1.1, plain or within TLS: with the native epoll of Linux where it is
 * there, else with NIO.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 1024;
    private static final int CHUNK_BYTES_MAX = 64 * 1024;
    private static final long THREADS_END_SECONDS = 5;

    private final ServerContext context;
    private final MultiThreadIoEventLoopGroup group;
    private final IdentityHashMap<EventLoop, LoopContext> loops;
    private final Channel listener;

    private HttpServer(
            ServerContext context,
            MultiThreadIoEventLoopGroup group,
            IdentityHashMap<EventLoop, LoopContext> loops,
            Channel listener) {
        this.context = context;
        this.group = group;
        this.loops = loops;
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the address cannot be listened on
     */
    public static HttpServer start(
            HttpServerConfig config, SigV4Verifier verifier, ApiHandler handler)
            throws IOException {
        return start(config, Optional.empty(), verifier, handler);
    }

    /**
     * Starts to listen.
     *
     * @param tls what to prove itself with; empty for plain HTTP
     * @throws IOException if the address cannot be listened on
     */
    public static HttpServer start(
            HttpServerConfig config,
            Optional<TlsIdentity> tls,
            SigV4Verifier verifier,
            ApiHandler handler)
            throws IOException {
        ApiJson json = new ApiJson();
        HttpResponses responses = new HttpResponses(json, config.region());
        ServerContext context =
                new ServerContext(
                        config,
                        tls,
                        new ApiFrontDoor(
                                json, verifier, responses, handler, config.limits().bodyBytes()),
                        responses,
                        new BufferBudget(config.limits().bufferedBytes()),
                        new ConnectionCount(config.limits().connections()));
        IoHandlerFactory io =
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        config.eventLoops(), new DefaultThreadFactory("http"), io);
        IdentityHashMap<EventLoop, LoopContext> loops = new IdentityHashMap<>();
        for (EventExecutor executor : group) {
            EventLoop eventLoop = (EventLoop) executor;
            LoopContext loop = new LoopContext(loops.size(), eventLoop);
            loop.startTicking(config.timeouts().tickMillis());
            loops.put(eventLoop, loop);
        }
        try {
            return new HttpServer(context, group, loops, listen(context, group, loops));
        } catch (IOException failed) {
            var _ = group.shutdownGracefully(0, THREADS_END_SECONDS, TimeUnit.SECONDS);
            throw failed;
        }
    }

    private static Channel listen(
            ServerContext context,
            MultiThreadIoEventLoopGroup group,
            IdentityHashMap<EventLoop, LoopContext> loops)
            throws IOException {
        Class<? extends ServerChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        HttpServerConfig config = context.config();
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(group)
                        .channel(type)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        open(context, loops, channel);
                                    }
                                });
        var bound = bootstrap.bind(config.host(), config.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on "
                            + config.host()
                            + ":"
                            + config.port()
                            + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    private static void open(
            ServerContext context,
            IdentityHashMap<EventLoop, LoopContext> loops,
            SocketChannel channel) {
        ConnectionCount count = context.openConnections();
        LoopContext loop = loops.get(channel.eventLoop());
        if (loop == null || !count.tryOpen()) {
            LOG.debug("A connection was not taken: there are {}", count);
            var _ = channel.close();
            return;
        }
        var _ = channel.closeFuture().addListener(closed -> count.close());
        HttpServerConfig.Limits limits = context.config().limits();
        HttpDecoderConfig decoding =
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.requestLineBytes())
                        .setMaxHeaderSize(limits.headerBytes())
                        .setMaxChunkSize(CHUNK_BYTES_MAX);
        context.tls()
                .ifPresent(identity -> channel.pipeline().addLast(tls(context, identity, channel)));
        channel.pipeline()
                .addLast(new HttpRequestDecoder(decoding))
                .addLast(new HttpConnection(context, loop, channel));
    }

    /** A client that does not even come to an agreement is given as long as for a body. */
    private static SslHandler tls(
            ServerContext context, TlsIdentity identity, SocketChannel channel) {
        SslHandler handler = identity.context().newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(context.config().timeouts().body().toMillis());
        return handler;
    }

    /** The address that is listened on. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** How many connections are open. */
    public int openConnections() {
        return context.openConnections().open();
    }

    /** Bytes of bodies that are held in memory. */
    public long bufferedBytes() {
        return context.budget().usedBytes();
    }

    /**
     * Takes no more connections and requests, waits for the answers to those in work as long as the
     * configuration says, and closes what is left. Called by no event loop.
     */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        for (LoopContext loop : loops.values()) {
            loop.eventLoop().execute(() -> loop.forEach(HttpConnection::closeWhenDone));
        }
        try {
            long waitNanos = context.config().timeouts().close().toNanos();
            if (!context.openConnections().awaitNone(waitNanos)) {
                LOG.warn("Closing with {} still open", context.openConnections());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        group.shutdownGracefully(0, THREADS_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
