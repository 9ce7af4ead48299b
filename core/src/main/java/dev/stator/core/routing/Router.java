package dev.stator.core.routing;

import dev.stator.core.operations.OperationContext;
import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.transactions.Transactions;
import dev.stator.core.wire.AdminMessage.AdminAnswer;
import dev.stator.core.wire.AdminMessage.AdminCall;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.Message.PartitionAnswer;
import dev.stator.core.wire.Message.PartitionCall;
import dev.stator.core.wire.MetadataMessage.FindPartition;
import dev.stator.core.wire.MetadataMessage.FindTable;
import dev.stator.core.wire.MetadataMessage.PartitionFound;
import dev.stator.core.wire.MetadataMessage.TableFound;
import dev.stator.model.error.ApiError;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A request router: takes requests of clients, runs their operations, and carries what these ask to
 * the replicas, to MemDS and to auto-admin. It holds nothing but caches and the requests in flight.
 *
 * <p>An exception that an event throws is a mistake of this program. It fails the request whose
 * step it was; the others go on with the next event.
 *
 * <p>Events come in by the methods, effects leave by the {@link Sink}, which is called from within
 * the event and must not call back. Messages leave with {@link #flush}, those of several events
 * together: to wake who receives them costs more than to make them. There is one router for each
 * event loop, owned by its thread. All times are of one clock that does not go back.
 */
public final class Router {
    /** Stands for a waiting client; opaque to the router. */
    public interface Requester {}

    /** Where the effects of a router go. */
    public interface Sink {
        void send(Envelope envelope);

        /** The request succeeded. Each request is answered or fails, once. */
        void answer(Requester requester, ApiResponse response);

        /** The request failed. Each request is answered or fails, once. */
        void fail(Requester requester, ApiError error);
    }

    private final RouterPlace place;
    private final RouterLimits limits;
    private final BiConsumer<ApiRequest, OperationContext> operations;
    private final Sink sink;
    private final RouterCore core;
    private final RoutedTransactions transactionCalls;
    private final Transactions transactions;

    /** In the order of their deadlines. */
    private final Map<Long, RequestRun> runs = new LinkedHashMap<>();

    private long arrivals;

    /**
     * @param seed of the jitter of waits and of call identifiers; another one in each run of the
     *     process
     * @param operations starts an operation; what is wrong with the request from the first it
     *     throws as an ApiException
     */
    public Router(
            RouterPlace place,
            RouterLimits limits,
            long seed,
            BiConsumer<ApiRequest, OperationContext> operations,
            Sink sink) {
        this.place = place;
        this.limits = limits;
        this.operations = operations;
        this.sink = sink;
        this.core = new RouterCore(place, limits, seed);
        this.transactionCalls = new RoutedTransactions(core, limits.deadlineMillis());
        this.transactions = new Transactions(transactionCalls, seed);
    }

    /** A request arrived at the given times. */
    public void start(
            Requester requester,
            ApiRequest request,
            String accountId,
            long nowNanos,
            long wallMillis) {
        core.agenda().begin(nowNanos);
        transactionCalls.clock(wallMillis);
        if (runs.size() >= limits.maxRequests()) {
            sink.fail(requester, Failures.TOO_MANY_REQUESTS);
            return;
        }
        long deadline = core.nowNanos() + TimeUnit.MILLISECONDS.toNanos(limits.deadlineMillis());
        start(
                new RequestRun.Arrival(
                        ++arrivals,
                        requester,
                        request,
                        accountId,
                        new RequestRun.Times(wallMillis, deadline)),
                false);
        core.agenda().finish();
    }

    private void start(RequestRun.Arrival arrival, boolean again) {
        RequestRun run = new RequestRun(this, core, arrival, again);
        runs.put(arrival.number(), run);
        run.step(() -> operations.accept(arrival.request(), run));
    }

    /** A message for this router arrived. */
    public void receive(Envelope envelope, long nowNanos) {
        core.agenda().begin(nowNanos);
        NodeId from = envelope.from().node();
        switch (envelope.message()) {
            case PartitionAnswer(long callId, var response) -> {
                if (core.endAttempt(callId).orElse(null) instanceof RoutedCall call) {
                    call.answered(from, response);
                }
            }
            case AdminAnswer(long callId, var response) -> {
                if (core.endAttempt(callId).orElse(null) instanceof ControlPlaneCall call) {
                    call.answered(from, response);
                }
            }
            case TableFound answer -> core.directory().receive(from, answer);
            case PartitionFound answer -> core.directory().receive(from, answer);
            case Message other -> throw new IllegalArgumentException("not for a router: " + other);
        }
        core.agenda().finish();
    }

    /** A message of this router certainly did not arrive, and will not. */
    public void undelivered(Envelope envelope, long nowNanos) {
        core.agenda().begin(nowNanos);
        switch (envelope.message()) {
            case PartitionCall call -> core.lost(call.callId());
            case AdminCall call -> core.lost(call.callId());
            case FindTable ask -> core.lost(ask.callId());
            case FindPartition ask -> core.lost(ask.callId());
            case Message other -> throw new IllegalArgumentException("not of a router: " + other);
        }
        core.agenda().finish();
    }

    /** What was sent to the node and is not answered may have arrived, but nothing will come. */
    public void disconnected(NodeId node, long nowNanos) {
        core.agenda().begin(nowNanos);
        core.disconnected(node);
        core.agenda().finish();
    }

    /** Time passed. To be called often: waits and deadlines are as exact as the ticks. */
    public void tick(long nowNanos) {
        core.agenda().begin(nowNanos);
        core.expireAttempts();
        core.agenda().finish();
        List<RequestRun> late = new ArrayList<>();
        for (RequestRun run : runs.values()) {
            if (run.arrival().times().deadlineNanos() - core.nowNanos() > 0) {
                break;
            }
            late.add(run);
        }
        late.forEach(RequestRun::expire);
        transactions.tick();
        core.agenda().finish();
    }

    /** Whether {@link #flush} has anything to do. */
    public boolean hasUnsent() {
        return core.hasUnsent();
    }

    /**
     * Sends what follows from the events so far. To be called soon after an event, not after each.
     */
    public void flush() {
        core.flush(sink::send);
    }

    /** Requests that are not answered yet. */
    public int requestsInFlight() {
        return runs.size();
    }

    RouterPlace place() {
        return place;
    }

    Transactions transactions() {
        return transactions;
    }

    Sink sink() {
        return sink;
    }

    void ended(RequestRun run) {
        runs.remove(run.arrival().number());
    }

    /** The run is abandoned, and another one takes its place. */
    void startAgain(RequestRun run) {
        core.agenda().next(() -> start(run.arrival(), true));
    }
}
