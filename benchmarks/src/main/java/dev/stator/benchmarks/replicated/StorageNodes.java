package dev.stator.benchmarks.replicated;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message.HostReplica;
import dev.stator.core.wire.Message.PartitionAnswer;
import dev.stator.core.wire.Message.PartitionCall;
import dev.stator.core.wire.MetadataMessage;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import dev.stator.replication.Timing;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.runtime.LocalTransport;
import dev.stator.server.runtime.LoopThread;
import dev.stator.server.runtime.NodeFiles;
import dev.stator.server.runtime.NodeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Three storage nodes as the embedded cluster has them (threads, WAL, RocksDB, transport in the
 * process), with one table of so many partitions. The calls are those of a request router, without
 * its work; the control plane is there, idle, and is not told of the table, which it does not know.
 */
final class StorageNodes implements Contender, LocalTransport.RouterSide {
    private static final long TABLE = 1;
    private static final long FIRST_GROUP = 1_000;
    private static final long RETRY_MILLIS = 5;
    private static final long READY_SECONDS_MAX = 60;

    private final Load load;
    private final Outcomes outcomes;
    private final LocalTransport transport = new LocalTransport();
    private final List<NodeFiles> files = new ArrayList<>();
    private final List<NodeRuntime> nodes = new ArrayList<>();
    private final List<Throwable> nodeFailures = Collections.synchronizedList(new ArrayList<>());
    private final Executor later =
            CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    private final Address self;
    private final int[] partitionOfItem;

    /** Where the partition's leader was last. */
    private final AtomicReferenceArray<NodeId> leaders;

    /** The item that a writer is writing; a call's number is that of its writer. */
    private final int[] itemOfWriter;

    /** One call for each partition before the writers begin; numbered behind those of writers. */
    private final CountDownLatch ready;

    StorageNodes(Path directory, int partitions, Load load, Outcomes outcomes)
            throws IOException, InterruptedException {
        this.load = load;
        this.outcomes = outcomes;
        this.itemOfWriter = new int[load.writers()];
        this.leaders = new AtomicReferenceArray<>(partitions);
        this.ready = new CountDownLatch(partitions);
        List<KeyRange> ranges = KeyRange.splitEvenly(partitions);
        this.partitionOfItem = new int[load.itemCount()];
        for (int i = 0; i < partitionOfItem.length; i++) {
            partitionOfItem[i] = partitionOf(ranges, load.key(i));
        }
        for (String zone : EmbeddedConfig.ZONES) {
            files.add(NodeFiles.open(directory.resolve(zone)));
        }
        this.self = new Address(files.getFirst().nodeId(), Address.Role.ROUTER, 0);
        transport.routeRoutersTo(this);
        startNodes();
        host(ranges);
        awaitLeaders(ranges);
    }

