package dev.stator.server.runtime;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.routing.RouterPlace;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.model.error.ApiError;
import dev.stator.replication.NodeId;
import dev.stator.server.auth.CallerIdentity;
import dev.stator.server.http.ApiCall;
import dev.stator.server.http.ApiHandler;
import dev.stator.server.transport.Transport;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The request routers of this process: one for each event loop of HTTP. */
final class Routers implements ApiHandler, LocalTransport.RouterSide {
    /** The instance of the router that asks whether there is somebody to ask. */
    private static final int PROBE = -1;

    private final NodeId node;
    private final List<ClusterNode> cluster;
    private final Service service;
    private final Transport transport;
    private final Map<Integer, RouterRunner> byInstance = new ConcurrentHashMap<>();

    /**
     * What clients are told of the service.
     *
     * @param endpoint to use
     */
    record Service(String region, String endpoint) {}

    /**
     * @param node whose zone the routers are in
     */
    Routers(NodeId node, List<ClusterNode> cluster, Service service, Transport transport) {
        this.node = node;
        this.cluster = cluster;
        this.service = service;
        this.transport = transport;
    }

    @Override
    public void handle(ApiCall call) {
        RouterRunner router =
                byInstance.computeIfAbsent(
                        call.eventLoopIndex(), instance -> create(instance, call.eventLoop()));
        router.run(
                call.request(),
                call.caller().accountId(),
                new RouterRunner.Reply() {
                    @Override
                    public void answer(ApiResponse response) {
                        call.answer(response);
                    }

                    @Override
                    public void fail(ApiError error) {
                        call.fail(error);
                    }
                });
    }

    private RouterRunner create(int instance, EventLoop loop) {
        RouterPlace place =
                new RouterPlace(
                        new Address(node, Address.Role.ROUTER, instance),
                        cluster,
                        service.region(),
                        service.endpoint());
        return new RouterRunner(place, transport, loop);
    }

    /**
     * Asks for a list of tables until there is one: then the system group has a leader and the
     * control plane has read its tables. The router bounds each attempt.
     */
    void awaitReadiness() throws InterruptedException {
        DefaultEventLoop loop = new DefaultEventLoop();
        try {
            RouterRunner probe =
                    byInstance.computeIfAbsent(PROBE, instance -> create(instance, loop));
            boolean answered = false;
            while (!answered) {
                answered = ask(probe, loop);
            }
        } finally {
            byInstance.remove(PROBE);
            loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean ask(RouterRunner probe, EventLoop loop) throws InterruptedException {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        RouterRunner.Reply reply =
                new RouterRunner.Reply() {
                    @Override
                    public void answer(ApiResponse response) {
                        answered.complete(true);
                    }

                    @Override
                    public void fail(ApiError error) {
                        answered.complete(false);
                    }
                };
        loop.execute(() ->
                probe.run(
                        new ListTablesRequest(Optional.empty(), 1),
                        CallerIdentity.ANY_ACCOUNT_ID,
                        reply));
        try {
            return answered.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A message for one of them; from any thread. */
    @Override
    public void deliver(Envelope envelope) {
        RouterRunner router = byInstance.get(envelope.to().instance());
        if (router != null && envelope.message().isFor(Address.Role.ROUTER)) {
            router.deliver(envelope);
        }
    }

    /** A message of one of them will certainly not arrive; from any thread. */
    @Override
    public void undelivered(Envelope envelope) {
        RouterRunner router = byInstance.get(envelope.from().instance());
        if (envelope.from().role() == Address.Role.ROUTER && router != null) {
            router.undelivered(envelope);
        }
    }

    /** The connection to a node was lost; from any thread. */
    @Override
    public void disconnected(NodeId lost) {
        byInstance.values().forEach(router -> router.disconnected(lost));
    }
}
