package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Local secondary indexes through the SDK, and after a restart. */
class LocalIndexesTest {
    private static final String TABLE = "scores";
    private static final String BY_SCORE = "by-score";
    private static final int ITEMS = 50;

    @TempDir private Path directory;

    @Test
    void anIndexIsAsConsistentAsItsTableAndOutlivesARestart() throws Exception {
        List<Map<String, AttributeValue>> before;
        try (Stator stator = Stator.start(directory);
                DynamoDbClient client = stator.client()) {
            create(client);
            for (int i = 0; i < ITEMS; i++) {
                put(client, i, (i * 7) % ITEMS);
                // Nobody waits for anything: the entry is there with the item.
                assertThat(client.query(query((i * 7) % ITEMS).build()).items())
                        .containsExactly(entry(i, (i * 7) % ITEMS));
            }
            put(client, 3, 1_000);
            assertThat(client.query(query(21).build()).items()).isEmpty();
            client.deleteItem(request -> request.tableName(TABLE).key(key(5)));
            before = pages(client);
            assertThat(before).hasSize(ITEMS - 1).last().isEqualTo(entry(3, 1_000));
        }
        try (Stator stator = Stator.start(directory);
                DynamoDbClient client = stator.client()) {
            assertThat(pages(client)).isEqualTo(before);
            put(client, 3, -1);
            assertThat(pages(client)).hasSize(ITEMS - 1).first().isEqualTo(entry(3, -1));
        }
    }

    @Test
    void whatAnIndexLacksIsFetchedAndCollectionsAreMeasured() throws Exception {
        try (Stator stator = Stator.start(directory);
                DynamoDbClient client = stator.client()) {
            create(client);
            Map<String, AttributeValue> item = entry(1, 10);
            item.put("text", AttributeValue.fromS("x".repeat(5_000)));
            ItemCollectionMetrics metrics =
                    client.putItem(request ->
                                    request.tableName(TABLE)
                                            .item(item)
                                            .returnItemCollectionMetrics(
                                                    ReturnItemCollectionMetrics.SIZE))
                            .itemCollectionMetrics();
            assertThat(metrics.itemCollectionKey())
                    .isEqualTo(Map.of("player", AttributeValue.fromS("p")));
            assertThat(metrics.sizeEstimateRangeGB()).containsExactly(0.0, 1.0);

            QueryResponse fetched =
                    client.query(
                            query(10)
                                    .select(Select.ALL_ATTRIBUTES)
                                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                                    .build());
            assertThat(fetched.items()).containsExactly(item);
            ConsumedCapacity consumed = fetched.consumedCapacity();
            assertThat(consumed.table().capacityUnits()).isEqualTo(2.0);
            assertThat(consumed.localSecondaryIndexes())
                    .containsExactly(
                            Map.entry(BY_SCORE, Capacity.builder().capacityUnits(1.0).build()));
            assertThat(consumed.capacityUnits()).isEqualTo(3.0);
        }
    }

    private static void create(DynamoDbClient client) {
        client.createTable(request ->
                request.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(element("player", KeyType.HASH), element("game", KeyType.RANGE))
                        .attributeDefinitions(
                                definition("player", ScalarAttributeType.S),
                                definition("game", ScalarAttributeType.N),
                                definition("score", ScalarAttributeType.N))
                        .localSecondaryIndexes(
                                List.of(
                                        LocalSecondaryIndex.builder()
                                                .indexName(BY_SCORE)
                                                .keySchema(
                                                        element("player", KeyType.HASH),
                                                        element("score", KeyType.RANGE))
                                                .projection(kept ->
                                                        kept.projectionType(
                                                                ProjectionType.KEYS_ONLY))
                                                .build())));
        Waiters.of(client).waitUntilTableExists(request -> request.tableName(TABLE));
    }

    private static KeySchemaElement element(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static AttributeDefinition definition(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static Map<String, AttributeValue> key(int game) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put("player", AttributeValue.fromS("p"));
        key.put("game", AttributeValue.fromN("" + game));
        return key;
    }

    private static Map<String, AttributeValue> entry(int game, int score) {
        Map<String, AttributeValue> entry = key(game);
        entry.put("score", AttributeValue.fromN("" + score));
        return entry;
    }

    private static void put(DynamoDbClient client, int game, int score) {
        Map<String, AttributeValue> item = entry(game, score);
        item.put("text", AttributeValue.fromS("not projected"));
        client.putItem(request -> request.tableName(TABLE).item(item));
    }

    private static QueryRequest.Builder query(int score) {
        return QueryRequest.builder()
                .tableName(TABLE)
                .indexName(BY_SCORE)
                .consistentRead(true)
                .keyConditionExpression("player = :p and score = :s")
                .expressionAttributeValues(
                        Map.of(
                                ":p", AttributeValue.fromS("p"),
                                ":s", AttributeValue.fromN("" + score)));
    }

    /** All entries in the order of the index, some at a time. */
    private static List<Map<String, AttributeValue>> pages(DynamoDbClient client) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        client.queryPaginator(request ->
                        request.tableName(TABLE)
                                .indexName(BY_SCORE)
                                .consistentRead(true)
                                .limit(7)
                                .keyConditionExpression("player = :p")
                                .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("p"))))
                .items()
                .forEach(items::add);
        return items;
    }
}
