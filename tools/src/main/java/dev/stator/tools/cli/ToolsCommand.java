package dev.stator.tools.cli;

import dev.stator.tools.load.BenchException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The subcommands of {@code stator} that are clients or measure the machine. They are this module's
 * program; the launcher sends them here by name.
 */
public final class ToolsCommand {
    /** The command did what was asked. */
    static final int OK = 0;

    /** It could not, or everything that it asked for failed. */
    static final int FAILED = 1;

    /** The flags are wrong. */
    static final int USAGE = 2;

    private static final int USAGE_WIDTH = 100;

    private final PrintStream err;
    private final CommandLine commandLine;

    public ToolsCommand(PrintStream out, PrintStream err) {
        this.err = err;
        CommandSpec spec =
                CommandSpec.create()
                        .name("stator")
                        .mixinStandardHelpOptions(true)
                        .addSubcommand("bench", new CommandLine(new BenchCommand(out, err).spec()))
                        .addSubcommand("fuzz", new CommandLine(new FuzzCommand(out, err).spec()))
                        .addSubcommand(
                                "bare-server", new CommandLine(new BareServerCommand(out).spec()))
                        .addSubcommand(
                                "disk-floor", new CommandLine(new DiskFloorCommand(out).spec()))
                        .addSubcommand(
                                "profile-report",
                                new CommandLine(new ProfileReportCommand(out).spec()));
        commandLine =
                new CommandLine(spec)
                        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                        .setUsageHelpWidth(USAGE_WIDTH)
                        .setParameterExceptionHandler(this::wrongUsage)
                        .setExecutionStrategy(this::run)
                        .setExecutionExceptionHandler(this::failed);
    }

    /**
     * Runs the command.
     *
     * @return the exit code of the process
     */
    public int execute(String... arguments) {
        return commandLine.execute(arguments);
    }

    private int run(ParseResult parsed) {
        if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested()) {
            commandLine.usage(commandLine.getErr());
            return USAGE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int wrongUsage(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        err.println("stator: " + problem + "; see '" + command + " --help'");
        return USAGE;
    }

    private int failed(Exception e, CommandLine command, ParseResult parsed) {
        boolean expected = e instanceof BenchException || e instanceof IOException;
        if (!expected) {
            e.printStackTrace(err);
        }
        err.println("stator: " + (expected ? e.getMessage() : "unexpected failure: " + e));
        return FAILED;
    }
}
