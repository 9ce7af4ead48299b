package dev.stator.server.runtime;

import dev.stator.core.operations.Operations;
import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.routing.Router;
import dev.stator.core.routing.RouterLimits;
import dev.stator.core.routing.RouterPlace;
import dev.stator.core.wire.Envelope;
import dev.stator.model.error.ApiError;
import dev.stator.replication.NodeId;
import dev.stator.server.transport.Transport;
import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the request router of one event loop of HTTP: requests are parsed, routed and answered on
 * one thread.
 */
final class RouterRunner implements Router.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(RouterRunner.class);
    private static final long TICK_MILLIS = 10;

    private final EventLoop loop;
    private final Transport transport;
    private final MonotonicClock clock = new MonotonicClock();
    private final Router router;

    /** Messages for the router; from any thread. */
    private final Queue<Envelope> received = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean receiveScheduled = new AtomicBoolean();
    private final Runnable receive = this::receive;

    private final Runnable flush = this::flush;
    private boolean flushScheduled;

    /** To be made on the event loop or before it runs. */
    RouterRunner(RouterPlace place, Transport transport, EventLoop loop) {
        this.loop = loop;
        this.transport = transport;
        this.router =
                new Router(
                        place,
                        RouterLimits.DEFAULT,
                        ThreadLocalRandom.current().nextLong(),
                        Operations::start,
                        this);
        loop.scheduleAtFixedRate(
                () -> contained(() -> router.tick(clock.nanos())),
                TICK_MILLIS,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /**
     * Lets no mistake end the clock of the router, or the thread's work for other connections. What
     * the router sends leaves at the end of this turn of the event loop, with all else that the
     * turn sends.
     */
    private void contained(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.error("an event of a request router failed: {}", e, e);
        }
        if (!flushScheduled && router.hasUnsent()) {
            flushScheduled = true;
            execute(flush);
        }
    }

    private void flush() {
        flushScheduled = false;
        contained(router::flush);
    }

    private void execute(Runnable event) {
        try {
            loop.execute(event);
        } catch (RejectedExecutionException ended) {
            LOG.debug("a request router has ended with its event loop"); // Nobody waits any more.
        }
    }

    /** A message for this router; from any thread. All that come meanwhile are taken together. */
    void deliver(Envelope envelope) {
        received.add(envelope);
        if (!receiveScheduled.get() && receiveScheduled.compareAndSet(false, true)) {
            execute(receive);
        }
    }

    private void receive() {
        receiveScheduled.set(false);
        long nowNanos = clock.nanos();
        for (Envelope next = received.poll(); next != null; next = received.poll()) {
            Envelope envelope = next;
            contained(() -> router.receive(envelope, nowNanos));
        }
    }

    /** A message of this router will certainly not arrive; from any thread. */
    void undelivered(Envelope envelope) {
        execute(() -> contained(() -> router.undelivered(envelope, clock.nanos())));
    }

    /** The connection to a node was lost; from any thread. */
    void disconnected(NodeId node) {
        execute(() -> contained(() -> router.disconnected(node, clock.nanos())));
    }

    /** Takes the answer to one request, on the router's event loop. */
    interface Reply {
        void answer(ApiResponse response);

        void fail(ApiError error);
    }

    /** Who waits for the answer. */
    private record Waiting(Reply reply) implements Router.Requester {}

    /** Runs a request; to be called on the event loop. */
    void run(ApiRequest request, String accountId, Reply reply) {
        contained(() ->
                router.start(
                        new Waiting(reply),
                        request,
                        accountId,
                        clock.nanos(),
                        System.currentTimeMillis()));
    }

    @Override
    public void send(Envelope envelope) {
        transport.send(envelope);
    }

    @Override
    public void answer(Router.Requester requester, ApiResponse response) {
        reply(requester).answer(response);
    }

    @Override
    public void fail(Router.Requester requester, ApiError error) {
        reply(requester).fail(error);
    }

    private static Reply reply(Router.Requester requester) {
        if (!(requester instanceof Waiting(Reply reply))) {
            throw new IllegalArgumentException("not a requester of this router");
        }
        return reply;
    }
}
