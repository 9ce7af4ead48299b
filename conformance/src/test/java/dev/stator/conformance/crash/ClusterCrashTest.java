package dev.stator.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.stator.conformance.clients.Waiters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Three processes under load, killed one by one and all at once. The bounds on time are wide, for
 * machines under strain; docs/verification.md says what was measured on an idle one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterCrashTest {
    private static final String TABLE = "crashes";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRITES = 50;

    private final ThreeProcesses cluster;

    ClusterCrashTest(@TempDir Path directory) throws IOException {
        cluster = new ThreeProcesses(directory);
    }

    @AfterAll
    void stop() throws InterruptedException {
        cluster.stop();
    }

    private void createTable() {
        try (DynamoDbClient client = cluster.client("alpha")) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(SdkException.class)
                    .until(() -> {
                        client.listTables();
                        return true;
                    });
            client.createTable(request ->
                    request.tableName(TABLE)
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .keySchema(
                                    KeySchemaElement.builder()
                                            .attributeName("p")
                                            .keyType(KeyType.HASH)
                                            .build())
                            .attributeDefinitions(
                                    AttributeDefinition.builder()
                                            .attributeName("p")
                                            .attributeType(ScalarAttributeType.S)
                                            .build()));
            Waiters.of(client).waitUntilTableExists(request -> request.tableName(TABLE));
        }
    }

    /** Waits until as many more writes were acknowledged through each of these nodes. */
    private void awaitWrites(Writers writers, List<String> nodes) throws IOException {
        int[] wanted =
                nodes.stream().mapToInt(node -> writers.acknowledgedBy(node) + WRITES).toArray();
        for (int i = 0; i < wanted.length; i++) {
            String node = nodes.get(i);
            int enough = wanted[i];
            await("writes through " + node + "\n" + cluster.output(node))
                    .atMost(PATIENCE)
                    .until(() -> writers.acknowledgedBy(node) >= enough);
        }
    }

    /** For docs/verification.md. */
    private static void report(List<String> survivors, Writers writers) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String node : survivors) {
            text.append(
                    "One of three was killed: a writer through %s waited %d ms at most.%n"
                            .formatted(node, writers.takeLongestWaitNanos(node) / 1_000_000));
        }
        Files.writeString(Path.of("target", "failover.txt"), text);
    }

    private Set<String> stored(DynamoDbClient client) {
        Set<String> stored = new HashSet<>();
        client.scanPaginator(request -> request.tableName(TABLE).consistentRead(true))
                .items()
                .forEach(item -> stored.add(Objects.requireNonNull(item.get("p")).s()));
        return stored;
    }

    @Test
    void nothingAcknowledgedIsMissingWhicheverProcessesAreKilled() throws Exception {
        for (String name : ThreeProcesses.NAMES) {
            cluster.start(name);
        }
        createTable();
        Writers writers = new Writers(TABLE, cluster, 2);
        try {
            awaitWrites(writers, ThreeProcesses.NAMES);

            List<String> survivors = List.of("alpha", "gamma");
            survivors.forEach(writers::takeLongestWaitNanos);
            cluster.kill("beta");
            awaitWrites(writers, survivors);
            report(survivors, writers);
            cluster.start("beta");
            awaitWrites(writers, ThreeProcesses.NAMES);

            cluster.kill("alpha", "beta", "gamma");
            for (String name : ThreeProcesses.NAMES) {
                cluster.start(name);
            }
            awaitWrites(writers, ThreeProcesses.NAMES);
        } finally {
            writers.stop();
        }
        try (DynamoDbClient client = cluster.client("gamma")) {
            assertThat(stored(client)).containsAll(writers.acknowledged());

            cluster.kill("alpha", "beta");
            DynamoDbException error =
                    catchThrowableOfType(
                            DynamoDbException.class,
                            () ->
                                    client.putItem(request ->
                                            request.tableName(TABLE)
                                                    .item(Map.of("p", AttributeValue.fromS("x")))));
            assertThat(error.statusCode()).as(error.getMessage()).isIn(500, 503);

            cluster.start("alpha");
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(SdkException.class)
                    .untilAsserted(
                            () -> assertThat(stored(client)).containsAll(writers.acknowledged()));
        }
    }
}
