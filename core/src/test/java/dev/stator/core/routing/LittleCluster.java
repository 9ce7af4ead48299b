package dev.stator.core.routing;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.metadata.MemDs;
import dev.stator.core.metadata.SampleTables;
import dev.stator.core.operations.OperationContext;
import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.operations.api.DescribeLimitsRequest;
import dev.stator.core.operations.api.DescribeLimitsResponse;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.AdminMessage.AdminAnswer;
import dev.stator.core.wire.AdminMessage.AdminCall;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.Message.PartitionAnswer;
import dev.stator.core.wire.Message.PartitionCall;
import dev.stator.core.wire.MetadataMessage;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PushRoutes;
import dev.stator.core.wire.MetadataMessage.PushTables;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.core.wire.MetadataMessage.TableSlice;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.error.ApiError;
import dev.stator.replication.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One router on node A, real MemDS nodes, and storage nodes and auto-admins that answer as a test
 * scripts them. Messages arrive at once and in order, unless their node is cut off.
 */
final class LittleCluster {
    static final ApiResponse DONE = new DescribeLimitsResponse(1, 1, 1, 1);
    static final long WALL_MILLIS = 1_700_000_000_000L;
    private static final int TICK_MILLIS = 5;

    /** What a replica answers; null for no answer at all. */
    interface Replica extends BiFunction<NodeId, PartitionCall, @Nullable PartitionResponse> {}

    /** What an auto-admin answers; null for no answer at all. */
    interface Admin extends BiFunction<NodeId, AdminRequest, @Nullable AdminResponse> {}

    /** How a request ended. */
    sealed interface End {
        record Answered(ApiResponse response) implements End {}

        record Failed(ApiError error) implements End {}
    }

    /** A client that waits for the end of its request. */
    static final class Client implements Router.Requester {
        private @Nullable End end;

        /** Null as long as the request runs. */
        @Nullable End end() {
            return end;
        }

        ApiError error() {
            if (end instanceof End.Failed(ApiError error)) {
                return error;
            }
            throw new AssertionError("did not fail: " + end);
        }
    }

    final Map<NodeId, MemDs> memDs = new TreeMap<>();

    /** Everything that the router sent, in order. */
    final List<Envelope> sent = new ArrayList<>();

    /** Messages to these are lost, and nobody says so. */
    final TreeSet<NodeId> silent = new TreeSet<>();

    /** Messages to these come back as undelivered. */
    final TreeSet<NodeId> refusing = new TreeSet<>();

    /** MemDS nodes that do not answer, on nodes that do. */
    final TreeSet<NodeId> silentMemDs = new TreeSet<>();

    Replica replica = (node, call) -> new PartitionResponse.NotHere();
    Admin admin = (node, request) -> new AdminResponse.NotLeader(Optional.empty());

    private final IdentityHashMap<ApiRequest, Consumer<OperationContext>> scripts =
            new IdentityHashMap<>();
    private final Deque<Runnable> network = new ArrayDeque<>();
    private final Router router;
    private long nowMillis = -1_000;
    private long pushes;

    LittleCluster() {
        this(RouterLimits.DEFAULT);
    }

    LittleCluster(RouterLimits limits) {
        for (ClusterNode node : SampleTables.NODES) {
            startMemDs(node.node());
        }
        router =
                new Router(
                        new RouterPlace(
                                new Address(SampleTables.NODE_A, Address.Role.ROUTER, 3),
                                SampleTables.NODES,
                                "local",
                                "localhost:8000"),
                        limits,
                        42,
                        (request, context) -> scriptOf(request).accept(context),
                        new Effects());
    }

    /** A MemDS node that knows nothing yet, in the place of one that did. */
    void startMemDs(NodeId node) {
        memDs.put(
                node,
                new MemDs(
                        Address.memDs(node),
                        answer -> {
                            if (answer.to().role() == Address.Role.ROUTER) {
                                network.add(() -> routerReceives(answer));
                            }
                        }));
    }

    private void routerReceives(Envelope answer) {
        router.receive(answer, nowNanos());
    }

    private Consumer<OperationContext> scriptOf(ApiRequest request) {
        Consumer<OperationContext> script = scripts.get(request);
        if (script == null) {
            throw new AssertionError("not a request of this test: " + request);
        }
        return script;
    }

