package dev.stator.server.runtime;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.replication.NodeId;
import dev.stator.replication.Timing;
import dev.stator.server.config.DataLocation;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.formation.Genesis;
import dev.stator.server.launch.RunningServer;
import dev.stator.server.launch.StartException;
import dev.stator.server.launch.StartFailure;
import dev.stator.storage.disk.DurableFile;
import dev.stator.storage.identity.RunHistory;
import dev.stator.storage.store.RocksPartitionStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three nodes in three zones, in one process, with one HTTP endpoint. A node that stops by itself
 * leaves the others.
 */
final class EmbeddedCluster implements RunningServer {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);
    private static final String GENESIS_FILE = "cluster";
    private static final int SHARDS = 1;

    private final Map<String, NodeFiles> files = new LinkedHashMap<>();
    private final List<NodeRuntime> nodes = new ArrayList<>();
    private final LocalTransport transport = new LocalTransport();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicInteger nodesFailed = new AtomicInteger();
    private volatile Optional<String> stopReason = Optional.empty();
    private final ClientListener http;

    EmbeddedCluster(EmbeddedConfig config) throws StartException, InterruptedException {
        Thread loader =
                Thread.ofPlatform()
                        .daemon()
                        .name("load-native")
                        .start(RocksPartitionStore::loadNativeLibrary);
        try {
            openFiles(config.data());
            Genesis genesis = form(config.data());
            compareRuns(config.data());
            List<ClusterNode> cluster =
                    genesis.members().stream()
                            .map(member -> new ClusterNode(member.node(), member.zone()))
                            .toList();
            Routers routers =
                    new Routers(
                            cluster.getFirst().node(),
                            cluster,
                            new Routers.Service(
                                    config.access().regionName(), config.http().toString()),
                            transport);
            transport.routeRoutersTo(routers);
            this.http = ClientListener.start(config.http(), config.access(), routers);
            loader.join();
            startNodes(genesis, cluster, config.data());
            routers.awaitReadiness();
        } catch (StartException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void openFiles(DataLocation data) throws StartException {
        for (String zone : EmbeddedConfig.ZONES) {
            try {
                files.put(
                        zone,
                        switch (data) {
                            case DataLocation.InMemory ignored -> NodeFiles.inMemory();
                            case DataLocation.Directory(Path path) ->
                                    NodeFiles.open(path.resolve(directoryName(zone)));
                        });
            } catch (IOException e) {
                throw StartFailures.ofDirectory(directory(data, zone), e);
            }
        }
    }

    private static String directoryName(String zone) {
        return "zone-" + zone;
    }

    private static Path directory(DataLocation data, String zone) {
        return data instanceof DataLocation.Directory(Path path)
                ? path.resolve(directoryName(zone))
                : Path.of("memory");
    }

    /** Reads how the cluster began, or begins it where no directory belongs to one. */
    private Genesis form(DataLocation data) throws StartException {
        Optional<Genesis> known = Optional.empty();
        for (Map.Entry<String, NodeFiles> node : files.entrySet()) {
            Optional<Genesis> own = readGenesis(directory(data, node.getKey()), node.getValue());
            if (own.isPresent() && known.isPresent() && !own.equals(known)) {
                throw new StartException(
                        new StartFailure.NotInCluster(
                                directory(data, node.getKey())
                                        + " belongs to another cluster than the directories beside it"));
            }
            known = known.isPresent() ? known : own;
        }
        Genesis genesis = known.orElseGet(this::newGenesis);
        for (Map.Entry<String, NodeFiles> node : files.entrySet()) {
            Path directory = directory(data, node.getKey());
            if (!genesis.lists(node.getKey(), node.getValue().nodeId())) {
                throw new StartException(
                        new StartFailure.NotInCluster(
                                directory
                                        + " is a new node, not the member of the cluster that it was: was it emptied?"
                                        + " Two of three directories hold all data; replacing a node is not offered yet."));
            }
            writeGenesis(directory, node.getValue(), genesis);
        }
        return genesis;
    }

    /** None of the directories may be an older copy of what the others know. */
    private void compareRuns(DataLocation data) throws StartException {
        for (Map.Entry<String, NodeFiles> node : files.entrySet()) {
            Map<UUID, RunHistory> others = new LinkedHashMap<>();
            files.values().stream()
                    .filter(other -> other != node.getValue())
                    .forEach(other ->
                            others.put(
                                    new UUID(other.nodeId().high(), other.nodeId().low()),
                                    other.runs()));
            Path directory = directory(data, node.getKey());
            try {
                if (!node.getValue().peerRuns().admit(others)) {
                    throw new StartException(
                            new StartFailure.NotInCluster(
                                    directory
                                            + " knows runs of the nodes beside it that are not in their directories:"
                                            + " one of them was put back to an older copy, and has lost what it voted for."));
                }
            } catch (IOException e) {
                throw StartFailures.ofDirectory(directory, e);
            }
        }
    }

    private Genesis newGenesis() {
        List<Genesis.Founder> members = new ArrayList<>();
        files.forEach((zone, node) -> members.add(new Genesis.Founder(zone, zone, node.nodeId())));
        return new Genesis(UUID.randomUUID(), members);
    }

    private static Optional<Genesis> readGenesis(Path directory, NodeFiles node)
            throws StartException {
        try {
            return new DurableFile(node.disk(), GENESIS_FILE).read().map(Genesis::decode);
        } catch (IOException e) {
            throw StartFailures.ofDirectory(directory, e);
        }
    }

    private static void writeGenesis(Path directory, NodeFiles node, Genesis genesis)
            throws StartException {
        try {
            DurableFile file = new DurableFile(node.disk(), GENESIS_FILE);
            if (file.read().isEmpty()) {
                file.replace(genesis.encode());
            }
        } catch (IOException e) {
            throw StartFailures.ofDirectory(directory, e);
        }
    }

    private void startNodes(Genesis genesis, List<ClusterNode> cluster, DataLocation data)
            throws StartException {
        List<LoopThread> threads = LoopThread.forNodesOfOneProcess();
        for (Genesis.Founder member : genesis.members()) {
            LoopThread thread = threads.get(nodes.size() % threads.size());
            NodeFiles own = files.get(member.name());
            if (own == null) {
                throw new IllegalStateException("no directory of " + member.name());
            }
            NodeRuntime.Plan plan =
                    new NodeRuntime.Plan(
                            "node-" + member.name(),
                            member.node(),
                            cluster,
                            SHARDS,
                            Timing.DEFAULT);
            try {
                NodeRuntime node =
                        new NodeRuntime(
                                plan,
                                own,
                                transport,
                                loop -> thread,
                                cause -> nodeFailed(member, cause));
                nodes.add(node);
                transport.add(node);
            } catch (IOException e) {
                throw StartFailures.ofDirectory(directory(data, member.name()), e);
            }
        }
        nodes.forEach(NodeRuntime::start);
    }

    private void nodeFailed(Genesis.Founder member, Throwable cause) {
        NodeId node = member.node();
        transport.remove(node);
        int failed = nodesFailed.incrementAndGet();
        LOG.error(
                "the node of zone {} has stopped; {} of {} go on",
                member.zone(),
                files.size() - failed,
                files.size());
        if (failed == files.size()) {
            stopReason = Optional.of("all nodes have stopped, the last one because of " + cause);
            stopped.countDown();
        }
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
    @SuppressWarnings(
            "NullAway") // A start that failed closes what there is; the fields may not be set yet.
    public synchronized void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (http != null) {
            http.close();
        }
        nodes.forEach(NodeRuntime::close);
        if (nodes.size() < files.size()) {
            files.values().stream().skip(nodes.size()).forEach(EmbeddedCluster::closeQuietly);
        }
        stopped.countDown();
    }

    private static void closeQuietly(NodeFiles files) {
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("closing a data directory failed: {}", e.toString());
        }
    }
}
