package dev.stator.conformance.crash;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A cluster of three processes on three loopback addresses, each started by {@code stator node}
 * from one configuration file.
 */
final class ThreeProcesses {
    static final List<String> NAMES = List.of("alpha", "beta", "gamma");

    private static final long EXIT_SECONDS_MAX = 30;
    private static final Duration CALL_TIME_MAX = Duration.ofSeconds(20);

    private final Path directory;
    private final Path config;
    private final Map<String, URI> endpoints = new LinkedHashMap<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();

    ThreeProcesses(Path directory) throws IOException {
        this.directory = directory;
        StringBuilder nodes = new StringBuilder("nodes:\n");
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            String host = "127.0.0." + (i + 1);
            String http = host + ":" + freePort(host);
            endpoints.put(name, URI.create("http://" + http));
            nodes.append(
                    "  - {name: %s, zone: %s, rpc: \"%s:%d\", http: \"%s\", dataDir: %s}%n"
                            .formatted(
                                    name,
                                    name.substring(0, 1),
                                    host,
                                    freePort(host),
                                    http,
                                    directory.resolve(name)));
        }
        config = Files.writeString(directory.resolve("cluster.yaml"), nodes);
    }

    /** The processes must know each other's ports before they start. */
    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, 0));
            return socket.getLocalPort();
        }
    }

    void start(String name) throws IOException {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", classPath, "dev.stator.server.cli.Main", "node"));
        command.addAll(List.of("--config", config.toString(), "--name", name));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                        .start();
        processes.put(name, process);
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** What a node has printed in all its runs, to explain a failure. */
    String output(String name) throws IOException {
        return name + " printed:\n" + Files.readString(log(name));
    }

    /** As {@code kill -9} does. */
    void kill(String... names) throws InterruptedException {
        for (String name : names) {
            process(name).destroyForcibly();
        }
        for (String name : names) {
            if (!process(name).waitFor(EXIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " survives SIGKILL");
            }
        }
    }

    private Process process(String name) {
        return Objects.requireNonNull(processes.get(name), name);
    }

    /** A client of one node's router that repeats nothing by itself. */
    DynamoDbClient client(String name) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoints.get(name))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(options ->
                        options.retryStrategy(AwsRetryStrategy.doNotRetry())
                                .apiCallTimeout(CALL_TIME_MAX))
                .build();
    }

    void stop() throws InterruptedException {
        kill(processes.keySet().toArray(String[]::new));
    }
}
