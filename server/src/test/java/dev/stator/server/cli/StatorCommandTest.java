package dev.stator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.server.config.ClientAccess;
import dev.stator.server.config.DataLocation;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.Endpoint;
import dev.stator.server.config.NodeConfig;
import dev.stator.server.launch.RunningServer;
import dev.stator.server.launch.ServerLauncher;
import dev.stator.server.launch.StartException;
import dev.stator.server.launch.StartFailure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatorCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final RecordingLauncher launcher = new RecordingLauncher();

    /** Keeps what it was asked to start, and hands out a server that stops at once. */
    private static final class RecordingLauncher implements ServerLauncher {
        private @Nullable EmbeddedConfig embedded;
        private @Nullable NodeConfig node;
        private @Nullable StartFailure failure;
        private Optional<String> stopReason = Optional.empty();
        private int closed;

        @Override
        public RunningServer start(EmbeddedConfig config) throws StartException {
            embedded = config;
            return serverAt(config.http());
        }

        @Override
        public RunningServer start(NodeConfig config) throws StartException {
            node = config;
            return serverAt(config.self().http());
        }

        private RunningServer serverAt(Endpoint http) throws StartException {
            if (failure != null) {
                throw new StartException(failure);
            }
            return new RunningServer() {
                @Override
                public InetSocketAddress httpAddress() {
                    return http.resolve();
                }

                @Override
                public Optional<String> awaitStop() {
                    return stopReason;
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }
    }

    private int execute(String... arguments) {
        Console console =
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new StatorCommand(launcher, console).execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void startWithoutFlagsTakesTheDefaultsAndSaysWhatRuns() {
        assertThat(execute("start")).isZero();

        assertThat(launcher.embedded)
                .isEqualTo(
                        new EmbeddedConfig(
                                new Endpoint("127.0.0.1", 8000),
                                new DataLocation.Directory(Path.of("stator-data")),
                                ClientAccess.OPEN));
        assertThat(launcher.closed).isEqualTo(1);
        assertThat(out())
                .contains("storage nodes in zones a, b, c")
                .contains("http://localhost:8000")
                .contains("any access key is accepted")
                .contains(Path.of("stator-data").toAbsolutePath().toString())
                .contains(
                        "aws dynamodb list-tables --region us-east-1 --endpoint-url http://localhost:8000");
        assertThat(err()).isEmpty();
    }

    @Test
    void startTakesFlagsAndFile(@TempDir Path dir) throws Exception {
        Path file =
                Files.writeString(
                        dir.resolve("stator.yaml"),
                        "port: 1\nhost: 127.0.0.2\ncredentials: [{accessKeyId: mine, secretAccessKey: hidden}]\n");

        assertThat(execute("start", "--config", file.toString(), "--port=9000", "--in-memory"))
                .isZero();

        EmbeddedConfig config = Objects.requireNonNull(launcher.embedded);
        assertThat(config.http()).isEqualTo(new Endpoint("127.0.0.2", 9000));
        assertThat(config.data()).isEqualTo(new DataLocation.InMemory());
        assertThat(out())
                .contains("http://127.0.0.2:9000")
                .contains("in memory only")
                .contains("AWS_ACCESS_KEY_ID=mine")
                .contains("one access key is configured")
                .doesNotContain("hidden");
    }

    @Test
    void nodeTakesItsEntryOfTheFile(@TempDir Path dir) throws Exception {
        Path file =
                Files.writeString(
                        dir.resolve("cluster.yaml"),
                        """
                        nodes:
                          - {name: alpha, zone: a, rpc: "127.0.0.1:7400", http: "127.0.0.1:8000", dataDir: d1}
                          - {name: beta, zone: b, rpc: "127.0.0.2:7400", http: "127.0.0.2:8000", dataDir: d2}
                          - {name: gamma, zone: c, rpc: "127.0.0.3:7400", http: "127.0.0.3:8000", dataDir: d3}
                        """);

        assertThat(execute("node", "--config", file.toString(), "--name", "beta")).isZero();

        NodeConfig config = Objects.requireNonNull(launcher.node);
        assertThat(config.self().dataDir()).isEqualTo(dir.resolve("d2"));
        assertThat(out())
                .contains("node beta in zone b, one of 3")
                .contains("http://127.0.0.2:8000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "start --port x       | Invalid value for option '--port': 'x' is not an int; see 'stator start --help'",
                "start --port 70000   | port 70000 is not between 0 and 65535",
                "start --host a/b     | 'a/b' is not a host name or an IP address",
                "start --prot 1       | Unknown options: '--prot', '1'; see 'stator start --help'",
                "start --in-memory --data-dir d | --in-memory and --data-dir exclude each other",
                "start --config /absent/stator.yaml | /absent/stator.yaml: no such file",
                "start --log-level loud | Invalid value for option '--log-level': 'loud' is not one of error, warn, info, debug, trace; see 'stator start --help'",
                "node --name n        | Missing required option: '--config=FILE'; see 'stator node --help'",
                "strat                | Unmatched argument at index 0: 'strat'; see 'stator --help'",
            })
    void wrongUsageIsOneLineAndExitCode2(String line, String problem) {
        assertThat(execute(line.split(" ", -1))).isEqualTo(2);

        assertThat(err()).isEqualTo("stator: " + problem + System.lineSeparator());
        assertThat(launcher.embedded).isNull();
    }

    @Test
    void everyFailureToStartIsOneLineWithItsExitCode() {
        Endpoint endpoint = new Endpoint("127.0.0.1", 1);
        Path directory = Path.of("/data");
        expectFailure(
                new StartFailure.CannotListen(endpoint, "Cannot assign requested address"),
                3,
                "cannot listen on 127.0.0.1:1: Cannot assign requested address");
        expectFailure(
                new StartFailure.DirectoryInUse(directory, "process 4711"),
                4,
                "the data directory /data is in use by process 4711; stop that, or choose another directory");
        expectFailure(
                new StartFailure.OtherFormat(directory, "its format version is 7"),
                5,
                "the data directory /data cannot be used by this version of Stator: its format version is 7");
        expectFailure(
                new StartFailure.DamagedDirectory(directory, "no identity"),
                5,
                "the data directory /data is damaged: no identity");
        expectFailure(
                new StartFailure.NoPermission(directory),
                6,
                "no permission for /data (running as " + System.getProperty("user.name") + ")");
        expectFailure(new StartFailure.NotInCluster("not a member"), 7, "not a member");
        expectFailure(new StartFailure.Other("out of luck"), 1, "out of luck");
    }

    private void expectFailure(StartFailure failure, int exitCode, String line) {
        err.reset();
        launcher.failure = failure;
        assertThat(execute("start")).isEqualTo(exitCode);
        assertThat(err()).isEqualTo("stator: " + line + System.lineSeparator());
        assertThat(out()).isEmpty();
    }

    @Test
    void portInUseNamesTheProcessThatHoldsIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            launcher.failure =
                    new StartFailure.PortTaken(new Endpoint("127.0.0.1", taken.getLocalPort()));

            assertThat(execute("start")).isEqualTo(3);

            assertThat(err())
                    .startsWith(
                            "stator: port "
                                    + taken.getLocalPort()
                                    + " on 127.0.0.1 is in use by process "
                                    + ProcessHandle.current().pid()
                                    + " (")
                    .endsWith("; stop that, or choose another port" + System.lineSeparator());
        }
    }

    @Test
    void portHolderIsUnknownWhereNobodyListensOrProcDoesNotTell(@TempDir Path noProc)
            throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(new PortHolder(noProc).find(port)).isEmpty();
        }
        assertThat(new PortHolder(Path.of("/proc")).find(port)).isEmpty();
    }

    @Test
    void aServerThatStopsByItselfEndsTheProcessWithItsReason() {
        launcher.stopReason = Optional.of("all storage nodes have stopped: disk full");

        assertThat(execute("start")).isEqualTo(1);

        assertThat(err())
                .isEqualTo(
                        "stator: all storage nodes have stopped: disk full"
                                + System.lineSeparator());
        assertThat(launcher.closed).isEqualTo(1);
    }

    @Test
    void helpIsPrintedForEveryCommand() {
        assertThat(execute("--help")).isZero();
        assertThat(out()).contains("start", "node", "Exit codes").doesNotContain("train");
        out.reset();
        assertThat(execute("start", "--help")).isZero();
        assertThat(out()).contains("--port=PORT", "--in-memory", "Examples:", "accessKeyId");
        out.reset();
        assertThat(execute("node", "--help")).isZero();
        assertThat(out()).contains("--name=NAME", "zone: a");
        assertThat(out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(launcher.embedded).isNull();
    }

    @Test
    void withoutCommandTheHelpIsPrintedAsAnError() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err()).contains("Usage: stator");
    }
}
