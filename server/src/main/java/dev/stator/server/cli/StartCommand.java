package dev.stator.server.cli;

import dev.stator.server.config.ConfigFile;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.EmbeddedFlags;
import dev.stator.server.launch.ServerLauncher;
import dev.stator.server.launch.StartException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code stator start}: the embedded cluster. */
final class StartCommand implements Callable<Integer> {
    private final ServerLauncher launcher;
    private final Console console;

    private final OptionSpec port =
            OptionSpec.builder("--port")
                    .type(Integer.class)
                    .paramLabel("PORT")
                    .description(
                            "Answer clients on this TCP port; 0 takes any free one. Default: "
                                    + EmbeddedFlags.DEFAULT_PORT
                                    + ".")
                    .build();
    private final OptionSpec host =
            OptionSpec.builder("--host")
                    .type(String.class)
                    .paramLabel("HOST")
                    .description(
                            "Listen on this address. Default: "
                                    + EmbeddedFlags.DEFAULT_HOST
                                    + ", which only this machine"
                                    + " reaches. With 0.0.0.0 other machines reach it too: configure credentials then.")
                    .build();
    private final OptionSpec dataDir =
            OptionSpec.builder("--data-dir")
                    .type(Path.class)
                    .paramLabel("DIR")
                    .description(
                            "Keep the data here; made where missing. Default: ./"
                                    + EmbeddedFlags.DEFAULT_DATA_DIR
                                    + ".")
                    .build();
    private final OptionSpec inMemory =
            OptionSpec.builder("--in-memory")
                    .type(boolean.class)
                    .defaultValue("false")
                    .description(
                            "Write nothing to disk. Everything is gone when the process ends: for tests.")
                    .build();
    private final OptionSpec config = SharedOptions.config(false);
    private final OptionSpec logLevel = SharedOptions.logLevel("warn");

    StartCommand(ServerLauncher launcher, Console console) {
        this.launcher = launcher;
        this.console = console;
    }

    CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(this)
                        .name("start")
                        .mixinStandardHelpOptions(true)
                        .addOption(port)
                        .addOption(host)
                        .addOption(dataDir)
                        .addOption(inMemory)
                        .addOption(config)
                        .addOption(logLevel);
        spec.usageMessage()
                .header("Runs a whole cluster in this process.", "")
                .description(
                        "Three storage nodes in the zones a, b and c, a request router,"
                                + " MemDS and auto-admin, all in one process. A write is answered when it is on disk in two of the"
                                + " three zones, so the process may be killed at any time. Ctrl-C stops it.")
                .footer(
                        "",
                        "Flags win over the configuration file, whose keys are host, port, dataDir, inMemory,",
                        "region, tls, and credentials or credentialsFile:",
                        "",
                        "  port: 8000",
                        "  dataDir: /var/lib/stator        # relative paths start at the file's directory",
                        "  credentials:                    # without any, every access key is accepted",
                        "    - accessKeyId: AKIDEXAMPLE",
                        "      secretAccessKey: choose-your-own",
                        "      account: \"000000000001\"     # whose tables these are; default 000000000000",
                        "  tls: {certificate: cert.pem, key: key.pem}   # speak HTTPS; renewed files are taken while it runs",
                        "",
                        "credentialsFile names a file with such a list, which is read again whenever it changes.",
                        "",
                        "Examples:",
                        "  stator start                             port 8000, data in ./stator-data",
                        "  stator start --port 0 --in-memory        a throw-away server on a free port",
                        "  stator start --data-dir /var/lib/stator --config /etc/stator.yaml",
                        "");
        return spec;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        LogSetup.setLevel(logLevel.getValue());
        EmbeddedConfig read = readConfig();
        return ServerRun.run(
                        () -> launcher.start(read),
                        server ->
                                Announcement.embedded(read, server.httpAddress())
                                        .forEach(console.out()::println),
                        console)
                .number();
    }

    private EmbeddedConfig readConfig() {
        boolean withoutDisk = inMemory.getValue();
        EmbeddedFlags flags =
                new EmbeddedFlags(
                        Optional.ofNullable(host.getValue()),
                        Optional.ofNullable(port.getValue()),
                        Optional.ofNullable(dataDir.getValue()),
                        withoutDisk);
        Optional<Path> file = Optional.ofNullable(config.getValue());
        return file.map(ConfigFile::read).orElseGet(ConfigFile::empty).embedded(flags);
    }
}
