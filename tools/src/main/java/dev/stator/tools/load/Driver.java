package dev.stator.tools.load;

import dev.stator.tools.client.Answer;
import dev.stator.tools.client.ApiConnection;
import dev.stator.tools.client.ClientLoop;
import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.Endpoint;
import dev.stator.tools.client.RequestSigner;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Drives one endpoint from one thread over its connections. All but the public methods runs on the
 * thread of the loop.
 *
 * <p>A slice runs until its time is over or its source has no more; no request is sent after that,
 * and it ends when the last answer is there or its time-out has passed. One slice at a time.
 */
public final class Driver {
    private static final int TICK_MILLIS = 50;
    private static final int RECONNECT_MILLIS = 100;

    private final ClientLoop loop;
    private final InetSocketAddress address;
    private final RequestSigner signer;
    private final Settings settings;
    private final AnswerCheck check = new AnswerCheck();
    private final List<Slot> slots = new ArrayList<>();
    private final ArrayDeque<Slot> idle = new ArrayDeque<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private @Nullable Run running;
    private boolean closing;

    /** How many connections, and after how long a request is given up. */
    public record Settings(int connections, int timeoutMillis) {}

    /**
     * A stretch of load.
     *
     * @param durationNanos {@code Long.MAX_VALUE} for no end but the source's
     * @param answers counts answers while the slice runs
     */
    public record Slice(RequestSource source, Pace pace, long durationNanos, AtomicLong answers) {}

    public Driver(ClientLoop loop, Endpoint endpoint, Credentials credentials, Settings settings)
            throws UnknownHostException {
        this.loop = loop;
        this.address = endpoint.address();
        this.signer = new RequestSigner(credentials, endpoint.host(), InstantSource.system());
        this.settings = settings;
    }

    /** Opens the connections; done when all are open, and failed when one cannot be opened. */
    public CompletableFuture<Void> connect() {
        loop.thread()
                .execute(() -> {
                    for (int i = 0; i < settings.connections(); i++) {
                        Slot slot = new Slot();
                        slots.add(slot);
                        loop.connect(address, slot);
                    }
                });
        return connected;
    }

    /** Runs a slice and tells what came of it. */
    public CompletableFuture<Tally> run(Slice slice) {
        CompletableFuture<Tally> result = new CompletableFuture<>();
        loop.thread()
                .execute(() -> {
                    Run run = new Run(slice, result);
                    running = run;
                    run.tick();
                    run.pump();
                });
        return result;
    }

    /** Closes the connections. */
    public void close() {
        loop.thread()
                .execute(() -> {
                    closing = true;
                    slots.forEach(Slot::close);
                });
    }

    /** The state of a slice. */
    private final class Run {
        private final Slice slice;
        private final CompletableFuture<Tally> result;
        private final Tally tally = new Tally();
        private final long startNanos = System.nanoTime();
        private long sent;
        private int underWay;
        private long lastAnswerNanos;
        private long alarmNanos = Long.MAX_VALUE;
        private boolean issuing = true;

        Run(Slice slice, CompletableFuture<Tally> result) {
            this.slice = slice;
            this.result = result;
        }

        /** Since the start. */
        private long nowNanos() {
            return System.nanoTime() - startNanos;
        }

        /** Sends what is due. */
        void pump() {
            while (issuing && !idle.isEmpty()) {
                long now = nowNanos();
                if (now >= slice.durationNanos() || !slice.source().hasNext()) {
                    stopIssuing(now);
                    break;
                }
                long due = slice.pace().dueNanos(sent, now);
                if (due > now) {
                    wakeAt(due, now);
                    break;
                }
                slice.source().next();
                sent++;
                underWay++;
                idle.remove().send(this, due);
            }
            if (!issuing && underWay == 0 && running == this) {
                running = null;
                tally.elapsed(lastAnswerNanos);
                result.complete(tally);
            }
        }

        private void wakeAt(long dueNanos, long nowNanos) {
            if (dueNanos < alarmNanos) {
                alarmNanos = dueNanos;
                loop.thread()
                        .schedule(
                                () -> {
                                    alarmNanos = Long.MAX_VALUE;
                                    pump();
                                },
                                dueNanos - nowNanos,
                                TimeUnit.NANOSECONDS);
            }
        }

        /** Requests that were due and found no connection free have had no answer. */
        private void stopIssuing(long nowNanos) {
            issuing = false;
            if (slice.source().hasNext() && slice.durationNanos() < Long.MAX_VALUE) {
                long due = slice.pace().dueBefore(slice.durationNanos(), sent);
                for (long number = sent; number < due; number++) {
                    slice.source().next();
                    long waited = nowNanos - slice.pace().dueNanos(number, nowNanos);
                    tally.unanswered(slice.source().operation(), "NotSentInTime", waited);
                }
            }
        }

        /** Gives up requests whose time is over, and ends the slice where nothing else does. */
        void tick() {
            if (running != this) {
                return;
            }
            long now = nowNanos();
            for (Slot slot : slots) {
                slot.expire(now);
            }
            if (issuing && now >= slice.durationNanos()) {
                stopIssuing(now);
            }
            pump();
            loop.thread().schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }

        void finished() {
            underWay--;
            lastAnswerNanos = nowNanos();
            slice.answers().lazySet(slice.answers().get() + 1);
        }
    }

    /** A place for a connection, which is opened again when it is lost. */
    private final class Slot implements ApiConnection.Owner {
        private @Nullable ApiConnection connection;
        private @Nullable Run run;
        private Operation operation = Operation.PUT;
        private long key;
        private long dueNanos;
        private long sentNanos;

        void send(Run sender, long due) {
            RequestSource source = sender.slice.source();
            ApiConnection open = connection;
            if (open == null) {
                throw new IllegalStateException("an idle slot has a connection");
            }
            run = sender;
            operation = source.operation();
            key = source.key();
            dueNanos = due;
            sentNanos = sender.nowNanos();
            open.send(signer, operation.apiName(), source.body(), source.bodyLength());
        }

        @Override
        public void idle(ApiConnection open) {
            connection = open;
            if (closing) {
                open.close();
                return;
            }
            idle.add(this);
            if (idle.size() == settings.connections()) {
                connected.complete(null);
            }
            if (running != null) {
                running.pump();
            }
        }

        @Override
        public void answered(ApiConnection open, Answer answer) {
            Run answered = run;
            run = null;
            if (answered != null) {
                String error = check.errorOf(operation, key, answer);
                answered.finished();
                if (error == null) {
                    answered.tally.success(operation, answered.lastAnswerNanos - dueNanos);
                } else {
                    answered.tally.error(error);
                }
            }
        }

        @Override
        public void failed(ApiConnection open, String errorType) {
            Run failed = run;
            run = null;
            if (failed != null) {
                failed.finished();
                failed.tally.unanswered(operation, errorType, failed.lastAnswerNanos - dueNanos);
                failed.pump();
            }
        }

        @Override
        public void closed(ApiConnection lost) {
            boolean neverOpen = connection == null;
            connection = null;
            idle.remove(this);
            if (closing) {
                return;
            }
            connected.completeExceptionally(new ConnectException());
            if (neverOpen && running != null) {
                running.tally.error("CannotConnect");
            }
            loop.thread()
                    .schedule(
                            () -> loop.connect(address, this),
                            RECONNECT_MILLIS,
                            TimeUnit.MILLISECONDS);
        }

        void expire(long now) {
            ApiConnection open = connection;
            if (run != null
                    && open != null
                    && now - sentNanos > TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis())) {
                open.abandon("TimeOut");
            }
        }

        void close() {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
