package dev.stator.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.BatchGetItemResponse;
import dev.stator.core.operations.api.BatchWriteItemResponse;
import dev.stator.core.operations.api.BillingModeSummary;
import dev.stator.core.operations.api.Capacity;
import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.CreateTableResponse;
import dev.stator.core.operations.api.DescribeContinuousBackupsResponse;
import dev.stator.core.operations.api.DescribeEndpointsResponse;
import dev.stator.core.operations.api.DescribeLimitsResponse;
import dev.stator.core.operations.api.DescribeTableResponse;
import dev.stator.core.operations.api.DescribeTimeToLiveResponse;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.operations.api.GlobalSecondaryIndexDescription;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.ItemCollectionMetrics;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.KeysAndAttributes;
import dev.stator.core.operations.api.ListTablesResponse;
import dev.stator.core.operations.api.ListTagsOfResourceResponse;
import dev.stator.core.operations.api.LocalSecondaryIndexDescription;
import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.ProvisionedThroughputDescription;
import dev.stator.core.operations.api.PutItemResponse;
import dev.stator.core.operations.api.QueryResponse;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.core.operations.api.StreamSpecification;
import dev.stator.core.operations.api.TableClassSummary;
import dev.stator.core.operations.api.TableDescription;
import dev.stator.core.operations.api.Tag;
import dev.stator.core.operations.api.TagResourceResponse;
import dev.stator.core.operations.api.TimeToLiveStatus;
import dev.stator.core.operations.api.UntagResourceResponse;
import dev.stator.core.operations.api.WarmThroughputDescription;
import dev.stator.core.operations.api.WriteRequest;
import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.ThrottlingReason;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.StreamViewType;
import dev.stator.model.table.TableClass;
import dev.stator.model.table.TableStatus;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What responses become. */
class ResponsesTest {
    private static final Item ITEM = Item.of(Map.of("a", new AttributeValue.S("x")));

