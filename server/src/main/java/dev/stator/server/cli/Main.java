package dev.stator.server.cli;

import dev.stator.server.runtime.ClusterLauncher;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /** Ends the process with the exit code of the command. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
        StatorCommand command =
                new StatorCommand(new ClusterLauncher(), new Console(System.out, System.err));
        System.exit(command.execute(arguments));
    }
}
