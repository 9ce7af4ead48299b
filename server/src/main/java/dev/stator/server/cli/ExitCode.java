package dev.stator.server.cli;

/**
 * What the process ends with. After a signal it is 128 + the signal's number, as for any process.
 */
enum ExitCode {
    OK(0),
    /** The server stopped by itself, or something unforeseen happened. */
    FAILED(1),
    /** Wrong flags or a wrong configuration file. */
    USAGE(2),
    PORT(3),
    DIRECTORY_IN_USE(4),
    /** The data directory is of another format version, or damaged. */
    DIRECTORY_UNREADABLE(5),
    NO_PERMISSION(6),
    NOT_IN_CLUSTER(7);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