    private static <V> SequencedMap<String, V> map(String key, V value) {
        SequencedMap<String, V> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    private static void assertWritten(ApiResponse response, String... json) {
        assertThat(JsonCalls.write(response)).isEqualTo(String.join("", json));
    }

    private static ConsumedCapacity consumed() {
        return new ConsumedCapacity(
                "abc",
                Capacity.of(0.5),
                Optional.empty(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    @Test
    void everyTypeIsWritten() {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("s", new AttributeValue.S("/é\uD83D\uDE00\"\\\n\u0001"));
        item.put("n", new AttributeValue.N(new DecimalNumber(new BigDecimal("1E+20"))));
        item.put("b", new AttributeValue.B(Bytes.wrap(new byte[] {0, 1, -1})));
        item.put("t", new AttributeValue.Bool(false));
        item.put("u", AttributeValue.Null.INSTANCE);
        item.put("ss", new AttributeValue.StringSet(new LinkedHashSet<>(List.of("b", "a"))));
        item.put(
                "ns",
                new AttributeValue.NumberSet(new LinkedHashSet<>(List.of(DecimalNumber.of(2)))));
        item.put("bs", new AttributeValue.BinarySet(new LinkedHashSet<>(List.of(Bytes.EMPTY))));
        item.put("l", new AttributeValue.L(List.of(new AttributeValue.L(List.of()))));
        item.put("m", AttributeValue.M.of(Map.of("", new AttributeValue.Bool(true))));
        assertWritten(
                new GetItemResponse(Optional.of(Item.of(item)), Optional.empty()),
                "{'Item':{'s':{'S':'/é\uD83D\uDE00\\'\\\\\\n\\u0001'},'n':{'N':'100000000000000000000'},",
                "'b':{'B':'AAH/'},'t':{'BOOL':false},'u':{'NULL':true},'ss':{'SS':['a','b']},'ns':{'NS':['2']},",
                "'bs':{'BS':['']},'l':{'L':[{'L':[]}]},'m':{'M':{'':{'BOOL':true}}}}}");
    }

    @Test
    void absentMembersAreLeftOut() {
        assertWritten(new GetItemResponse(Optional.empty(), Optional.empty()), "{}");
        assertWritten(
                new PutItemResponse(Optional.empty(), Optional.empty(), Optional.empty()), "{}");
        assertWritten(
                new GetItemResponse(Optional.of(Item.EMPTY), Optional.empty()), "{'Item':{}}");
    }

    @Test
    void putItem() {
        ConsumedCapacity consumed =
                new ConsumedCapacity(
                        "abc",
                        new Capacity(3, OptionalDouble.empty(), OptionalDouble.of(2.5)),
                        Optional.of(new Capacity(1, OptionalDouble.of(0), OptionalDouble.empty())),
                        map("l", Capacity.of(1)),
                        map("g", Capacity.of(1)));
        assertWritten(
                new PutItemResponse(
                        Optional.of(ITEM),
                        Optional.of(consumed),
                        Optional.of(new ItemCollectionMetrics(ITEM, 0, 1))),
                "{'Attributes':{'a':{'S':'x'}},'ConsumedCapacity':{'TableName':'abc','CapacityUnits':3.0,",
                "'WriteCapacityUnits':2.5,'Table':{'CapacityUnits':1.0,'ReadCapacityUnits':0.0},",
                "'LocalSecondaryIndexes':{'l':{'CapacityUnits':1.0}},'GlobalSecondaryIndexes':{'g':{'CapacityUnits':1.0}}},",
                "'ItemCollectionMetrics':{'ItemCollectionKey':{'a':{'S':'x'}},'SizeEstimateRangeGB':[0.0,1.0]}}");
    }

    @Test
    void pages() {
        assertWritten(
                new QueryResponse(
                        Optional.of(List.of(ITEM)),
                        1,
                        2,
                        Optional.of(ITEM),
                        Optional.of(consumed())),
                "{'Items':[{'a':{'S':'x'}}],'Count':1,'ScannedCount':2,'LastEvaluatedKey':{'a':{'S':'x'}},",
                "'ConsumedCapacity':{'TableName':'abc','CapacityUnits':0.5}}");
        assertWritten(
                new ScanResponse(Optional.empty(), 1, 2, Optional.empty(), Optional.empty()),
                "{'Count':1,'ScannedCount':2}");
    }

    @Test
    void batches() {
        KeysAndAttributes unprocessed =
                new KeysAndAttributes(
                        List.of(ITEM),
                        ReadProjection.of("p"),
                        true,
                        new ExpressionAttributes(Optional.of(map("#n", "n")), Optional.empty()));
        assertWritten(
                new BatchGetItemResponse(
                        map("abc", List.of(ITEM)), map("def", unprocessed), List.of(consumed())),
                "{'Responses':{'abc':[{'a':{'S':'x'}}]},'UnprocessedKeys':{'def':{'Keys':[{'a':{'S':'x'}}],",
                "'ProjectionExpression':'p','ExpressionAttributeNames':{'#n':'n'},'ConsistentRead':true}},",
                "'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':0.5}]}");
        assertWritten(
                new BatchWriteItemResponse(
                        map(
                                "abc",
                                List.of(new WriteRequest.Put(ITEM), new WriteRequest.Delete(ITEM))),
                        map("abc", List.of(new ItemCollectionMetrics(ITEM, 1, 2))),
                        List.of()),
                "{'UnprocessedItems':{'abc':[{'PutRequest':{'Item':{'a':{'S':'x'}}}},{'DeleteRequest':{'Key':{'a':{'S':'x'}}}}]},",
                "'ItemCollectionMetrics':{'abc':[{'ItemCollectionKey':{'a':{'S':'x'}},'SizeEstimateRangeGB':[1.0,2.0]}]}}");
        assertWritten(
                new BatchWriteItemResponse(new LinkedHashMap<>(), new LinkedHashMap<>(), List.of()),
                "{'UnprocessedItems':{}}");
    }

    @Test
    void tables() {
        List<KeySchemaElement> keys = List.of(new KeySchemaElement("a", KeyType.HASH));
        IndexProjection projection =
                new IndexProjection(Optional.of(ProjectionType.INCLUDE), Optional.of(List.of("p")));
        WarmThroughputDescription warm =
                new WarmThroughputDescription(12_000, 4_000, TableStatus.ACTIVE);
        ProvisionedThroughputDescription units =
                new ProvisionedThroughputDescription(
                        OptionalLong.of(1_500), OptionalLong.empty(), 1, 2, 3);
        TableDescription table =
                new TableDescription.Builder("abc", TableStatus.ACTIVE)
                        .attributeDefinitions(List.of(new AttributeDefinition("a", ScalarType.B)))
                        .keySchema(keys)
                        .creationMillis(1_363_729_002_358L)
                        .provisionedThroughput(units)
                        .tableSizeBytes(7)
                        .itemCount(8)
                        .tableArn("arn")
                        .tableId("id")
                        .billingModeSummary(
                                new BillingModeSummary(
                                        BillingMode.PAY_PER_REQUEST, OptionalLong.of(1)))
                        .localSecondaryIndexes(
                                List.of(
                                        new LocalSecondaryIndexDescription(
                                                "l", keys, projection, 1, 2, "la")))
                        .globalSecondaryIndexes(
                                List.of(
                                        new GlobalSecondaryIndexDescription.Builder(
                                                        "g", keys, projection, IndexStatus.CREATING)
                                                .backfilling(true)
                                                .provisionedThroughput(units)
                                                .indexArn("ga")
                                                .warmThroughput(warm)
                                                .build()))
                        .streamSpecification(
                                new StreamSpecification(
                                        true, Optional.of(StreamViewType.KEYS_ONLY)))
                        .latestStreamArn("sa")
                        .latestStreamLabel("sl")
                        .tableClassSummary(
                                new TableClassSummary(TableClass.STANDARD, OptionalLong.empty()))
                        .deletionProtectionEnabled(false)
                        .onDemandThroughput(
                                new OnDemandThroughput(OptionalLong.of(5), OptionalLong.empty()))
                        .warmThroughput(warm)
                        .build();
        String keySchema = "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}]";
        String projected = "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['p']}";
        String provisioned =
                "'ProvisionedThroughput':{'LastIncreaseDateTime':1.500,'NumberOfDecreasesToday':1,"
                        + "'ReadCapacityUnits':2,'WriteCapacityUnits':3}";
        String warmed =
                "'WarmThroughput':{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}";
        assertWritten(
                new DescribeTableResponse(table),
                "{'Table':{'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'B'}],'TableName':'abc',",
                keySchema,
                ",'TableStatus':'ACTIVE','CreationDateTime':1363729002.358,",
                provisioned,
                ",'TableSizeBytes':7,'ItemCount':8,'TableArn':'arn','TableId':'id','BillingModeSummary':",
                "{'BillingMode':'PAY_PER_REQUEST','LastUpdateToPayPerRequestDateTime':0.001},",
                "'LocalSecondaryIndexes':[{'IndexName':'l',",
                keySchema,
                ",",
                projected,
                ",'IndexSizeBytes':1,'ItemCount':2,'IndexArn':'la'}],'GlobalSecondaryIndexes':[{'IndexName':'g',",
                keySchema,
                ",",
                projected,
                ",'IndexStatus':'CREATING','Backfilling':true,",
                provisioned,
                ",'IndexSizeBytes':0,'ItemCount':0,'IndexArn':'ga',",
                warmed,
                "}],'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'},'LatestStreamLabel':'sl',",
                "'LatestStreamArn':'sa','TableClassSummary':{'TableClass':'STANDARD'},'DeletionProtectionEnabled':false,",
                "'OnDemandThroughput':{'MaxReadRequestUnits':5},",
                warmed,
                "}}");
        assertWritten(
                new CreateTableResponse(
                        new TableDescription.Builder("abc", TableStatus.DELETING).build()),
                "{'TableDescription':{'TableName':'abc','TableStatus':'DELETING','TableSizeBytes':0,'ItemCount':0}}");
        assertWritten(
                new ListTablesResponse(List.of("abc", "def"), Optional.of("def")),
                "{'TableNames':['abc','def'],'LastEvaluatedTableName':'def'}");
    }

    @Test
    void settings() {
        assertWritten(
                new DescribeLimitsResponse(1, 2, 3, 4),
                "{'AccountMaxReadCapacityUnits':1,'AccountMaxWriteCapacityUnits':2,'TableMaxReadCapacityUnits':3,",
                "'TableMaxWriteCapacityUnits':4}");
        assertWritten(
                new DescribeEndpointsResponse(
                        List.of(new DescribeEndpointsResponse.Endpoint("localhost:8000", 1440))),
                "{'Endpoints':[{'Address':'localhost:8000','CachePeriodInMinutes':1440}]}");
        assertWritten(
                new DescribeTimeToLiveResponse(TimeToLiveStatus.ENABLED, Optional.of("t")),
                "{'TimeToLiveDescription':{'TimeToLiveStatus':'ENABLED','AttributeName':'t'}}");
        assertWritten(
                new DescribeContinuousBackupsResponse(true, Optional.empty()),
                "{'ContinuousBackupsDescription':{'ContinuousBackupsStatus':'ENABLED',",
                "'PointInTimeRecoveryDescription':{'PointInTimeRecoveryStatus':'DISABLED'}}}");
        assertWritten(
                new ListTagsOfResourceResponse(List.of(new Tag("k", "v")), Optional.empty()),
                "{'Tags':[{'Key':'k','Value':'v'}]}");
        assertWritten(new TagResourceResponse(), "");
        assertWritten(new UntagResourceResponse(), "");
    }

    @Test
    void errors() {
        assertThat(error(new ApiError.ConditionalCheckFailed("m", Optional.of(ITEM)), "Message"))
                .isEqualTo("{'__type':'ns#T','Item':{'a':{'S':'x'}},'Message':'m'}");
        assertThat(error(new ApiError.Serialization(""), "Message")).isEqualTo("{'__type':'ns#T'}");
        ThrottlingReason reason =
                new ThrottlingReason(
                        ThrottlingReason.Target.TABLE,
                        ThrottlingReason.Access.READ,
                        ThrottlingReason.Limit.KEY_RANGE,
                        "arn");
        assertThat(error(new ApiError.Throttling("m", List.of(reason)), "message"))
                .isEqualTo(
                        "{'__type':'ns#T','throttlingReasons':[{'reason':'TableReadKeyRangeThroughputExceeded',"
                                + "'resource':'arn'}],'message':'m'}");
        assertThat(error(new ApiError.RequestLimitExceeded("m", List.of(reason)), "message"))
                .contains("'ThrottlingReasons':[{");
        assertThat(
                        error(
                                new ApiError.TransactionCanceled(
                                        "m",
                                        List.of(
                                                CancellationReason.NONE,
                                                CancellationReason.of(
                                                        CancellationReason.Code.VALIDATION_ERROR,
                                                        "v"))),
                                "Message"))
                .isEqualTo(
                        "{'__type':'ns#T','CancellationReasons':[{'Code':'None'},"
                                + "{'Code':'ValidationError','Message':'v'}],'Message':'m'}");
    }

    private static String error(ApiError error, String messageMember) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonCalls.JSON.writeError(error, "ns#T", messageMember, out);
        return out.toString(UTF_8).replace('"', '\'');
    }
}
