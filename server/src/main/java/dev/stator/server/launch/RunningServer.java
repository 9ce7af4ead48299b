package dev.stator.server.launch;

import java.net.InetSocketAddress;
import java.util.Optional;

/** A server that was started. May be used by any thread. */
public interface RunningServer extends AutoCloseable {

    /** Where it answers clients, with the port that was chosen where the configuration said 0. */
    InetSocketAddress httpAddress();

    /**
     * Waits until the server has stopped.
     *
     * @return why, in one line, where it stopped by itself; empty after {@link #close}
     */
    Optional<String> awaitStop() throws InterruptedException;

    /**
     * Stops the server in good order and returns when it has stopped. A second call changes
     * nothing, and returns no earlier: the process ends when its last shutdown hook returns.
     */
    @Override
    void close();
}
