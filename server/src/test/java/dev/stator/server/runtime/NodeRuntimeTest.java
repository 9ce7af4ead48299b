package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.Message.PartitionAnswer;
import dev.stator.core.wire.Message.PartitionCall;
import dev.stator.core.wire.MetadataMessage.FindTable;
import dev.stator.core.wire.MetadataMessage.TableFound;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.model.AttributeValue;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import dev.stator.replication.Timing;
import dev.stator.server.transport.Transport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node of three, the others silent. */
class NodeRuntimeTest {
    private static final Address ROUTER = new Address(new NodeId(0, 9), Address.Role.ROUTER, 0);
    private static final long WAIT_SECONDS_MAX = 30;

    /** A little more than what a close waits for offices to be given up. */
    private static final long RESIGNATION_MILLIS_MAX = 2_500;

    private final BlockingQueue<Envelope> toRouter = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final Transport transport =
            envelope -> {
                if (envelope.to().equals(ROUTER)) {
                    toRouter.add(envelope);
                }
            };
    private NodeFiles files;
    private NodeRuntime node;
    private NodeId self;

    @BeforeEach
    void start() throws IOException {
        files = NodeFiles.inMemory();
        self = files.nodeId();
        List<ClusterNode> cluster =
                List.of(
                        new ClusterNode(self, "a"),
                        new ClusterNode(new NodeId(0, 2), "b"),
                        new ClusterNode(new NodeId(0, 3), "c"));
        node =
                new NodeRuntime(
                        new NodeRuntime.Plan("node-a", self, cluster, 1, Timing.DEFAULT),
                        files,
                        transport,
                        loop -> new LoopThread("node-a-" + loop),
                        failures::add);
        node.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void send(Address to, Message message) {
        node.deliver(new Envelope(ROUTER, to, message));
    }

    /** Repeats what is lost while the node starts. */
    private void awaitAnswer(Runnable question, Predicate<Message> answer)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        boolean answered = false;
        while (!answered) {
            assertThat(System.nanoTime()).as("no answer").isLessThan(deadline);
            question.run();
            Envelope next = toRouter.poll(100, TimeUnit.MILLISECONDS);
            answered = next != null && answer.test(next.message());
        }
    }

    private void callOfAnUnknownGroup() {
        PlacementKey key = PlacementKey.of(new AttributeValue.S("a"));
        send(
                Address.storage(self),
                new PartitionCall(
                        1, new GroupId(77), new PartitionRequest.Get(key, true, Optional.empty())));
    }

    @Test
    void messagesOfTheWrongKindAreDropped() throws InterruptedException {
        WrongMessages.forRolesOf(self).forEach(node::deliver);
        awaitAnswer(this::callOfAnUnknownGroup, PartitionAnswer.class::isInstance);
        awaitAnswer(
                () -> send(Address.memDs(self), new FindTable(2, "account", "table")),
                TableFound.class::isInstance);
        assertThat(failures).isEmpty();
    }

    @Test
    void aCloseWaitsForANodeThatStopsByItself() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        node.storeLoop()
                .flush(() -> {
                    reading.countDown();
                    awaitQuietly(mayEnd);
                });
        assertThat(reading.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        node.fail(new IllegalStateException("a mistake"));
        Thread closing = Thread.ofPlatform().start(node::close);
        closing.join(RESIGNATION_MILLIS_MAX);
        assertThat(closing.isAlive()).as("waits for the store").isTrue();
        mayEnd.countDown();
        closing.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS_MAX));
        assertThat(closing.isAlive()).isFalse();
        assertThat(failures).hasSize(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
