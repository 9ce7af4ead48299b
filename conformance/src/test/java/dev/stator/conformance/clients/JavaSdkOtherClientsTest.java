package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** The other clients of the AWS SDK for Java v2: the asynchronous and the enhanced one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaSdkOtherClientsTest {
    private static final int REQUESTS = 200;

    private final Stator stator;
    private final DynamoDbClient client;
    private final DynamoDbTable<Song> songs;

    JavaSdkOtherClientsTest(@TempDir Path directory) throws Exception {
        stator = Stator.start(directory);
        client = stator.client();
        songs =
                DynamoDbEnhancedClient.builder()
                        .dynamoDbClient(client)
                        .build()
                        .table("songs", Song.SCHEMA);
    }

    /** What the enhanced client maps to an item. */
    static final class Song {
        static final TableSchema<Song> SCHEMA =
                TableSchema.builder(Song.class)
                        .newItemSupplier(Song::new)
                        .addAttribute(
                                String.class,
                                a ->
                                        a.name("artist")
                                                .getter(song -> song.artist)
                                                .setter((song, value) -> song.artist = value)
                                                .tags(
                                                        StaticAttributeTags.primaryPartitionKey(),
                                                        StaticAttributeTags.secondarySortKey(
                                                                "by-year")))
                        .addAttribute(
                                Integer.class,
                                a ->
                                        a.name("number")
                                                .getter(song -> song.number)
                                                .setter((song, value) -> song.number = value)
                                                .tags(StaticAttributeTags.primarySortKey()))
                        .addAttribute(
                                Integer.class,
                                a ->
                                        a.name("year")
                                                .getter(song -> song.year)
                                                .setter((song, value) -> song.year = value)
                                                .tags(
                                                        StaticAttributeTags.secondaryPartitionKey(
                                                                "by-year")))
                        .build();

        private String artist = "";
        private int number;
        private int year;

        static Song of(String artist, int number, int year) {
            Song song = new Song();
            song.artist = artist;
            song.number = number;
            song.year = year;
            return song;
        }
    }

    @BeforeAll
    void createTable() {
        songs.createTable();
        Waiters.of(client).waitUntilTableExists(request -> request.tableName("songs"));
    }

    @AfterAll
    void stop() {
        client.close();
        stator.close();
    }

    @Test
    void theEnhancedClientMapsQueriesAndUpdates() {
        DynamoDbEnhancedClient enhanced =
                DynamoDbEnhancedClient.builder().dynamoDbClient(client).build();
        WriteBatch.Builder<Song> batch = WriteBatch.builder(Song.class).mappedTableResource(songs);
        for (int number = 0; number < 20; number++) {
            batch.addPutItem(Song.of("Acme", number, 1990 + number % 2));
        }
        assertThat(
                        enhanced.batchWriteItem(
                                        BatchWriteItemEnhancedRequest.builder()
                                                .addWriteBatch(batch.build())
                                                .build())
                                .unprocessedPutItemsForTable(songs))
                .isEmpty();

        QueryConditional late =
                QueryConditional.sortGreaterThan(key -> key.partitionValue("Acme").sortValue(9));
        assertThat(
                        songs
                                .query(request ->
                                        request.queryConditional(late)
                                                .limit(3)
                                                .consistentRead(true))
                                .items()
                                .stream()
                                .map(song -> song.number))
                .containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        QueryConditional odd = QueryConditional.keyEqualTo(key -> key.partitionValue(1991));
        await().untilAsserted(() -> {
            List<Integer> found = new ArrayList<>();
            songs.index("by-year")
                    .query(odd)
                    .forEach(page -> page.items().forEach(song -> found.add(song.number)));
            assertThat(found).hasSize(10).allMatch(number -> number % 2 == 1);
        });

        Song changed = songs.updateItem(Song.of("Acme", 3, 2000));
        assertThat(changed.year).isEqualTo(2000);
        PutItemEnhancedRequest<Song> onlyNew =
                PutItemEnhancedRequest.builder(Song.class)
                        .item(Song.of("Acme", 3, 1))
                        .conditionExpression(
                                Expression.builder()
                                        .expression("attribute_not_exists(artist)")
                                        .build())
                        .build();
        assertThatThrownBy(() -> songs.putItem(onlyNew))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(songs.deleteItem(Song.of("Acme", 3, 0)).year).isEqualTo(2000);
        assertThat(songs.getItem(Song.of("Acme", 3, 0))).isNull();
    }

    @Test
    void theAsyncClientHasManyRequestsUnderWay() throws Exception {
        try (DynamoDbAsyncClient async =
                DynamoDbAsyncClient.builder()
                        .endpointOverride(stator.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("any", "any")))
                        .build()) {
            List<CompletableFuture<PutItemResponse>> puts = new ArrayList<>();
            for (int number = 0; number < REQUESTS; number++) {
                Map<String, AttributeValue> item = key(number);
                puts.add(async.putItem(request -> request.tableName("songs").item(item)));
            }
            for (CompletableFuture<PutItemResponse> put : puts) {
                put.get();
            }
            List<CompletableFuture<GetItemResponse>> gets = new ArrayList<>();
            for (int number = 0; number < REQUESTS; number++) {
                Map<String, AttributeValue> key = key(number);
                gets.add(
                        async.getItem(request ->
                                request.tableName("songs").key(key).consistentRead(true)));
            }
            for (int number = 0; number < REQUESTS; number++) {
                assertThat(gets.get(number).get().item()).isEqualTo(key(number));
            }
            List<Integer> counts = new ArrayList<>();
            async.queryPaginator(request ->
                            request.tableName("songs")
                                    .limit(30)
                                    .consistentRead(true)
                                    .keyConditionExpression("artist = :a")
                                    .expressionAttributeValues(
                                            Map.of(":a", AttributeValue.fromS("async"))))
                    .subscribe(page -> counts.add(page.count()))
                    .get();
            assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(REQUESTS);
            assertThat(counts).hasSize(7);
            assertThatThrownBy(() -> async.describeTable(r -> r.tableName("none")).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("Table: none not found");
        }
    }

    private static Map<String, AttributeValue> key(int number) {
        return Map.of(
                "artist",
                AttributeValue.fromS("async"),
                "number",
                AttributeValue.fromN(Integer.toString(number)));
    }
}
