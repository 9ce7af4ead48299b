package dev.stator.server.runtime;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.NodeId;
import dev.stator.replication.Timing;
import dev.stator.server.config.NodeConfig;
import dev.stator.server.formation.Genesis;
import dev.stator.server.launch.RunningServer;
import dev.stator.server.launch.StartException;
import dev.stator.server.rpc.HelloSender;
import dev.stator.server.rpc.RpcServer;
import dev.stator.server.rpc.RpcTransport;
import dev.stator.storage.store.RocksPartitionStore;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of a cluster of processes, with all roles: this process. */
final class NodeProcess implements RunningServer {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    private static final int SHARDS = 1;
    private static final int RPC_LOOPS = 1;
    private static final long CLOSE_MILLIS_MAX = 2_000;

    private final NodeConfig config;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Optional<String> stopReason = Optional.empty();
    private volatile Optional<NodeRuntime> node = Optional.empty();
    private volatile Optional<Routers> routers = Optional.empty();

    /** What was started, to be closed the other way round. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final ClientListener http;

    NodeProcess(NodeConfig config) throws StartException, InterruptedException {
        this.config = config;
        try {
            this.http = start();
        } catch (IOException e) {
            close();
            throw StartFailures.ofDirectory(config.self().dataDir(), e);
        } catch (StartException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private ClientListener start() throws StartException, IOException, InterruptedException {
        RocksPartitionStore.loadNativeLibrary();
        NodeFiles files = NodeFiles.open(config.self().dataDir());
        parts.push(files);
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(RPC_LOOPS, NioIoHandler.newFactory());
        parts.push(() ->
                group.shutdownGracefully(0, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)
                        .syncUninterruptibly());
        RpcServer rpc = listenForNodes(group);
        parts.push(rpc);
        ClusterFormation formation = new ClusterFormation(config, files, new HelloSender(group));
        Genesis genesis = formation.await(rpc);
        Thread answering = formation.answerLater();
        parts.push(answering::interrupt);

        List<ClusterNode> cluster =
                genesis.members().stream()
                        .map(member -> new ClusterNode(member.node(), member.zone()))
                        .toList();
        NodeId self = files.nodeId();
        RpcTransport transport =
                new RpcTransport(
                        new RpcTransport.Place(genesis.clusterId(), self, files.runs()),
                        addresses(genesis),
                        group,
                        this::deliver,
                        new Losses());
        parts.push(transport);
        routers =
                Optional.of(
                        new Routers(
                                self,
                                cluster,
                                new Routers.Service(
                                        config.access().regionName(),
                                        config.self().http().toString()),
                                transport));
        NodeRuntime runtime =
                new NodeRuntime(
                        new NodeRuntime.Plan(config.name(), self, cluster, SHARDS, Timing.DEFAULT),
                        files,
                        transport,
                        loop -> new LoopThread(config.name() + "-" + loop),
                        this::nodeFailed);
        parts.push(runtime);
        node = Optional.of(runtime);
        rpc.onMessage(genesis.clusterId(), self, runtime::admit, this::deliver);
        runtime.start();
        ClientListener server =
                ClientListener.start(config.self().http(), config.access(), routers.orElseThrow());
        parts.push(server);
        return server;
    }

    private RpcServer listenForNodes(MultiThreadIoEventLoopGroup group) throws StartException {
        try {
            return new RpcServer(config.self().rpc().resolve(), group);
        } catch (IOException e) {
            throw StartFailures.ofListening(config.self().rpc(), e);
        }
    }

    private Map<NodeId, InetSocketAddress> addresses(Genesis genesis) {
        Map<NodeId, InetSocketAddress> addresses = new LinkedHashMap<>();
        for (Genesis.Founder member : genesis.members()) {
            if (!member.name().equals(config.name())) {
                config.nodes().stream()
                        .filter(other -> other.name().equals(member.name()))
                        .forEach(other -> addresses.put(member.node(), other.rpc().resolve()));
            }
        }
        return addresses;
    }

    private void deliver(Envelope envelope) {
        if (envelope.to().role() == Address.Role.ROUTER) {
            routers.ifPresent(all -> all.deliver(envelope));
        } else {
            node.ifPresent(runtime -> runtime.deliver(envelope));
        }
    }

    private final class Losses implements RpcTransport.Losses {
        @Override
        public void undelivered(Envelope envelope) {
            routers.ifPresent(all -> all.undelivered(envelope));
        }

        @Override
        public void disconnected(NodeId lost) {
            routers.ifPresent(all -> all.disconnected(lost));
        }

        @Override
        public void forgetful(String reason) {
            node.ifPresent(runtime -> Thread.ofVirtual().start(() -> runtime.forgetful(reason)));
        }
    }

    private void nodeFailed(Throwable cause) {
        stopReason = Optional.of("the node has stopped: " + cause);
        stopped.countDown();
    }

    @Override
    public InetSocketAddress httpAddress() {
        return http.address();
    }

    @Override
    public Optional<String> awaitStop() throws InterruptedException {
        stopped.await();
        return stopReason;
    }

    @Override
    public synchronized void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (
                    Exception e) { // AutoCloseable names no other; the rest is to be closed all the
                // same.
                LOG.warn("a part did not close in good order: {}", e.toString());
            }
        }
        stopped.countDown();
    }
}
