package dev.stator.conformance.clients;

import dev.stator.server.config.ClientAccess;
import dev.stator.server.config.DataLocation;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.Endpoint;
import dev.stator.server.launch.RunningServer;
import dev.stator.server.launch.StartException;
import dev.stator.server.runtime.ClusterLauncher;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
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
        return start(directory, ClientAccess.OPEN);
    }

    static Stator start(Path directory, ClientAccess access)
            throws StartException, InterruptedException {
        EmbeddedConfig config =
                new EmbeddedConfig(
                        new Endpoint("127.0.0.1", 0),
                        new DataLocation.Directory(directory),
                        access);
        return new Stator(new ClusterLauncher().start(config));
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.httpAddress().getPort());
    }

    DynamoDbClient client() {
        return client(endpoint());
    }

    static DynamoDbClient client(URI endpoint) {
        return client(endpoint, AwsBasicCredentials.create("any", "any"));
    }

    static DynamoDbClient client(URI endpoint, AwsCredentials credentials) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
