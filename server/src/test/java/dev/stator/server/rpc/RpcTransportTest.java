package dev.stator.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.MessageCodec;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import dev.stator.replication.NodeMessage;
import dev.stator.storage.identity.RunHistory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over real sockets of the loopback interface. */
@SuppressWarnings("AddressSelection") // Literal addresses of this machine.
class RpcTransportTest {
    private static final UUID CLUSTER = new UUID(7, 8);
    private static final NodeId ONE = new NodeId(1, 1);
    private static final NodeId TWO = new NodeId(2, 2);
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Liveness PATIENT = new Liveness(1_000, 60_000);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final RunHistory RUNS = new RunHistory(3, List.of(31L, 32L, 33L));

    /** The name of a run that is not admitted. */
    private static final long FORGOTTEN = 99;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Queue<Envelope> received = new ConcurrentLinkedQueue<>();
    private final Queue<Envelope> undelivered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger disconnections = new AtomicInteger();
    private final AtomicInteger forgotten = new AtomicInteger();

    @AfterEach
    void closeAll() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private RpcServer server(InetSocketAddress address, UUID cluster, NodeId self)
            throws IOException {
        RpcServer server = new RpcServer(address, group, PATIENT);
        server.onMessage(cluster, self, (_, runs) -> runs.name() != FORGOTTEN, received::add);
        parts.push(server);
        return server;
    }

    /** From node ONE to node TWO, which is said to be at the address. */
    private RpcTransport transport(InetSocketAddress address, Liveness liveness) {
        return transport(address, liveness, RUNS);
    }

    private RpcTransport transport(InetSocketAddress address, Liveness liveness, RunHistory runs) {
        RpcTransport transport =
                new RpcTransport(
                        new RpcTransport.Place(CLUSTER, ONE, runs),
                        Map.of(TWO, address),
                        new RpcTransport.Io(group, liveness),
                        received::add,
                        new RpcTransport.Losses() {
                            @Override
                            public void undelivered(Envelope envelope) {
                                undelivered.add(envelope);
                            }

                            @Override
                            public void disconnected(NodeId node) {
                                disconnections.incrementAndGet();
                            }

                            @Override
                            public void forgetful(String reason) {
                                forgotten.incrementAndGet();
                            }
                        });
        parts.push(transport);
        return transport;
    }

    private static Envelope message(NodeId from, NodeId to, long callId) {
        return new Envelope(
                Address.storage(from),
                Address.storage(to),
                new Message.DropReplica(callId, new GroupId(1)));
    }

    private static Envelope message(long callId) {
        return message(ONE, TWO, callId);
    }

    private static Envelope heartbeat() {
        return new Envelope(
                Address.storage(ONE),
                Address.storage(TWO),
                new Message.BetweenNodes(new NodeMessage.Heartbeat(1, 1, 0, List.of())));
    }

    private static Envelope big(long callId, int length) {
        return new Envelope(
                Address.storage(ONE),
                Address.storage(TWO),
                new Message.PartitionAnswer(
                        callId, new PartitionResponse.Unavailable("x".repeat(length))));
    }

    /** Sends until something comes through: what is sent before the connection stands is lost. */
    private void connect(RpcTransport transport) {
        await().until(() -> {
            transport.send(message(0));
            return !received.isEmpty();
        });
        // What was sent last may still be under way; a marker is the last to arrive.
        transport.send(message(-1));
        await().until(() -> received.contains(message(-1)));
        received.clear();
        undelivered.clear();
    }

    @Test
    void messagesArriveInTheOrderInWhichTheyWereSent() throws IOException {
        RpcTransport transport = transport(server(ANY_PORT, CLUSTER, TWO).address(), PATIENT);
        connect(transport);

        List<Envelope> sent = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            sent.add(message(i));
            transport.send(message(i));
        }