    private final class Effects implements Router.Sink {
        @Override
        public void send(Envelope envelope) {
            sent.add(envelope);
            network.add(() -> deliver(envelope));
        }

        @Override
        public void answer(Router.Requester requester, ApiResponse response) {
            end(requester, new End.Answered(response));
        }

        @Override
        public void fail(Router.Requester requester, ApiError error) {
            end(requester, new End.Failed(error));
        }

        private void end(Router.Requester requester, End end) {
            Client client = (Client) requester;
            if (client.end != null) {
                throw new AssertionError("ended twice: " + client.end + ", then " + end);
            }
            client.end = end;
        }
    }

    private void deliver(Envelope envelope) {
        NodeId node = envelope.to().node();
        if (refusing.contains(node)) {
            router.undelivered(envelope, nowNanos());
        } else if (!silent.contains(node)) {
            arrive(node, envelope);
        }
    }

    private void arrive(NodeId node, Envelope envelope) {
        switch (envelope.message()) {
            case MetadataMessage _ -> {
                if (!silentMemDs.contains(node)) {
                    memDsOf(node).receive(envelope);
                }
            }
            case PartitionCall call -> {
                PartitionResponse response = replica.apply(node, call);
                if (response != null) {
                    reply(envelope, new PartitionAnswer(call.callId(), response));
                }
            }
            case AdminCall(long callId, AdminRequest request) -> {
                AdminResponse response = admin.apply(node, request);
                if (response != null) {
                    reply(envelope, new AdminAnswer(callId, response));
                }
            }
            case Message other -> throw new AssertionError("unexpected: " + other);
        }
    }

    void reply(Envelope question, Message answer) {
        Envelope reply = new Envelope(question.to(), question.from(), answer);
        network.add(() -> routerReceives(reply));
    }

    private MemDs memDsOf(NodeId node) {
        MemDs found = memDs.get(node);
        if (found == null) {
            throw new AssertionError("no such node: " + node);
        }
        return found;
    }

    long nowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(nowMillis);
    }

    /** Delivers all that is under way. */
    void settle() {
        router.flush();
        while (!network.isEmpty()) {
            network.remove().run();
            router.flush();
        }
    }

    void advance(int millis) {
        for (int passed = 0; passed < millis; passed += TICK_MILLIS) {
            nowMillis += TICK_MILLIS;
            router.tick(nowNanos());
            settle();
        }
    }

    void disconnect(NodeId node) {
        router.disconnected(node, nowNanos());
        settle();
    }

    int requestsInFlight() {
        return router.requestsInFlight();
    }

    /** Tells all MemDS nodes that these are all tables. */
    void tables(TableEntry... tables) {
        memDs.keySet().forEach(node -> tables(node, tables));
    }

    void tables(NodeId node, TableEntry... tables) {
        TableSlice all = new TableSlice(TableSlice.START, TableSlice.END, List.of(tables));
        tell(node, new PushTables(++pushes, 1, List.of(), List.of(), all));
    }

    void routes(GroupRoute... routes) {
        memDs.keySet().forEach(node -> tell(node, new PushRoutes(List.of(routes))));
    }

    private void tell(NodeId node, MetadataMessage message) {
        memDsOf(node).receive(new Envelope(Address.admin(node), Address.memDs(node), message));
    }

    /** Starts a request whose operation is the given one, and lets it go as far as it can. */
    Client start(Consumer<OperationContext> operation) {
        Client client = startOnly(operation);
        settle();
        return client;
    }

    /** Starts a request; nothing leaves the router yet. */
    Client startOnly(Consumer<OperationContext> operation) {
        Client client = new Client();
        ApiRequest request = new DescribeLimitsRequest();
        scripts.put(request, operation);
        router.start(client, request, SampleTables.ACCOUNT, nowNanos(), WALL_MILLIS);
        return client;
    }

    /** How many messages to MemDS nodes the router has sent. */
    long asks() {
        return sent.stream().filter(envelope -> isOf(envelope, Address.Role.MEMDS)).count();
    }

    /** The nodes whose replicas were called, in order. */
    List<NodeId> called() {
        return sent.stream()
                .filter(envelope -> isOf(envelope, Address.Role.STORAGE))
                .map(envelope -> envelope.to().node())
                .toList();
    }

    private static boolean isOf(Envelope envelope, Address.Role role) {
        return envelope.to().role() == role;
    }
}
