package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The AWS SDK for Java v2, unmodified. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaSdkTest {
    private static final String TABLE = "sdk-table";

    private final Stator stator;
    private final DynamoDbClient client;

    JavaSdkTest(@TempDir Path directory) throws Exception {
        stator = Stator.start(directory);
        client = stator.client();
    }

    @BeforeAll
    void createTable() {
        create(TABLE);
    }

    @AfterAll
    void stop() {
        client.close();
        stator.close();
    }

    private void create(String table) {
        client.createTable(request ->
                request.tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(element("p", KeyType.HASH), element("s", KeyType.RANGE))
                        .attributeDefinitions(
                                definition("p", ScalarAttributeType.S),
                                definition("s", ScalarAttributeType.N)));
        Waiters.of(client).waitUntilTableExists(request -> request.tableName(table));
    }

    private static AttributeDefinition definition(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static Map<String, AttributeValue> key(String p, int s) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        key.put("p", AttributeValue.fromS(p));
        key.put("s", AttributeValue.fromN(Integer.toString(s)));
        return key;
    }

    @Test
    void everyTypeComesBackAsItWasPut() {
        Map<String, AttributeValue> item = key("types", 1);
        item.put("string", AttributeValue.fromS("naïve 🙂"));
        item.put("number", AttributeValue.fromN("-12345678901234567890.123456789012345678"));
        item.put(
                "binary",
                AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, 1, (byte) 0xFF})));
        item.put("bool", AttributeValue.fromBool(true));
        item.put("nothing", AttributeValue.fromNul(true));
        item.put("strings", AttributeValue.fromSs(List.of("a", "b")));
        item.put("numbers", AttributeValue.fromNs(List.of("1", "2.5")));
        item.put("binaries", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))));
        item.put(
                "list",
                AttributeValue.fromL(
                        List.of(AttributeValue.fromS("e"), AttributeValue.fromN("1"))));
        item.put("map", AttributeValue.fromM(Map.of("k", AttributeValue.fromS("v"))));
        client.putItem(request -> request.tableName(TABLE).item(item));
        assertThat(
                        client.getItem(request ->
                                        request.tableName(TABLE)
                                                .key(key("types", 1))
                                                .consistentRead(true))
                                .item())
                .isEqualTo(item);
    }

    @Test
    void updatesAddAndConditionsHold() {
        for (int i = 1; i <= 3; i++) {
            int round = i;
            Map<String, AttributeValue> after =
                    client.updateItem(request ->
                                    request.tableName(TABLE)
                                            .key(key("counter", 1))
                                            .updateExpression("ADD #c :one SET touched = :round")
                                            .expressionAttributeNames(Map.of("#c", "count"))
                                            .expressionAttributeValues(
                                                    Map.of(
                                                            ":one", AttributeValue.fromN("1"),
                                                            ":round",
                                                                    AttributeValue.fromN(
                                                                            "" + round)))
                                            .returnValues(ReturnValue.ALL_NEW))
                            .attributes();
            assertThat(after.get("count")).isEqualTo(AttributeValue.fromN("" + i));
        }
        assertThatThrownBy(() ->
                        client.putItem(request ->
                                request.tableName(TABLE)
                                        .item(key("counter", 1))
                                        .conditionExpression("attribute_not_exists(p)")))
                .isInstanceOf(ConditionalCheckFailedException.class)
                .hasMessageContaining("The conditional request failed");
    }

    @Test
    void queriesAndScansReturnEveryItemOnceAcrossPages() {
        List<WriteRequest> writes = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Map<String, AttributeValue> item = key(i < 60 ? "page-a" : "page-b", i % 60);
            writes.add(
                    WriteRequest.builder()
                            .putRequest(PutRequest.builder().item(item).build())
                            .build());
            if (writes.size() == 24) {
                List<WriteRequest> batch = List.copyOf(writes);
                assertThat(
                                client.batchWriteItem(request ->
                                                request.requestItems(Map.of(TABLE, batch)))
                                        .unprocessedItems())
                        .isEmpty();
                writes.clear();
            }
        }
        List<Integer> sortKeys = new ArrayList<>();
        client.queryPaginator(request ->
                        request.tableName(TABLE)
                                .limit(7)
                                .scanIndexForward(false)
                                .keyConditionExpression("p = :p AND s BETWEEN :from AND :to")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":p", AttributeValue.fromS("page-a"),
                                                ":from", AttributeValue.fromN("5"),
                                                ":to", AttributeValue.fromN("44"))))
                .items()
                .forEach(item -> sortKeys.add(number(item)));
        assertThat(sortKeys).hasSize(40).isSortedAccordingTo((a, b) -> b - a).first().isEqualTo(44);

        List<String> scanned = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            int own = segment;
            client.scanPaginator(request ->
                            request.tableName(TABLE)
                                    .limit(11)
                                    .segment(own)
                                    .totalSegments(3)
                                    .filterExpression("begins_with(p, :page)")
                                    .expressionAttributeValues(
                                            Map.of(":page", AttributeValue.fromS("page-"))))
                    .items()
                    .forEach(item -> scanned.add(string(item) + "/" + number(item)));
        }
        assertThat(scanned).hasSize(120).doesNotHaveDuplicates();
    }

    private static int number(Map<String, AttributeValue> item) {
        AttributeValue value = item.get("s");
        assertThat(value).isNotNull();
        return Integer.parseInt(value.n());
    }

    private static String string(Map<String, AttributeValue> item) {
        AttributeValue value = item.get("p");
        assertThat(value).isNotNull();
        return value.s();
    }

    @Test
    void capacityIsCountedByTheRules() {
        Map<String, AttributeValue> item = key("capacity", 1);
        item.put("v", AttributeValue.fromS("x".repeat(5_000)));
        assertThat(
                        client.putItem(request ->
                                        request.tableName(TABLE)
                                                .item(item)
                                                .returnConsumedCapacity(
                                                        ReturnConsumedCapacity.TOTAL))
                                .consumedCapacity()
                                .capacityUnits())
                .isEqualTo(5.0);
        assertThat(
                        client.getItem(request ->
                                        request.tableName(TABLE)
                                                .key(key("capacity", 1))
                                                .returnConsumedCapacity(
                                                        ReturnConsumedCapacity.TOTAL))
                                .consumedCapacity()
                                .capacityUnits())
                .isEqualTo(1.0);
    }

    /** The service counts every six hours; a table as small as this one is counted in seconds. */
    @Test
    void aTableAndItsIndexesAreCounted() {
        String table = "counted";
        client.createTable(request ->
                request.tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(element("p", KeyType.HASH), element("s", KeyType.RANGE))
                        .attributeDefinitions(
                                definition("p", ScalarAttributeType.S),
                                definition("s", ScalarAttributeType.N),
                                definition("v", ScalarAttributeType.S))
                        .localSecondaryIndexes(
                                List.of(
                                        LocalSecondaryIndex.builder()
                                                .indexName("local")
                                                .keySchema(
                                                        element("p", KeyType.HASH),
                                                        element("v", KeyType.RANGE))
                                                .projection(kept(ProjectionType.KEYS_ONLY))
                                                .build()))
                        .globalSecondaryIndexes(
                                List.of(
                                        GlobalSecondaryIndex.builder()
                                                .indexName("global")
                                                .keySchema(element("v", KeyType.HASH))
                                                .projection(kept(ProjectionType.ALL))
                                                .build())));
        Waiters.of(client).waitUntilTableExists(request -> request.tableName(table));
        for (int i = 0; i < 10; i++) {
            Map<String, AttributeValue> item = key("p" + i, 1);
            if (i < 4) {
                item.put("v", AttributeValue.fromS("value"));
            }
            client.putItem(request -> request.tableName(table).item(item));
        }
        List<Long> wanted = List.of(10L, 4L, 4L, 10 * 6L + 4 * 6L, 4 * 12L);
        long untilNanos = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<Long> counted = counts(table);
        while (!counted.equals(wanted) && System.nanoTime() - untilNanos < 0) {
            counted = counts(table);
        }
        assertThat(counted).isEqualTo(wanted);
    }

    private List<Long> counts(String table) {
        TableDescription described =
                client.describeTable(request -> request.tableName(table)).table();
        LocalSecondaryIndexDescription local = described.localSecondaryIndexes().getFirst();
        GlobalSecondaryIndexDescription global = described.globalSecondaryIndexes().getFirst();
        return List.of(
                described.itemCount(),
                local.itemCount(),
                global.itemCount(),
                described.tableSizeBytes(),
                global.indexSizeBytes());
    }

    private static Projection kept(ProjectionType type) {
        return Projection.builder().projectionType(type).build();
    }

    private static KeySchemaElement element(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    @Test
    void errorsAreThoseOfTheService() {
        assertThatThrownBy(() ->
                        client.getItem(request -> request.tableName("absent").key(key("a", 1))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found");
        assertThatThrownBy(() -> create(TABLE))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("Table already exists: " + TABLE);
        assertThatThrownBy(() ->
                        client.getItem(request ->
                                request.tableName(TABLE)
                                        .key(Map.of("p", AttributeValue.fromS("only")))))
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        e ->
                                assertThat(e.awsErrorDetails().errorCode())
                                        .isEqualTo("ValidationException"))
                .hasMessageContaining("The provided key element does not match the schema");
    }

    @Test
    void aDeletedTableIsGoneAndItsNameIsFree() {
        String table = "short-lived";
        create(table);
        client.putItem(request -> request.tableName(table).item(key("a", 1)));
        client.deleteTable(request -> request.tableName(table));
        Waiters.of(client).waitUntilTableNotExists(request -> request.tableName(table));
        assertThat(client.listTables().tableNames()).doesNotContain(table);
        create(table);
        assertThat(
                        client.getItem(request ->
                                        request.tableName(table)
                                                .key(key("a", 1))
                                                .consistentRead(true))
                                .hasItem())
                .isFalse();
    }
}
