package dev.stator.server.rpc;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/**
 * How both ends of a connection notice that the other is gone without a word (its machine lost
 * power, the network drops everything): each says something now and then, and a silent connection
 * is closed. Without this the end that only writes would wait for TCP to give up, and for minutes
 * after the network has healed.
 *
 * @param aliveMillis a sign of life goes out when nothing else did for so long
 * @param silenceMillis a connection on which nothing came in for so long is closed
 */
record Liveness(long aliveMillis, long silenceMillis) {
    static final Liveness DEFAULT = new Liveness(1_000, 5_000);

    /** Notices idleness; goes before {@link #keeper}. */
    IdleStateHandler detector() {
        return new IdleStateHandler(silenceMillis, aliveMillis, 0, TimeUnit.MILLISECONDS);
    }

    ChannelDuplexHandler keeper() {
        return new ChannelDuplexHandler() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event instanceof IdleStateEvent idle) {
                    if (idle.state() == IdleState.READER_IDLE) {
                        var _ = ctx.close();
                    } else {
                        var _ = ctx.writeAndFlush(Frames.signal(ctx, Frames.ALIVE));
                    }
                } else {
                    ctx.fireUserEventTriggered(event);
                }
            }
        };
    }
}
