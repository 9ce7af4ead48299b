package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stator.server.config.ClientAccess;
import dev.stator.server.config.CredentialsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Several access keys and accounts at one server, seen by the AWS SDK for Java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountsTest {
    private static final String KEYS =
            """
            credentials:
              - {accessKeyId: ada, secretAccessKey: one, account: "111111111111"}
              - {accessKeyId: bob, secretAccessKey: two, account: "222222222222"}
              - {accessKeyId: bob-for-now, secretAccessKey: three, account: "222222222222", sessionToken: token}
            """;

    private final Path file;
    private final Stator stator;
    private final DynamoDbClient ada;
    private final DynamoDbClient bob;

    AccountsTest(@TempDir Path directory) throws Exception {
        file = Files.writeString(directory.resolve("keys.yaml"), KEYS);
        ClientAccess access =
                new ClientAccess(
                        CredentialsFile.read(file),
                        Optional.of(file),
                        Optional.empty(),
                        Optional.empty());
        stator = Stator.start(directory.resolve("data"), access);
        ada = client("ada", "one");
        bob = client("bob", "two");
    }

    @AfterAll
    void stop() {
        ada.close();
        bob.close();
        stator.close();
    }

    private DynamoDbClient client(String id, String secret) {
        return client(AwsBasicCredentials.create(id, secret));
    }

    private DynamoDbClient client(AwsCredentials credentials) {
        return Stator.client(stator.endpoint(), credentials);
    }

    private static void createTable(DynamoDbClient client, String name) {
        client.createTable(request ->
                request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                AttributeDefinition.builder()
                                        .attributeName("pk")
                                        .attributeType(ScalarAttributeType.S)
                                        .build())
                        .keySchema(
                                KeySchemaElement.builder()
                                        .attributeName("pk")
                                        .keyType(KeyType.HASH)
                                        .build()));
        Waiters.of(client).waitUntilTableExists(request -> request.tableName(name));
    }

    private static Map<String, AttributeValue> key() {
        return Map.of("pk", AttributeValue.fromS("k"));
    }

    @Test
    void tablesOfOneAccountAreNotThereForAnother() {
        createTable(ada, "only-ada");
        assertThat(bob.listTables().tableNames()).doesNotContain("only-ada");
        assertThatThrownBy(() -> bob.describeTable(request -> request.tableName("only-ada")))
                .hasMessageContaining("Requested resource not found: Table: only-ada not found");
        assertThatThrownBy(() -> bob.getItem(request -> request.tableName("only-ada").key(key())))
                .hasMessageContaining("Requested resource not found");
    }

    @Test
    void tablesOfOneNameAreApart() {
        createTable(ada, "both");
        createTable(bob, "both");
        ada.putItem(request -> request.tableName("both").item(key()));
        assertThat(bob.getItem(request -> request.tableName("both").key(key())).hasItem())
                .isFalse();
        assertThat(bob.scan(request -> request.tableName("both").consistentRead(true)).count())
                .isZero();
        String arn = bob.describeTable(request -> request.tableName("both")).table().tableArn();
        assertThat(arn).isEqualTo("arn:aws:dynamodb:us-east-1:222222222222:table/both");
        bob.deleteTable(request -> request.tableName(arn));
        assertThat(ada.getItem(request -> request.tableName("both").key(key())).hasItem()).isTrue();
    }

    @Test
    void anArnOfAnotherAccountIsDenied() {
        createTable(ada, "mine");
        String arn = "arn:aws:dynamodb:us-east-1:111111111111:table/mine";
        ada.getItem(request -> request.tableName(arn).key(key()));
        assertThatThrownBy(() -> bob.putItem(request -> request.tableName(arn).item(key())))
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        refused ->
                                assertThat(refused.awsErrorDetails().errorCode())
                                        .isEqualTo("AccessDeniedException"))
                .hasMessageContaining(
                        "is not authorized to perform: dynamodb:PutItem on resource: " + arn);
    }

    @Test
    void temporaryCredentialsComeWithTheirToken() {
        try (DynamoDbClient session =
                        client(AwsSessionCredentials.create("bob-for-now", "three", "token"));
                DynamoDbClient without = client("bob-for-now", "three")) {
            createTable(session, "for-now");
            assertThat(bob.listTables().tableNames()).contains("for-now");
            assertThatThrownBy(without::listTables)
                    .hasMessageContaining("The security token included in the request is invalid");
        }
    }

    @Test
    void keysAreReplacedWhileTheServerRuns() throws Exception {
        try (DynamoDbClient carol = client("carol", "four")) {
            assertThatThrownBy(carol::listTables)
                    .hasMessageContaining("The security token included in the request is invalid");
            Files.writeString(
                    file,
                    KEYS
                            + "  - {accessKeyId: carol, secretAccessKey: four, account: '333333333333'}\n");
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> carol.listTables().tableNames().isEmpty());
        }
    }
}
