package dev.stator.server.cli;

import java.io.PrintStream;

/**
 * Where the command speaks: answers to {@code out}, what went wrong to {@code err}, one line at a
 * time.
 */
record Console(PrintStream out, PrintStream err) {

    /** Says what went wrong. */
    ExitCode fail(ExitCode code, String problem) {
        err.println("stator: " + problem);
        err.flush();
        return code;
    }
}
