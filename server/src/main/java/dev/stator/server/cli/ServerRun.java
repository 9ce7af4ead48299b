package dev.stator.server.cli;

import dev.stator.server.launch.RunningServer;
import dev.stator.server.launch.StartException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The life of a server inside of the command: started, announced, and stopped by a signal or by
 * itself.
 *
 * <p>A signal (Ctrl-C, SIGTERM) makes the virtual machine run its shutdown hooks; ours closes the
 * server, and the process ends when it has stopped.
 */
final class ServerRun {
    private ServerRun() {}

    /** Starts a server, or says why it cannot. */
    interface Start {
        RunningServer start() throws StartException, InterruptedException;
    }

    static ExitCode run(Start start, Consumer<RunningServer> announce, Console console)
            throws StartException, InterruptedException {
        Thread starter = Thread.currentThread();
        Thread interrupter = new Thread(starter::interrupt, "stop-starting");
        Runtime.getRuntime().addShutdownHook(interrupter);
        try (RunningServer server = start.start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            Runtime.getRuntime().removeShutdownHook(interrupter);
            announce.accept(server);
            console.out().flush();
            Optional<String> reason = server.awaitStop();
            return reason.map(line -> console.fail(ExitCode.FAILED, line)).orElse(ExitCode.OK);
        }
    }
}