        await().until(() -> received.size() == sent.size());
        assertThat(received).containsExactlyElementsOf(sent);
        assertThat(undelivered).isEmpty();
        assertThat(transport.queuedBytes()).isZero();
    }

    @Test
    void aMessageToTheOwnNodeTakesNoConnection() {
        RpcTransport transport = transport(new InetSocketAddress("127.0.0.1", 1), PATIENT);

        transport.send(message(ONE, ONE, 5));

        assertThat(received).containsExactly(message(ONE, ONE, 5));
    }

    @Test
    void aMessageToAnUnknownNodeIsUndelivered() {
        RpcTransport transport = transport(new InetSocketAddress("127.0.0.1", 1), PATIENT);
        Envelope strange = message(ONE, new NodeId(3, 3), 5);

        transport.send(strange);

        assertThat(undelivered).containsExactly(strange);
    }

    @Test
    void aShortMessageOvertakesALongOne() throws Exception {
        RpcTransport transport = transport(server(ANY_PORT, CLUSTER, TWO).address(), PATIENT);
        connect(transport);
        Envelope big = big(1, Frames.MESSAGE_BYTES_MAX - 1_000);
        List<Integer> bytesLeftAtArrival = new ArrayList<>();

        transport.send(big);
        await().until(() -> transport.queuedBytes() < Frames.MESSAGE_BYTES_MAX - 1_000);
        // The first parts are on their way. All runs on one event loop, which takes this in
        // between.
        group.next()
                .submit(() -> {
                    bytesLeftAtArrival.add((int) transport.queuedBytes());
                    transport.send(message(2));
                })
                .sync();

        await().until(() -> received.size() == 2);
        if (bytesLeftAtArrival.getFirst() > 1 << 20) {
            assertThat(received).containsExactly(message(2), big);
        } else {
            assertThat(received).contains(big);
        }
    }

    @Test
    void aMessageThatIsTooLongIsUndeliveredAndDisturbsNoOther() throws IOException {
        RpcTransport transport = transport(server(ANY_PORT, CLUSTER, TWO).address(), PATIENT);
        connect(transport);
        long droppedBefore = transport.dropped();
        Envelope tooBig = big(1, Frames.MESSAGE_BYTES_MAX);

        transport.send(tooBig);
        transport.send(message(2));

        await().until(() -> !received.isEmpty());
        assertThat(received).containsExactly(message(2));
        assertThat(undelivered).containsExactly(tooBig);
        assertThat(transport.dropped()).isEqualTo(droppedBefore + 1);
        assertThat(disconnections).hasValue(0);
    }

    @Test
    void noMessageReachesANodeOtherThanTheOneItIsMeantFor() throws IOException {
        RpcServer wiped = server(ANY_PORT, CLUSTER, new NodeId(3, 3));
        RpcTransport transport = transport(wiped.address(), PATIENT);

        await().during(500, TimeUnit.MILLISECONDS)
                .until(() -> {
                    transport.send(message(1));
                    return received.isEmpty();
                });
        assertThat(undelivered).isNotEmpty();
        assertThat(disconnections).hasValue(0);

        // The right node comes back at the address, once nobody else on the machine borrows the
        // port.
        wiped.close();
        await().ignoreExceptionsInstanceOf(BindException.class)
                .until(() -> server(wiped.address(), CLUSTER, TWO) != null);
        connect(transport);
    }

    @Test
    void noMessageReachesANodeOfAnotherCluster() throws IOException {
        RpcTransport transport =
                transport(server(ANY_PORT, new UUID(0, 0), TWO).address(), PATIENT);

        await().during(300, TimeUnit.MILLISECONDS)
                .until(() -> {
                    transport.send(message(1));
                    return received.isEmpty();
                });
        assertThat(undelivered).isNotEmpty();
    }

    @Test
    void aNodeThatHasForgottenRunsOfItselfIsToldSoAndNotHeard() throws IOException {
        RpcTransport transport =
                transport(
                        server(ANY_PORT, CLUSTER, TWO).address(),
                        PATIENT,
                        new RunHistory(2, List.of(31L, FORGOTTEN)));
        await().until(() -> {
            transport.send(message(1));
            return forgotten.get() > 0;
        });
        assertThat(received).isEmpty();
    }

    @Test
    void aConnectionOfALaterRunEndsThatOfTheEarlierOne() throws IOException {
        RpcServer server = server(ANY_PORT, CLUSTER, TWO);
        connect(transport(server.address(), PATIENT));
        RunHistory later = new RunHistory(4, List.of(31L, 32L, 33L, 34L));
        connect(transport(server.address(), PATIENT, later));
        await().until(() -> disconnections.get() == 1);
    }

    @Test
    void aNodeThatIsNotReadyIsTriedAgain() throws IOException {
        RpcServer starting = new RpcServer(ANY_PORT, group, PATIENT);
        parts.push(starting);
        RpcTransport transport = transport(starting.address(), PATIENT);
        await().until(() -> {
            transport.send(message(1));
            return undelivered.size() > 2;
        });
        assertThat(received).isEmpty();

        starting.onMessage(CLUSTER, TWO, (_, _) -> true, received::add);

        connect(transport);
    }

    @Test
    void aCutConnectionIsReportedAndOpenedAgain() throws Exception {
        RpcServer server = server(ANY_PORT, CLUSTER, TWO);
        try (Relay relay = new Relay(server.address())) {
            RpcTransport transport = transport(relay.address(), PATIENT);
            connect(transport);

            relay.cut();

            await().until(() -> disconnections.get() == 1);
            connect(transport);
        }
    }

    @Test
    void aConnectionThatGoesSilentIsClosedByTheSender() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RpcTransport transport =
                    transport(
                            (InetSocketAddress) silent.getLocalSocketAddress(),
                            new Liveness(50, 300));
            transport.send(message(1));
            try (Socket accepted = silent.accept()) {
                accept(accepted);
                await().until(() -> {
                    transport.send(message(2));
                    return disconnections.get() == 1;
                });
            }
        }
    }

    @Test
    void signsOfLifeKeepAnIdleConnectionOpen() throws Exception {
        RpcServer server = new RpcServer(ANY_PORT, group, new Liveness(50, 500));
        server.onMessage(CLUSTER, TWO, (_, _) -> true, received::add);
        parts.push(server);
        RpcTransport transport = transport(server.address(), new Liveness(50, 500));
        connect(transport);

        await().during(1_500, TimeUnit.MILLISECONDS).until(() -> disconnections.get() == 0);

        transport.send(message(3));
        await().until(() -> received.contains(message(3)));
    }

    @Test
    void messagesBeyondTheBoundOfTheQueueAreDroppedAndCounted() throws Exception {
        try (ServerSocket stuck = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RpcTransport transport =
                    transport((InetSocketAddress) stuck.getLocalSocketAddress(), PATIENT);
            transport.send(message(1));
            try (Socket accepted = stuck.accept()) {
                accept(accepted);
                await().until(() -> {
                    undelivered.clear();
                    transport.send(big(2, 60_000));
                    return undelivered.isEmpty();
                });
                long droppedBefore = transport.dropped();
                for (int i = 0; i < 1_000; i++) {
                    transport.send(big(3, 60_000));
                }
                assertThat(undelivered.size()).isBetween(300, 1_000);
                assertThat(transport.dropped()).isEqualTo(droppedBefore + undelivered.size());
                assertThat(transport.queuedBytes()).isBetween(1L << 20, (long) Outbox.BYTES_MAX);
                undelivered.clear();
                transport.send(heartbeat());
                assertThat(undelivered).as("heartbeats have a bound of their own").isEmpty();
            }
            await().until(() -> transport.queuedBytes() == 0);
        }
    }

    /** Reads the greeting and accepts it, by hand. */
    private static void accept(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.skipNBytes(in.readInt() + (long) Frames.HEADER_BYTES - Integer.BYTES);
        socket.getOutputStream().write(frame(Frames.ACCEPTED, new byte[0]));
    }

    private static byte[] frame(int kind, byte[] content) {
        ByteBuf buffer = Unpooled.buffer();
        Frames.append(buffer, kind, content);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    private static byte[] greeting() {
        return frame(Frames.WHOLE, new Greeting.Messages(CLUSTER, ONE, TWO, RUNS).encode());
    }

    private static byte[] concat(byte[]... pieces) {
        ByteBuf buffer = Unpooled.copiedBuffer(pieces);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    @Test
    void whatIsNotTheProtocolClosesItsConnectionAndNoOther() throws Exception {
        RpcServer server = server(ANY_PORT, CLUSTER, TWO);
        RpcTransport good = transport(server.address(), PATIENT);
        connect(good);
        byte[] message = MessageCodec.encode(message(1));
        byte[] wrongChecksum = frame(Frames.WHOLE, message);
        wrongChecksum[wrongChecksum.length - 1] ^= 1;
        byte[] otherVersion = new Greeting.Formation().encode();
        otherVersion[4] = 9;

        expectClosed(
                server,
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        expectClosed(server, frame(Frames.WHOLE, new byte[50]));
        expectClosed(server, frame(Frames.WHOLE, otherVersion));
        expectClosed(
                server,
                frame(Frames.PART, new Greeting.Messages(CLUSTER, ONE, TWO, RUNS).encode()));
        expectClosed(server, new byte[] {-1, -1, -1, -1, 0, 0, 0, 0, 0});
        expectClosed(server, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0});
        expectClosed(server, concat(greeting(), wrongChecksum));
        expectClosed(
                server,
                concat(
                        greeting(),
                        frame(Frames.WHOLE, "nonsense".getBytes(StandardCharsets.UTF_8))));
        expectClosed(server, concat(greeting(), frame(17, message)));
        expectClosed(server, concat(greeting(), frame(Frames.REFUSED, message)));
        expectClosed(
                server,
                concat(greeting(), frame(Frames.WHOLE, MessageCodec.encode(message(TWO, TWO, 1)))));
        expectClosed(
                server,
                concat(greeting(), frame(Frames.WHOLE, MessageCodec.encode(message(ONE, ONE, 1)))));
        assertThat(received).isEmpty();

        good.send(message(2));
        await().until(() -> !received.isEmpty());
        assertThat(received).containsExactly(message(2));
        assertThat(disconnections).hasValue(0);
    }

    @Test
    void aMessageInMorePartsThanTheLongestCanHaveClosesTheConnection() throws Exception {
        RpcServer server = server(ANY_PORT, CLUSTER, TWO);
        byte[] part = frame(Frames.PART, new byte[Frames.CONTENT_BYTES_MAX]);
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(greeting());
            try {
                for (int i = 0; i <= Frames.MESSAGE_BYTES_MAX / Frames.CONTENT_BYTES_MAX; i++) {
                    socket.getOutputStream().write(part);
                }
                expectEnd(socket);
            } catch (IOException resetByTheServer) {
                assertThat(resetByTheServer).hasMessageNotContaining("timed out");
            }
        }
    }

    @Test
    void framesMayArriveByteByByteAndBreakOffAnywhere() throws Exception {
        RpcServer server = server(ANY_PORT, CLUSTER, TWO);
        byte[] bytes =
                concat(
                        greeting(),
                        frame(Frames.ALIVE, new byte[0]),
                        frame(Frames.WHOLE, MessageCodec.encode(message(4))));
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setTcpNoDelay(true);
            for (byte b : bytes) {
                socket.getOutputStream().write(b);
            }
            await().until(() -> !received.isEmpty());
        }
        for (int length = 0; length < bytes.length; length += 7) {
            try (Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                socket.getOutputStream().write(bytes, 0, length);
            }
        }
        assertThat(received).containsExactly(message(4));
    }

    private static void expectClosed(RpcServer server, byte[] bytes) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(bytes);
            expectEnd(socket);
        }
    }

    /**
     * The other side closes; what it says before does not matter. A SocketTimeoutException if it
     * does not.
     */
    private static void expectEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void hellosArriveBeforeAClusterIsFormed() throws Exception {
        RpcServer server = new RpcServer(ANY_PORT, group, PATIENT);
        parts.push(server);
        Queue<String> hellos = new ConcurrentLinkedQueue<>();
        server.onHello(hello -> hellos.add(new String(hello, StandardCharsets.UTF_8)));

        new HelloSender(group).send(server.address(), "hello".getBytes(StandardCharsets.UTF_8));

        await().until(() -> !hellos.isEmpty());
        assertThat(hellos).containsExactly("hello");
    }
}