    private static int partitionOf(List<KeyRange> ranges, PlacementKey key) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(key)) {
                return i;
            }
        }
        throw new IllegalStateException("in no partition: " + key);
    }

    private void startNodes() throws IOException {
        List<ClusterNode> cluster = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            cluster.add(new ClusterNode(files.get(i).nodeId(), EmbeddedConfig.ZONES.get(i)));
        }
        List<LoopThread> threads = LoopThread.forNodesOfOneProcess();
        for (int i = 0; i < files.size(); i++) {
            LoopThread thread = threads.get(i % threads.size());
            NodeRuntime node =
                    new NodeRuntime(
                            new NodeRuntime.Plan(
                                    "node-" + EmbeddedConfig.ZONES.get(i),
                                    files.get(i).nodeId(),
                                    cluster,
                                    1,
                                    Timing.DEFAULT),
                            files.get(i),
                            this::send,
                            loop -> thread,
                            nodeFailures::add);
            nodes.add(node);
            transport.add(node);
        }
        nodes.forEach(NodeRuntime::start);
    }

    /** Auto-admin would drop the replicas of a table that it does not know. */
    private void send(Envelope envelope) {
        if (!(envelope.message() instanceof MetadataMessage.ReplicasHeld)) {
            transport.send(envelope);
        }
    }

    /** Leaders are spread over the nodes, as the control plane does. */
    private void host(List<KeyRange> ranges) {
        for (int i = 0; i < ranges.size(); i++) {
            List<Member> members = new ArrayList<>();
            for (int j = 0; j < nodes.size(); j++) {
                NodeId node = nodes.get((i + j) % nodes.size()).nodeId();
                members.add(new Member(node, Member.Role.STORAGE));
            }
            leaders.set(i, members.getFirst().node());
            ReplicaDescriptor descriptor =
                    new ReplicaDescriptor(group(i), TABLE, ranges.get(i), members);
            for (Member member : members) {
                transport.send(
                        new Envelope(
                                self,
                                Address.storage(member.node()),
                                new HostReplica(0, descriptor)));
            }
        }
    }

    private static GroupId group(int partition) {
        return new GroupId(FIRST_GROUP + partition);
    }

    private void awaitLeaders(List<KeyRange> ranges) throws IOException, InterruptedException {
        for (int i = 0; i < ranges.size(); i++) {
            call(load.writers() + i);
        }
        if (!ready.await(READY_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IOException(ready.getCount() + " partitions have no leader");
        }
    }

    @Override
    public void write(int writer, int item) {
        itemOfWriter[writer] = item;
        call(writer);
    }

    private void call(int caller) {
        boolean probing = caller >= load.writers();
        int item = probing ? 0 : itemOfWriter[caller];
        int partition = probing ? caller - load.writers() : partitionOfItem[item];
        PartitionRequest request = probing ? probe(partition) : put(load.key(item), item);
        transport.send(
                new Envelope(
                        self,
                        Address.storage(leaders.get(partition)),
                        new PartitionCall(caller, group(partition), request)));
    }

    private PartitionRequest put(PlacementKey key, int item) {
        return new PartitionRequest.Write(
                key,
                new PartitionRequest.Change.Put(load.item(item)),
                Optional.empty(),
                false,
                false,
                false);
    }

    private PartitionRequest probe(int partition) {
        PlacementKey first = KeyRange.segment(partition, leaders.length()).from();
        return new PartitionRequest.Get(first, true, Optional.empty());
    }

    // ---- Answers, from the nodes' threads

    @Override
    public void deliver(Envelope envelope) {
        if (envelope.message() instanceof PartitionAnswer(long callId, var response)) {
            answered((int) callId, response);
        }
    }

    private void answered(int caller, PartitionResponse response) {
        switch (response) {
            case PartitionResponse.Written _ -> outcomes.acknowledged(caller);
            case PartitionResponse.Got _ -> ready.countDown();
            case PartitionResponse.NotLeader(Optional<NodeId> leader) -> {
                leader.ifPresent(node -> leaders.set(partition(caller), node));
                later.execute(() -> call(caller));
            }
            case PartitionResponse.NotHere _, PartitionResponse.Unavailable _ ->
                    later.execute(() -> call(caller));
            default -> outcomes.failed(caller, response.getClass().getSimpleName());
        }
    }

    private int partition(int caller) {
        return caller >= load.writers()
                ? caller - load.writers()
                : partitionOfItem[itemOfWriter[caller]];
    }

    @Override
    public void undelivered(Envelope envelope) {
        if (envelope.message() instanceof PartitionCall call && call.callId() < load.writers()) {
            outcomes.failed((int) call.callId(), "undelivered");
        }
    }

    /** Nodes stop here only when all is over, or by a failure that ends the measurement. */
    @Override
    public void disconnected(NodeId node) {}

    @Override
    public void close() throws IOException {
        nodes.forEach(NodeRuntime::close);
        if (!nodeFailures.isEmpty()) {
            throw new IOException("a node has stopped", nodeFailures.getFirst());
        }
    }
}
