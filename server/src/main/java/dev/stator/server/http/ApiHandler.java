package dev.stator.server.http;

/** What answers requests. */
@FunctionalInterface
public interface ApiHandler {
    /**
     * Takes a request over. Called by the event loop of the connection, so it must not block; the
     * call is answered once, now or later, by any thread.
     */
    void handle(ApiCall call);
}
