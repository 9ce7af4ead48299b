package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.routing.RouterPlace;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.model.error.ApiError;
import dev.stator.replication.NodeId;
import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouterRunnerTest {
    private static final List<ClusterNode> CLUSTER =
            List.of(
                    new ClusterNode(new NodeId(0, 1), "a"),
                    new ClusterNode(new NodeId(0, 2), "b"),
                    new ClusterNode(new NodeId(0, 3), "c"));
    private static final Address ROUTER =
            new Address(CLUSTER.getFirst().node(), Address.Role.ROUTER, 0);
    private static final RouterPlace PLACE =
            new RouterPlace(ROUTER, CLUSTER, "us-east-1", "localhost:8000");
    private static final long WAIT_SECONDS_MAX = 30;

    private final DefaultEventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    private static final class Ignored implements RouterRunner.Reply {
        @Override
        public void answer(ApiResponse response) {}

        @Override
        public void fail(ApiError error) {}
    }

    /** The first question goes to nobody; the second cannot be sent; then comes the third. */
    @Test
    void itGoesOnAfterAMistakeInSending() throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        RouterRunner router =
                new RouterRunner(
                        PLACE,
                        _ -> {
                            third.countDown();
                            if (sent.incrementAndGet() == 2) {
                                throw new IllegalStateException("a mistake");
                            }
                        },
                        loop);
        loop.execute(() ->
                router.run(new ListTablesRequest(Optional.empty(), 1), "account", new Ignored()));
        assertThat(third.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatATurnOfTheEventLoopSendsIsSentAtItsEnd() throws Exception {
        List<Envelope> sent = new ArrayList<>();
        RouterRunner router = new RouterRunner(PLACE, sent::add, loop);
        int sentWithinTheTurn =
                loop.submit(
                                () -> {
                                    for (int i = 0; i < 3; i++) {
                                        router.run(
                                                new ListTablesRequest(Optional.empty(), 1),
                                                "account",
                                                new Ignored());
                                    }
                                    return sent.size();
                                })
                        .get();
        assertThat(sentWithinTheTurn).isZero();
        assertThat(loop.submit(sent::size).get()).isEqualTo(3);
    }

    @Test
    void whatComesAfterItsEventLoopHasEndedIsDropped() {
        RouterRunner router = new RouterRunner(PLACE, _ -> {}, loop);
        stop();
        Envelope answer = WrongMessages.partitionAnswer(ROUTER);
        router.deliver(answer);
        router.undelivered(answer);
        router.disconnected(CLUSTER.getFirst().node());
        assertThat(loop.isTerminated()).isTrue();
    }
}
