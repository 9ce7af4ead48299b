package dev.stator.benchmarks.replicated;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.TimeDuration;

/**
 * Three servers of Apache Ratis with so many groups, over gRPC on the loopback interface, each with
 * a log on disk. The settings are the library's own, but for places and ports, and for two bounds
 * of clients: outstanding requests, which would be 100 and are twice as many as there are writers,
 * so that a writer that goes on in the callback of its last request never waits, and the time of a
 * request, which would be 3 seconds, after which a client gives up all that it has sent.
 */
final class RatisServers implements Contender {
    private static final int SERVERS = 3;
    private static final String HOST = "127.0.0.1";

    private static final long CLOSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final TimeDuration REQUEST_TIMEOUT = TimeDuration.valueOf(1, TimeUnit.MINUTES);

    /** The key of an item in the state machine: its number, in front of the payload. */
    private static final int KEY_BYTES = Integer.BYTES;

    private final Outcomes outcomes;
    private final List<RaftServer> servers = new ArrayList<>();
    private final List<RaftClient> clients = new ArrayList<>();
    private final Message[] messages;

    RatisServers(Path directory, int groups, Load load, Outcomes outcomes) throws IOException {
        this.outcomes = outcomes;
        this.messages = new Message[load.itemCount()];
        for (int i = 0; i < messages.length; i++) {
            byte[] payload = load.payload(i).clone();
            java.nio.ByteBuffer.wrap(payload).putInt(i);
            messages[i] = Message.valueOf(ByteString.copyFrom(payload));
        }
        List<RaftPeer> peers = peers();
        List<RaftGroup> all = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            all.add(RaftGroup.valueOf(RaftGroupId.valueOf(new UUID(1, i + 1L)), peers));
        }
        for (RaftPeer peer : peers) {
            servers.add(start(peer, directory, all.getFirst()));
        }
        RaftProperties properties = new RaftProperties();
        RaftClientConfigKeys.Async.setOutstandingRequestsMax(properties, 2 * load.writers());
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, REQUEST_TIMEOUT);
        for (RaftGroup group : all) {
            clients.add(
                    RaftClient.newBuilder().setProperties(properties).setRaftGroup(group).build());
        }
        for (RaftGroup group : all.subList(1, all.size())) {
            for (RaftPeer peer : peers) {
                check(clients.getFirst().getGroupManagementApi(peer.getId()).add(group));
            }
        }
        for (RaftClient client : clients) {
            check(client.io().send(messages[0])); // It retries until there is a leader.
        }
    }

    private static void check(RaftClientReply reply) throws IOException {
        if (!reply.isSuccess()) {
            throw new IOException("Ratis refuses: " + reply);
        }
    }

    /** Addresses are to be known before the servers start: ports that were free a moment ago. */
    private static List<RaftPeer> peers() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        List<RaftPeer> peers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            peers.add(
                    RaftPeer.newBuilder()
                            .setId("server-" + i)
                            .setAddress(HOST + ":" + socket.getLocalPort())
                            .build());
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        return peers;
    }

    private static RaftServer start(RaftPeer peer, Path directory, RaftGroup group)
            throws IOException {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(
                properties, List.of(directory.resolve(peer.getId().toString()).toFile()));
        String address = peer.getAddress();
        GrpcConfigKeys.Server.setHost(properties, HOST);
        GrpcConfigKeys.Server.setPort(
                properties, Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        RaftServer server =
                RaftServer.newBuilder()
                        .setServerId(peer.getId())
                        .setGroup(group)
                        .setProperties(properties)
                        .setStateMachineRegistry(id -> new LastPayloads())
                        .build();
        server.start();
        return server;
    }

    /** Keeps the last payload of each item in memory. */
    private static final class LastPayloads extends BaseStateMachine {
        private final ConcurrentHashMap<ByteString, ByteString> payloads =
                new ConcurrentHashMap<>();

        @Override
        public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
            LogEntryProto entry = transaction.getLogEntry();
            ByteString payload = entry.getStateMachineLogEntry().getLogData();
            payloads.put(payload.substring(0, KEY_BYTES), payload);
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
            return CompletableFuture.completedFuture(Message.EMPTY);
        }
    }

    @Override
    public void write(int writer, int item) {
        clients.get(item % clients.size())
                .async()
                .send(messages[item])
                .whenComplete((reply, failure) -> {
                    if (failure != null) {
                        outcomes.failed(writer, failure.toString());
                    } else if (!reply.isSuccess()) {
                        outcomes.failed(writer, String.valueOf(reply.getException()));
                    } else {
                        outcomes.acknowledged(writer);
                    }
                });
    }

    /** A client sometimes waits for ever for its own end; it is left behind then. */
    @Override
    public void close() throws IOException {
        closeAll(clients);
        closeAll(servers);
    }

    private static void closeAll(List<? extends Closeable> parts) throws IOException {
        List<Thread> closing = new ArrayList<>();
        for (Closeable part : parts) {
            closing.add(Thread.ofPlatform().daemon().name("close-ratis").start(() -> close(part)));
        }
        long deadline = System.nanoTime() + CLOSE_NANOS_MAX;
        for (Thread thread : closing) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    private static void close(Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
