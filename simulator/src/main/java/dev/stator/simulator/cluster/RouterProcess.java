package dev.stator.simulator.cluster;

import dev.stator.core.operations.Operations;
import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.routing.Router;
import dev.stator.core.routing.RouterLimits;
import dev.stator.core.routing.RouterPlace;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.model.error.ApiError;
import dev.stator.replication.NodeId;
import dev.stator.simulator.engine.Latency;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SplittableRandom;

/** A node's request router, and the clients that are connected to it. */
final class RouterProcess implements Router.Sink {
    static final String ACCOUNT = "000000000000";
    private static final long TICK_NANOS = 5_000_000;

    /** Between a client and its router. */
    private static final Latency CLIENT = Latency.micros(20, 400);

    private final NodeProcess process;
    private final SplittableRandom random;
    private final Router router;

    /** Requests that the router has not ended. */
    private final SequencedSet<ClientCall> open = new LinkedHashSet<>();

    RouterProcess(NodeProcess process) {
        this.process = process;
        this.random = process.node().simulation().split();
        RouterPlace place =
                new RouterPlace(
                        new Address(process.node().id(), Address.Role.ROUTER, 0),
                        process.node().cluster().clusterNodes(),
                        "local",
                        "localhost:8000");
        this.router =
                new Router(place, RouterLimits.DEFAULT, random.nextLong(), Operations::start, this);
    }

    void start() {
        process.after(
                process.node().clock().realNanos(TICK_NANOS),
                () -> {
                    router.tick(process.clockNanos());
                    router.flush();
                    start();
                });
    }

    /** A client sends a request over its connection. */
    void request(ClientCall call, ApiRequest request) {
        open.add(call);
        process.after(
                CLIENT.draw(random),
                () -> {
                    router.start(
                            call,
                            request,
                            ACCOUNT,
                            process.clockNanos(),
                            process.node().wallClockMillis());
                    router.flush();
                });
    }

    void receive(Envelope envelope) {
        router.receive(envelope, process.clockNanos());
        router.flush();
    }

    void undelivered(Envelope envelope) {
        router.undelivered(envelope, process.clockNanos());
        router.flush();
    }

    void disconnected(NodeId node) {
        router.disconnected(node, process.clockNanos());
        router.flush();
    }

    /** The process has ended, and all connections with it. */
    void end() {
        List<ClientCall> lost = new ArrayList<>(open);
        open.clear();
        lost.forEach(call -> process.node().simulation().after(CLIENT.draw(random), call::lost));
    }

    // ---- Router.Sink

    @Override
    public void send(Envelope envelope) {
        process.node().cluster().network().send(envelope);
    }

    @Override
    public void answer(Router.Requester requester, ApiResponse response) {
        ClientCall call = ended(requester);
        process.node().simulation().after(CLIENT.draw(random), () -> call.answered(response));
    }

    @Override
    public void fail(Router.Requester requester, ApiError error) {
        ClientCall call = ended(requester);
        process.node().simulation().after(CLIENT.draw(random), () -> call.failed(error));
    }

    private ClientCall ended(Router.Requester requester) {
        ClientCall call = (ClientCall) requester;
        if (!open.remove(call)) {
            throw new IllegalStateException("a request was ended twice");
        }
        return call;
    }
}
