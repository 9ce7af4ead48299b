package dev.stator.server.cli;

import dev.stator.server.config.ConfigFile;
import dev.stator.server.config.NodeConfig;
import dev.stator.server.launch.ServerLauncher;
import dev.stator.server.launch.StartException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code stator node}: one node of a cluster of processes. */
final class NodeCommand implements Callable<Integer> {
    private final ServerLauncher launcher;
    private final Console console;

    private final OptionSpec config = SharedOptions.config(true);
    private final OptionSpec name =
            OptionSpec.builder("--name")
                    .type(String.class)
                    .paramLabel("NAME")
                    .required(true)
                    .description("Be the node of this name in the file.")
                    .build();
    private final OptionSpec dataDir =
            OptionSpec.builder("--data-dir")
                    .type(Path.class)
                    .paramLabel("DIR")
                    .description("Keep this node's data here instead of where the file says.")
                    .build();
    private final OptionSpec logLevel = SharedOptions.logLevel("info");

    NodeCommand(ServerLauncher launcher, Console console) {
        this.launcher = launcher;
        this.console = console;
    }

    CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(this)
                        .name("node")
                        .mixinStandardHelpOptions(true)
                        .addOption(config)
                        .addOption(name)
                        .addOption(dataDir)
                        .addOption(logLevel);
        spec.usageMessage()
                .header("Runs one node of a cluster of processes.", "")
                .description(
                        "Runs one node of a cluster whose nodes are processes, on one machine or on several. All of"
                                + " them read the same file. The first time, the cluster is formed when all nodes of the file"
                                + " are up; from then on it serves while two of three zones are. A node is its data directory:"
                                + " with an empty one it is a new node, which is not a member.")
                .footer(
                        "",
                        "The file lists the nodes, in exactly three zones:",
                        "",
                        "  nodes:",
                        "    - name: alpha",
                        "      zone: a",
                        "      rpc: 10.0.0.1:7400             # for the other nodes; keep it off public networks",
                        "      http: 10.0.0.1:8000            # for clients",
                        "      dataDir: /var/lib/stator",
                        "    - {name: beta, zone: b, rpc: \"10.0.0.2:7400\", http: \"10.0.0.2:8000\", dataDir: /data}",
                        "    - {name: gamma, zone: c, rpc: \"10.0.0.3:7400\", http: \"10.0.0.3:8000\", dataDir: /data}",
                        "  credentials:                       # without any, every access key is accepted",
                        "    - {accessKeyId: AKIDEXAMPLE, secretAccessKey: choose-your-own}",
                        "  tls: {certificate: cert.pem, key: key.pem}   # clients speak HTTPS; nodes do not",
                        "",
                        "credentialsFile: PATH names a file with such a list, which is read again whenever it changes.",
                        "",
                        "Example, on the first host:",
                        "  stator node --config cluster.yaml --name alpha",
                        "");
        return spec;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        LogSetup.setLevel(logLevel.getValue());
        Path file = config.getValue();
        NodeConfig read =
                ConfigFile.read(file)
                        .node(name.getValue(), Optional.ofNullable(dataDir.getValue()));
        return ServerRun.run(
                        () -> launcher.start(read),
                        server ->
                                Announcement.node(read, server.httpAddress())
                                        .forEach(console.out()::println),
                        console)
                .number();
    }
}
