package dev.stator.server.rpc;

import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.MessageCodec;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.replication.NodeId;
import dev.stator.server.rpc.Frames.BadFrameException;
import dev.stator.server.rpc.Frames.Frame;
import dev.stator.storage.identity.RunHistory;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the other nodes, and takes from them what is meant for this one. A connection says
 * first for whom it is; one that is for another node (this address was given to a new one, or its
 * directory was replaced) is refused.
 */
public final class RpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

    /** Refusals that are logged once each, however often a node tries again; beyond it none is. */
    private static final int REFUSALS_SAID_MAX = 1_000;

    private final Set<String> refusalsSaid = ConcurrentHashMap.newKeySet();
    private final Channel listener;
    private volatile @Nullable Membership membership;
    private volatile Consumer<byte[]> onHello = hello -> {};

    /** Which cluster this node belongs to, and who takes the messages that are for it. */
    private record Membership(
            UUID cluster, NodeId self, Admission admission, Consumer<Envelope> receiver) {}

    /** Decides whether another node may take part; called by a thread that may wait for a disk. */
    public interface Admission {
        /**
         * @return false where the node has forgotten runs of itself that were heard of before
         */
        boolean admit(NodeId node, RunHistory runs);
    }

    /** The latest connection over which each node sends: one of another run takes its place. */
    private final Map<NodeId, Connection> connections = new ConcurrentHashMap<>();

    private record Connection(Channel channel, RunHistory runs) {}

    /** Listens; nothing is taken before the handlers are given. */
    public RpcServer(InetSocketAddress address, EventLoopGroup group) throws IOException {
        this(address, group, Liveness.DEFAULT);
    }

    RpcServer(InetSocketAddress address, EventLoopGroup group, Liveness liveness)
            throws IOException {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        liveness.detector(),
                                                        liveness.keeper(),
                                                        new Frames.Decoder(),
                                                        new Inbound());
                                    }
                                });
        try {
            this.listener = bootstrap.bind(address).sync().channel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding", e);
        } catch (
                Exception e) { // Netty throws the cause of a failed bind unchecked, whatever it is.
            if (e instanceof IOException io) {
                throw io;
            }
            throw new IOException("cannot listen on " + address, e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Takes the hellos of nodes that form a cluster; called by an event loop. */
    public void onHello(Consumer<byte[]> receiver) {
        onHello = receiver;
    }

    /** Takes the messages that are meant for this node of this cluster; called by an event loop. */
    public void onMessage(
            UUID cluster, NodeId self, Admission admission, Consumer<Envelope> receiver) {
        membership = new Membership(cluster, self, admission, receiver);
    }

    private final class Inbound extends SimpleChannelInboundHandler<Frame> {
        private final Assembly assembly = new Assembly();
        private @Nullable Greeting greeting;
        private @Nullable Membership accepted;

        /** What came together with the greeting; nothing more is read until that is decided. */
        private final Queue<Frame> early = new ArrayDeque<>();

        private boolean closing;

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
            if (closing) {
                return; // What was read together with the reason to close.
            }
            Greeting known = greeting;
            Membership own = accepted;
            if (known == null) {
                greet(ctx, frame);
            } else if (known instanceof Greeting.Formation) {
                onHello.accept(frame.content());
                close(ctx);
            } else if (known instanceof Greeting.Messages messages) {
                if (own == null) {
                    early.add(frame);
                } else {
                    take(frame, messages, own);
                }
            }
        }

        private void take(Frame frame, Greeting.Messages messages, Membership own) {
            byte[] content = frame.kind() == Frames.ALIVE ? null : assembly.add(frame);
            if (content != null) {
                deliver(messages, own, MessageCodec.decode(content));
            }
        }

        private void close(ChannelHandlerContext ctx) {
            closing = true;
            ctx.close();
        }

        private void deliver(Greeting.Messages between, Membership own, Envelope envelope) {
            if (!envelope.from().node().equals(between.from())
                    || !envelope.to().node().equals(own.self())) {
                throw new BadFrameException(
                        "a message from %s to %s on a connection from %s to %s"
                                .formatted(
                                        envelope.from().node(),
                                        envelope.to().node(),
                                        between.from(),
                                        own.self()));
            }
            own.receiver().accept(envelope);
        }

        private void greet(ChannelHandlerContext ctx, Frame frame) {
            if (frame.kind() != Frames.WHOLE) {
                throw new BadFrameException("a connection that does not begin with a greeting");
            }
            Greeting received = Greeting.decode(frame.content());
            greeting = received;
            if (received instanceof Greeting.Messages messages) {
                Membership own = membership;
                if (own == null) {
                    close(ctx); // This node is still starting; the sender tries again.
                } else if (!own.cluster().equals(messages.cluster())
                        || !own.self().equals(messages.to())) {
                    refuse(ctx, messages, own);
                } else {
                    askAdmission(ctx, messages, own);
                }
            }
        }

        /** Not on the event loop: what is heard of a node is made durable first. */
        private void askAdmission(
                ChannelHandlerContext ctx, Greeting.Messages messages, Membership own) {
            ctx.channel().config().setAutoRead(false);
            Thread.ofVirtual()
                    .start(() -> {
                        boolean admitted = own.admission().admit(messages.from(), messages.runs());
                        ctx.executor()
                                .execute(() -> {
                                    if (admitted) {
                                        accept(ctx, messages, own);
                                    } else {
                                        refuse(
                                                ctx,
                                                Frames.FORGETFUL,
                                                messages.from(),
                                                "other nodes know runs of node "
                                                        + messages.from()
                                                        + " that are not in its directory");
                                    }
                                });
                    });
        }

        private void accept(ChannelHandlerContext ctx, Greeting.Messages messages, Membership own) {
            accepted = own;
            Connection before =
                    connections.put(
                            messages.from(), new Connection(ctx.channel(), messages.runs()));
            if (before != null && !before.runs().equals(messages.runs())) {
                before.channel().close(); // An earlier run must be heard no more.
            }
            ctx.writeAndFlush(Frames.signal(ctx, Frames.ACCEPTED));
            try {
                for (Frame frame = early.poll(); frame != null && !closing; frame = early.poll()) {
                    take(frame, messages, own);
                }
            } catch (MalformedEncodingException | BadFrameException e) {
                exceptionCaught(ctx, e);
            }
            ctx.channel().config().setAutoRead(true);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            connections.values().removeIf(held -> held.channel().equals(ctx.channel()));
        }

        private void refuse(ChannelHandlerContext ctx, Greeting.Messages messages, Membership own) {
            String reason =
                    "meant for node %s of cluster %s, but this is node %s of cluster %s"
                            .formatted(
                                    messages.to(), messages.cluster(), own.self(), own.cluster());
            refuse(ctx, Frames.REFUSED, messages.from(), reason);
        }

        private void refuse(ChannelHandlerContext ctx, int kind, NodeId from, String reason) {
            if (refusalsSaid.size() < REFUSALS_SAID_MAX && refusalsSaid.add(from + " " + reason)) {
                LOG.warn("messages from node {} are refused: {}", from, reason);
            }
            closing = true;
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            ByteBuf refusal = ctx.alloc().buffer(Frames.HEADER_BYTES + text.length);
            Frames.append(refusal, kind, text);
            ctx.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            Throwable reason =
                    cause instanceof DecoderException && cause.getCause() != null
                            ? cause.getCause()
                            : cause;
            if (reason instanceof MalformedEncodingException
                    || reason instanceof BadFrameException) {
                LOG.warn(
                        "connection from {} is closed: {}",
                        ctx.channel().remoteAddress(),
                        reason.getMessage());
            } else if (!(reason instanceof IOException)) {
                LOG.error("connection from {} is closed", ctx.channel().remoteAddress(), reason);
            }
            close(ctx);
        }
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
    }
}
