package dev.stator.conformance.clients;

import dev.stator.server.config.DataLocation;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.Endpoint;
import dev.stator.server.launch.RunningServer;
import dev.stator.server.launch.StartException;
import dev.stator.server.runtime.ClusterLauncher;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An embedded cluster on a port of the system's choice, for one test class. */
final class Stator implements AutoCloseable {
    private final RunningServer server;

    private Stator(RunningServer server) {
        this.server = server;
    }

    static Stator start(Path directory) throws StartException, InterruptedException {
        EmbeddedConfig config =
                new EmbeddedConfig(
                        new Endpoint("127.0.0.1", 0),
                        new DataLocation.Directory(directory),
                        List.of());
        return new Stator(new ClusterLauncher().start(config));
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.httpAddress().getPort());
    }

    DynamoDbClient client() {
        return client(endpoint());
    }

    static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
