package dev.stator.tools.cli;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /** Ends the process with the exit code of the command. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
        System.exit(new ToolsCommand(System.out, System.err).execute(arguments));
    }
}
