package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Transactions through the AWS SDK for Java v2, unmodified, on a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionsTest {
    private static final String TABLE = "accounts";
    private static final String OTHER = "orders";

    private final Stator stator;
    private final DynamoDbClient client;

    TransactionsTest(@TempDir Path directory) throws Exception {
        stator = Stator.start(directory);
        client = stator.client();
    }

    @BeforeAll
    void createTables() {
        for (String table : List.of(TABLE, OTHER)) {
            client.createTable(request ->
                    request.tableName(table)
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
            Waiters.of(client).waitUntilTableExists(request -> request.tableName(table));
        }
    }

    @AfterAll
    void stop() {
        client.close();
        stator.close();
    }

    private static Map<String, AttributeValue> key(String p) {
        return Map.of("p", AttributeValue.fromS(p));
    }

    private static Map<String, AttributeValue> item(String p, int n) {
        Map<String, AttributeValue> item = new HashMap<>(key(p));
        item.put("n", AttributeValue.fromN(Integer.toString(n)));
        return item;
    }

    private void put(String p, int n) {
        client.putItem(request -> request.tableName(TABLE).item(item(p, n)));
    }

    private int read(String p) {
        return number(
                client.getItem(request -> request.tableName(TABLE).key(key(p)).consistentRead(true))
                        .item());
    }

    private static int number(Map<String, AttributeValue> item) {
        return Integer.parseInt(Objects.requireNonNull(item.get("n")).n());
    }

    private static TransactWriteItem putOf(String table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build();
    }

    private static TransactWriteItem add(String p, int n) {
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(TABLE)
                                .key(key(p))
                                .updateExpression("ADD n :n")
                                .expressionAttributeValues(
                                        Map.of(":n", AttributeValue.fromN(Integer.toString(n)))))
                .build();
    }

    private static TransactWriteItem check(String p, int n) {
        return TransactWriteItem.builder()
                .conditionCheck(check ->
                        check.tableName(TABLE)
                                .key(key(p))
                                .conditionExpression("n = :n")
                                .returnValuesOnConditionCheckFailure(
                                        ReturnValuesOnConditionCheckFailure.ALL_OLD)
                                .expressionAttributeValues(
                                        Map.of(":n", AttributeValue.fromN(Integer.toString(n)))))
                .build();
    }

    private static TransactGetItem get(String table, String p) {
        return TransactGetItem.builder().get(get -> get.tableName(table).key(key(p))).build();
    }

    private void write(TransactWriteItem... items) {
        client.transactWriteItems(request -> request.transactItems(items));
    }

    private TransactionCanceledException canceled(TransactWriteItem... items) {
        return catchThrowableOfType(TransactionCanceledException.class, () -> write(items));
    }

    @Test
    void itemsOfSeveralTablesAreWrittenAndReadTogether() {
        put("together", 1);
        write(
                putOf(OTHER, item("together", 5)),
                add("together", 2),
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(TABLE).key(key("nobody")))
                        .build());
        List<ItemResponse> read =
                client.transactGetItems(request ->
                                request.transactItems(
                                        get(TABLE, "together"),
                                        get(OTHER, "together"),
                                        get(OTHER, "nobody")))
                        .responses();
        assertThat(read.get(0).item()).isEqualTo(item("together", 3));
        assertThat(read.get(1).item()).isEqualTo(item("together", 5));
        assertThat(read.get(2).hasItem()).isFalse();
    }

    @Test
    void aConditionThatDoesNotHoldCancelsEverything() {
        put("kept", 1);
        put("checked", 1);
        TransactionCanceledException error =
                canceled(add("kept", 1), check("checked", 2), putOf(OTHER, item("new", 1)));
        assertThat(error.getMessage())
                .startsWith(
                        "Transaction cancelled, please refer cancellation reasons for specific"
                                + " reasons [None, ConditionalCheckFailed, None]");
        List<CancellationReason> reasons = error.cancellationReasons();
        assertThat(reasons)
                .extracting(CancellationReason::code)
                .containsExactly("None", "ConditionalCheckFailed", "None");
        assertThat(reasons.get(1).message()).isEqualTo("The conditional request failed");
        assertThat(reasons.get(1).item()).isEqualTo(item("checked", 1));
        assertThat(read("kept")).isEqualTo(1);
        assertThat(client.getItem(get -> get.tableName(OTHER).key(key("new"))).hasItem()).isFalse();
    }

    @Test
    void aChangeThatCannotBeMadeIsAReasonOfItsOwn() {
        client.putItem(request ->
                request.tableName(TABLE)
                        .item(
                                Map.of(
                                        "p",
                                        AttributeValue.fromS("text"),
                                        "n",
                                        AttributeValue.fromS("x"))));
        TransactionCanceledException error = canceled(add("text", 1));
        assertThat(error.cancellationReasons().getFirst().code()).isEqualTo("ValidationError");
        assertThat(error.cancellationReasons().getFirst().message())
                .startsWith("An operand in the update expression has an incorrect data type");
    }

    @Test
    void aRepeatedTokenIsDoneOnceAndPaysForReading() {
        put("once", 0);
        ConsumedCapacity first = addWithToken("once", "the-token");
        ConsumedCapacity again = addWithToken("once", "the-token");
        assertThat(read("once")).isEqualTo(1);
        assertThat(first.writeCapacityUnits()).isEqualTo(2);
        assertThat(first.readCapacityUnits()).isNull();
        assertThat(again.readCapacityUnits()).isEqualTo(2);
        assertThat(again.writeCapacityUnits()).isNull();
        assertThat(
                        catchThrowableOfType(
                                IdempotentParameterMismatchException.class,
                                () -> addWithToken("another", "the-token")))
                .isNotNull();
    }

    private ConsumedCapacity addWithToken(String p, String token) {
        return client.transactWriteItems(request ->
                        request.transactItems(add(p, 1))
                                .clientRequestToken(token)
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .getFirst();
    }

    @Test
    void aHundredItemsAreWrittenAtOnceAndNotMore() {
        List<TransactWriteItem> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(putOf(OTHER, item("hundred" + i, i)));
        }
        client.transactWriteItems(request -> request.transactItems(items));
        items.add(putOf(OTHER, item("hundred100", 100)));
        DynamoDbException error =
                catchThrowableOfType(
                        DynamoDbException.class,
                        () -> client.transactWriteItems(request -> request.transactItems(items)));
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        assertThat(error.awsErrorDetails().errorMessage())
                .endsWith("Member must have length less than or equal to 100");
    }

    @Test
    void whatManyMoveBetweenAccountsIsNeitherLostNorSeenOnItsWay() throws Exception {
        List<String> accounts = List.of("m0", "m1", "m2");
        accounts.forEach(account -> put(account, 100));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int first = i;
                running.add(clients.submit(() -> moveAround(accounts, first)));
            }
            running.add(clients.submit(() -> seeTheSum(accounts)));
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(accounts.stream().mapToInt(this::read).sum()).isEqualTo(300);
    }

    private void moveAround(List<String> accounts, int first) {
        for (int i = 0; i < 25; i++) {
            String from = accounts.get((first + i) % accounts.size());
            String to = accounts.get((first + i + 1) % accounts.size());
            try {
                write(add(from, -1), add(to, 1));
            } catch (TransactionCanceledException conflict) {
                assertThat(conflict.cancellationReasons())
                        .extracting(CancellationReason::code)
                        .contains("TransactionConflict");
            }
        }
    }

    private void seeTheSum(List<String> accounts) {
        for (int i = 0; i < 25; i++) {
            try {
                List<ItemResponse> seen =
                        client.transactGetItems(request ->
                                        request.transactItems(
                                                accounts.stream()
                                                        .map(account -> get(TABLE, account))
                                                        .toList()))
                                .responses();
                assertThat(seen.stream().mapToInt(one -> number(one.item())).sum()).isEqualTo(300);
            } catch (TransactionCanceledException conflict) {
                assertThat(conflict.cancellationReasons())
                        .extracting(CancellationReason::code)
                        .contains("TransactionConflict");
            }
        }
    }

    @Test
    void singleWritesAndTransactionsOfOneItemAreAllDoneOrTold() throws Exception {
        put("contended", 0);
        int expected = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> transactions = clients.submit(() -> addMany(true));
            Future<Integer> singles = clients.submit(() -> addMany(false));
            expected = transactions.get() + singles.get();
        }
        assertThat(read("contended")).isEqualTo(expected);
    }

    /** How often it was done. */
    private int addMany(boolean inTransaction) {
        int done = 0;
        for (int i = 0; i < 40; i++) {
            try {
                if (inTransaction) {
                    write(add("contended", 1), add("beside", 1));
                } else {
                    client.updateItem(request ->
                            request.tableName(TABLE)
                                    .key(key("contended"))
                                    .updateExpression("ADD n :n")
                                    .expressionAttributeValues(
                                            Map.of(":n", AttributeValue.fromN("1"))));
                }
                done++;
            } catch (TransactionCanceledException | TransactionConflictException conflict) {
                assertThat(conflict.statusCode()).isEqualTo(400);
            }
        }
        return done;
    }
}
