package dev.stator.server.runtime;

import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.server.config.ClusterNode;
import dev.stator.server.config.NodeConfig;
import dev.stator.server.formation.FormationProtocol;
import dev.stator.server.formation.Genesis;
import dev.stator.server.formation.Hello;
import dev.stator.server.launch.StartException;
import dev.stator.server.launch.StartFailure;
import dev.stator.server.rpc.HelloSender;
import dev.stator.server.rpc.RpcServer;
import dev.stator.storage.disk.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the formation of a cluster for one node. The thread that starts the node runs it until the
 * node belongs to a cluster; from then on {@link #answerLater} only answers those that still ask.
 */
final class ClusterFormation {
    static final String GENESIS_FILE = "cluster";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterFormation.class);
    private static final long TICK_MILLIS = 200;
    private static final long PATIENCE_MILLIS = 10_000;

    /**
     * Hellos that wait to be taken; beyond it they are dropped, and sent again by those who want an
     * answer.
     */
    private static final int HELLOS_MAX = 256;

    private final NodeConfig config;
    private final DurableFile file;
    private final FormationProtocol protocol;
    private final HelloSender sender;
    private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    private final BlockingQueue<byte[]> hellos = new LinkedBlockingQueue<>(HELLOS_MAX);
    private Optional<Genesis> toPersist = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    ClusterFormation(NodeConfig config, NodeFiles files, HelloSender sender) throws IOException {
        this.config = config;
        this.sender = sender;
        this.file = new DurableFile(files.disk(), GENESIS_FILE);
        Map<String, String> zones = new LinkedHashMap<>();
        StringBuilder list = new StringBuilder();
        for (ClusterNode node : config.nodes()) {
            zones.put(node.name(), node.zone());
            addresses.put(node.name(), node.rpc().resolve());
            list.append(list.isEmpty() ? "" : ", ")
                    .append(node.name())
                    .append(" (zone ")
                    .append(node.zone())
                    .append(") at ")
                    .append(node.rpc());
        }
        this.protocol =
                new FormationProtocol(
                        new FormationProtocol.Place(
                                config.name(), files.nodeId(), zones, list.toString()),
                        file.read().map(Genesis::decode),
                        UUID.randomUUID(),
                        new Port());
    }

    private final class Port implements FormationProtocol.Port {
        @Override
        public void send(String name, Hello hello) {
            InetSocketAddress address = addresses.get(name);
            if (address != null) {
                sender.send(address, hello.encode());
            }
        }

        @Override
        public void persist(Genesis genesis) {
            toPersist = Optional.of(genesis);
        }

        @Override
        public void refused(String reason) {
            refusal = Optional.of(reason);
        }
    }

    /** Waits, without bound, until this node belongs to a cluster. */
    Genesis await(RpcServer server) throws StartException, IOException, InterruptedException {
        server.onHello(hellos::offer);
        long toldAt = System.nanoTime();
        while (protocol.formed().isEmpty()) {
            protocol.onTick();
            take(hellos.poll(TICK_MILLIS, TimeUnit.MILLISECONDS));
            if (refusal.isPresent()) {
                throw new StartException(new StartFailure.NotInCluster(refusal.get()));
            }
            if (System.nanoTime() - toldAt > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                toldAt = System.nanoTime();
                LOG.info("waiting for all of {} to form a cluster", addresses.keySet());
            }
        }
        return protocol.formed().orElseThrow();
    }

    private void take(byte @Nullable [] hello) throws IOException {
        if (hello != null) {
            try {
                protocol.onHello(Hello.decode(hello));
            } catch (MalformedEncodingException e) {
                LOG.warn("a hello that cannot be read: {}", e.getMessage());
            }
        }
        if (toPersist.isPresent()) {
            Genesis genesis = toPersist.get();
            toPersist = Optional.empty();
            file.replace(genesis.encode());
            protocol.onPersisted(genesis);
            LOG.info("node {} belongs to cluster {}", config.name(), genesis.clusterId());
        }
    }

    /**
     * Goes on answering hellos, on a thread of its own, for nodes that did not hear that the
     * cluster is formed.
     */
    Thread answerLater() {
        return Thread.ofPlatform()
                .daemon()
                .name("formation")
                .start(() -> {
                    try {
                        while (true) {
                            take(hellos.take());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
