package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** PartiQL through the AWS SDK for Java v2, against a table of several partitions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsTest {
    private static final String TABLE = "Music";

    private final Stator stator;
    private final DynamoDbClient client;

    StatementsTest(@TempDir Path directory) throws Exception {
        stator = Stator.start(directory);
        client = stator.client();
    }

    @BeforeAll
    void createTable() {
        client.createTable(request ->
                request.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(element("Artist", KeyType.HASH), element("Song", KeyType.RANGE))
                        .attributeDefinitions(definition("Artist"), definition("Song")));
        Waiters.of(client).waitUntilTableExists(request -> request.tableName(TABLE));
    }

    @AfterAll
    void stop() {
        client.close();
        stator.close();
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition definition(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private ExecuteStatementResponse execute(String statement, AttributeValue... parameters) {
        return client.executeStatement(request -> {
            request.statement(statement).consistentRead(statement.startsWith("SELECT"));
            if (parameters.length > 0) {
                request.parameters(parameters);
            }
        });
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static BatchStatementRequest member(String statement) {
        return BatchStatementRequest.builder().statement(statement).build();
    }

    @Test
    void anItemIsWrittenReadChangedAndDeleted() {
        String where = " WHERE Artist = 'Acme' AND Song = 'One'";
        String insert = "INSERT INTO \"Music\" VALUE {'Artist': 'Acme', 'Song': ?, 'Plays': 1}";
        assertThat(execute(insert, s("One")).items()).isEmpty();
        assertThatThrownBy(() -> execute(insert, s("One")))
                .isInstanceOf(DuplicateItemException.class)
                .hasMessageStartingWith("Duplicate primary key exists in table");
        assertThat(
                        execute(
                                        "UPDATE \"Music\" SET Plays = Plays + 1 SET Tags = <<'a'>>"
                                                + where
                                                + " AND Plays = 1 RETURNING ALL NEW *")
                                .items())
                .containsExactly(
                        Map.of(
                                "Artist", s("Acme"),
                                "Song", s("One"),
                                "Plays", AttributeValue.fromN("2"),
                                "Tags", AttributeValue.fromSs(List.of("a"))));
        assertThatThrownBy(() -> execute("UPDATE \"Music\" SET x = 1" + where + " AND Plays = 1"))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(execute("SELECT Plays FROM \"Music\"" + where).items())
                .containsExactly(Map.of("Plays", AttributeValue.fromN("2")));
        assertThat(execute("DELETE FROM \"Music\"" + where + " RETURNING ALL OLD *").items())
                .hasSize(1);
        assertThat(execute("SELECT * FROM \"Music\"" + where).items()).isEmpty();
    }

    @Test
    void thePaginatorWalksOverPartitions() {
        for (int i = 0; i < 30; i++) {
            execute(
                    "INSERT INTO \"Music\" VALUE {'Artist': ?, 'Song': 'walk', 'Walk': true}",
                    s("artist" + i));
        }
        List<String> artists = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ExecuteStatementResponse page =
                    client.executeStatement(request ->
                            request.statement("SELECT Artist FROM \"Music\" WHERE Walk = true")
                                    .consistentRead(true)
                                    .limit(7)
                                    .nextToken(next));
            page.items()
                    .forEach(item -> artists.add(Objects.requireNonNull(item.get("Artist")).s()));
            token = page.nextToken();
        } while (token != null);
        assertThat(artists).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void eachStatementOfABatchHasItsAnswer() {
        List<BatchStatementResponse> written =
                client.batchExecuteStatement(request ->
                                request.statements(
                                        member(
                                                "INSERT INTO \"Music\" VALUE {'Artist': 'Batch',"
                                                        + " 'Song': '1'}"),
                                        member(
                                                "UPDATE \"Music\" SET x = 1 WHERE Artist = 'Batch'"
                                                        + " AND Song = 'none'"),
                                        member("DELETE FROM \"Nowhere\" WHERE Artist = 'x'")))
                        .responses();
        assertThat(written.getFirst().error()).isNull();
        assertThat(written.getFirst().tableName()).isEqualTo(TABLE);
        assertThat(written.get(1).error().codeAsString()).isEqualTo("ConditionalCheckFailed");
        assertThat(written.get(2).error().codeAsString()).isEqualTo("ResourceNotFound");
        List<BatchStatementResponse> read =
                client.batchExecuteStatement(request ->
                                request.statements(
                                        BatchStatementRequest.builder()
                                                .statement(
                                                        "SELECT Song FROM \"Music\" WHERE Artist ="
                                                                + " ? AND Song = ?")
                                                .parameters(s("Batch"), s("1"))
                                                .consistentRead(true)
                                                .build(),
                                        member("SELECT * FROM \"Music\" WHERE Artist = 'Batch'")))
                        .responses();
        assertThat(read.getFirst().item()).isEqualTo(Map.of("Song", s("1")));
        assertThat(read.getLast().error().codeAsString()).isEqualTo("ValidationError");
    }

    @Test
    void whatCanNotBeReadIsRefused() {
        assertThatThrownBy(() -> execute("SELECT * FROM \"Music\" WHERE"))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageStartingWith(
                        "Statement wasn't well formed, can't be processed: Unexpected term");
        assertThatThrownBy(() ->
                        execute(
                                "SELECT * FROM \"Music\" WHERE Artist = ?",
                                AttributeValue.fromN("1e99999999999")))
                .hasMessageStartingWith(
                        "The parameter cannot be converted to a numeric value: 1e99999999999");
    }
}
