package dev.stator.server.rpc;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;

/**
 * Sends single hellos to nodes that may belong to no cluster yet, each over a connection of its
 * own.
 */
public final class HelloSender {
    private static final int CONNECT_MILLIS_MAX = 1_000;

    private final EventLoopGroup group;

    public HelloSender(EventLoopGroup group) {
        this.group = group;
    }

    /** Sends, and forgets: a lost hello is sent again by whoever wants an answer. */
    public void send(InetSocketAddress to, byte[] hello) {
        ChannelFuture attempt =
                new Bootstrap()
                        .group(group)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                        .handler(new ChannelInboundHandlerAdapter())
                        .connect(to);
        attempt.addListener(done -> {
            if (attempt.isSuccess()) {
                ByteBuf frames = attempt.channel().alloc().buffer();
                Frames.append(frames, Frames.WHOLE, new Greeting.Formation().encode());
                Frames.append(frames, Frames.WHOLE, hello);
                attempt.channel().writeAndFlush(frames).addListener(ChannelFutureListener.CLOSE);
            }
        });
    }
}
