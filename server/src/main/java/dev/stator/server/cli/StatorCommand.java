package dev.stator.server.cli;

import dev.stator.server.config.ConfigException;
import dev.stator.server.launch.ServerLauncher;
import dev.stator.server.launch.StartException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code stator} command with its subcommands. */
final class StatorCommand {
    private static final int USAGE_WIDTH = 100;

    private final Console console;
    private final CommandLine commandLine;

    StatorCommand(ServerLauncher launcher, Console console) {
        this.console = console;
        CommandSpec spec =
                CommandSpec.create()
                        .name("stator")
                        .mixinStandardHelpOptions(true)
                        .version("stator " + version())
                        .addSubcommand(
                                "start", subcommand(new StartCommand(launcher, console).spec()))
                        .addSubcommand(
                                "node", subcommand(new NodeCommand(launcher, console).spec()))
                        .addSubcommand(
                                "train-start-up",
                                subcommand(new TrainingCommand(launcher, console).spec()));
        spec.usageMessage()
                .description(
                        "A replicated, partitioned database that speaks the DynamoDB API: any AWS SDK, the AWS"
                                + " CLI and their tools work with it.")
                .synopsisSubcommandLabel("COMMAND")
                .footer(
                        "",
                        "First steps:",
                        "  stator start",
                        "  aws dynamodb list-tables --endpoint-url http://localhost:8000",
                        "",
                        "Measuring, by a program of its own: stator bench, bare-server, disk-floor, profile-report.",
                        "",
                        "'stator COMMAND --help' says more. Exit codes: 0 done, 1 failed, 2 wrong flags or",
                        "configuration, 3 port in use, 4 data directory in use, 5 data directory of another version",
                        "or damaged, 6 no permission, 7 not a member of the cluster.",
                        "");
        commandLine =
                new CommandLine(spec)
                        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                        .setUsageHelpWidth(USAGE_WIDTH)
                        .setParameterExceptionHandler(this::wrongUsage)
                        .setExecutionStrategy(this::run)
                        .setExecutionExceptionHandler(this::failed);
    }

    private static CommandLine subcommand(CommandSpec spec) {
        spec.version("stator " + version());
        return new CommandLine(spec);
    }

    private static String version() {
        String version = StatorCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(built from source)" : version;
    }

    /**
     * Runs the command; returns when a server that it started has stopped.
     *
     * @return the exit code of the process
     */
    int execute(String... arguments) {
        return commandLine.execute(arguments);
    }

    private int run(ParseResult parsed) {
        if (!parsed.hasSubcommand()
                && !parsed.isUsageHelpRequested()
                && !parsed.isVersionHelpRequested()) {
            commandLine.usage(commandLine.getErr());
            return ExitCode.USAGE.number();
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int wrongUsage(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return console.fail(ExitCode.USAGE, firstLine(e) + "; see '" + command + " --help'")
                .number();
    }

    private int failed(Exception e, CommandLine command, ParseResult parsed) {
        return lineOf(e).number();
    }

    private ExitCode lineOf(Exception e) {
        return switch (e) {
            case ConfigException wrong -> console.fail(ExitCode.USAGE, wrong.line());
            case StartException refused -> {
                FailureLine line =
                        FailureLine.of(refused.failure(), new PortHolder(Path.of("/proc")));
                yield console.fail(line.exitCode(), line.text());
            }
            case InterruptedException interrupted ->
                    console.fail(ExitCode.FAILED, "interrupted while starting");
            default -> {
                e.printStackTrace(console.err());
                yield console.fail(ExitCode.FAILED, "unexpected failure, please report it: " + e);
            }
        };
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
