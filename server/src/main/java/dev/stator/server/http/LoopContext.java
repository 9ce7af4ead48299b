package dev.stator.server.http;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What the connections of one event loop share. Everything but the two identities is the loop's
 * own.
 */
final class LoopContext {
    private final int index;
    private final EventLoop eventLoop;
    private final HttpDate date = new HttpDate();
    private final ResponseHead head = new ResponseHead();
    private final Queue<HttpConnection> unflushed = new ArrayDeque<>();
    private final Runnable flush = this::flush;
    private boolean flushScheduled;
    private final Set<HttpConnection> connections = new LinkedHashSet<>();

    LoopContext(int index, EventLoop eventLoop) {
        this.index = index;
        this.eventLoop = eventLoop;
    }

    int index() {
        return index;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    HttpDate date() {
        return date;
    }

    /** Where the heads of responses are written. */
    ResponseHead head() {
        return head;
    }

    /**
     * The connection has written. It is told to flush at the end of this turn of the event loop,
     * once for all that it has written by then.
     */
    void wrote(HttpConnection connection) {
        unflushed.add(connection);
        if (!flushScheduled) {
            flushScheduled = true;
            eventLoop.execute(flush);
        }
    }

    private void flush() {
        flushScheduled = false;
        for (int left = unflushed.size(); left > 0; left--) {
            unflushed.remove().flush();
        }
    }

    void add(HttpConnection connection) {
        connections.add(connection);
    }

    void remove(HttpConnection connection) {
        connections.remove(connection);
    }

    /** Looks at the timeouts of all connections, from now on until the loop ends. */
    void startTicking(long tickMillis) {
        var _ =
                eventLoop.scheduleAtFixedRate(
                        () -> forEach(connection -> connection.checkTimeouts(System.nanoTime())),
                        tickMillis,
                        tickMillis,
                        TimeUnit.MILLISECONDS);
    }

    /** Does something to every connection, which may end it. */
    void forEach(Consumer<HttpConnection> action) {
        List<HttpConnection> all = new ArrayList<>(connections);
        all.forEach(action);
    }
}
