package dev.stator.server.http;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
