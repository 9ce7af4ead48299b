package dev.stator.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.AttributeAction;
import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.AttributeValueUpdate;
import dev.stator.core.operations.api.BatchGetItemRequest;
import dev.stator.core.operations.api.BatchWriteItemRequest;
import dev.stator.core.operations.api.ComparisonOperator;
import dev.stator.core.operations.api.ConditionalOperator;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.DeleteItemRequest;
import dev.stator.core.operations.api.DescribeTableRequest;
import dev.stator.core.operations.api.ExpectedAttributeValue;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.GetItemRequest;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.GlobalSecondaryIndexUpdate;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.ItemUpdate;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.KeysAndAttributes;
import dev.stator.core.operations.api.LegacyCondition;
import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.PutItemRequest;
import dev.stator.core.operations.api.QueryKeyCondition;
import dev.stator.core.operations.api.QueryRequest;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ReadFilter;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.Select;
import dev.stator.core.operations.api.SseSpecification;
import dev.stator.core.operations.api.SseType;
import dev.stator.core.operations.api.StreamSpecification;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.Tag;
import dev.stator.core.operations.api.TagResourceRequest;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.UntagResourceRequest;
import dev.stator.core.operations.api.UpdateItemRequest;
import dev.stator.core.operations.api.UpdateTableRequest;
import dev.stator.core.operations.api.WarmThroughput;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.core.operations.api.WriteRequest;
import dev.stator.core.operations.api.WriteReturns;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.StreamViewType;
import dev.stator.model.table.TableClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What the members of requests become. */
class RequestsTest {
    private static final AttributeValue X = new AttributeValue.S("x");
    private static final Item ITEM = Item.of(Map.of("a", X));

    private static <V> SequencedMap<String, V> map(String key, V value) {
        SequencedMap<String, V> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    private static void assertRead(Operation operation, String json, ApiRequest expected) {
        assertThat(JsonCalls.read(operation, json)).isEqualTo(expected);
    }

    private static ExpressionAttributes names() {
        return new ExpressionAttributes(Optional.of(map("#n", "n")), Optional.empty());
    }

    private static ExpressionAttributes namesAndValues() {
        return new ExpressionAttributes(Optional.of(map("#n", "n")), Optional.of(map(":v", X)));
    }

    @Test
    void putItem() {
        assertRead(
                Operation.PUT_ITEM,
                """
                {'TableName':'abc','Item':{'a':{'S':'x'}},'ConditionExpression':'c',
                 'ExpressionAttributeNames':{'#n':'n'},'ExpressionAttributeValues':{':v':{'S':'x'}},
                 'ReturnValues':'ALL_OLD','ReturnConsumedCapacity':'TOTAL',
                 'ReturnItemCollectionMetrics':'SIZE','ReturnValuesOnConditionCheckFailure':'ALL_OLD'}\
                """,
                new PutItemRequest(
                        "abc",
                        ITEM,
                        new WriteCondition(
                                Optional.of("c"),
                                Optional.empty(),
                                Optional.empty(),
                                ReturnValuesOnConditionCheckFailure.ALL_OLD),
                        namesAndValues(),
                        new WriteReturns(
                                ReturnValue.ALL_OLD,
                                ReturnConsumedCapacity.TOTAL,
                                ReturnItemCollectionMetrics.SIZE)));
    }

    @Test
    void deleteItemWithLegacyCondition() {
        ExpectedAttributeValue expected =
                new ExpectedAttributeValue(
                        Optional.of(X),
                        Optional.of(true),
                        Optional.of(ComparisonOperator.IN),
                        Optional.of(List.of(X)));
        assertRead(
                Operation.DELETE_ITEM,
                """
                {'TableName':'abc','Key':{'a':{'S':'x'}},'ConditionalOperator':'OR','Expected':{'e':
                 {'Value':{'S':'x'},'Exists':true,'ComparisonOperator':'IN','AttributeValueList':[{'S':'x'}]}}}\
                """,
                new DeleteItemRequest(
                        "abc",
                        ITEM,
                        new WriteCondition(
                                Optional.empty(),
                                Optional.of(map("e", expected)),
                                Optional.of(ConditionalOperator.OR),
                                ReturnValuesOnConditionCheckFailure.NONE),
                        ExpressionAttributes.NONE,
                        WriteReturns.NONE));
    }

    @Test
    void updateItem() {
        AttributeValueUpdate update =
                new AttributeValueUpdate(Optional.of(X), Optional.of(AttributeAction.ADD));
        assertRead(
                Operation.UPDATE_ITEM,
                """
                {'TableName':'abc','Key':{'a':{'S':'x'}},'UpdateExpression':'u',
                 'AttributeUpdates':{'b':{'Action':'ADD','Value':{'S':'x'}}}}\
                """,
                new UpdateItemRequest(
                        "abc",
                        ITEM,
                        new ItemUpdate(Optional.of("u"), Optional.of(map("b", update))),
                        WriteCondition.NONE,
                        ExpressionAttributes.NONE,
                        WriteReturns.NONE));
    }

    @Test
    void getItem() {
        assertRead(
                Operation.GET_ITEM,
                """
                {'TableName':'abc','Key':{'a':{'S':'x'}},'ConsistentRead':true,'ProjectionExpression':'p',
                 'AttributesToGet':['g'],'ExpressionAttributeNames':{'#n':'n'},'ReturnConsumedCapacity':'INDEXES'}\
                """,
                new GetItemRequest(
                        "abc",
                        ITEM,
                        new ReadProjection(Optional.of("p"), Optional.of(List.of("g"))),
                        true,
                        names(),
                        ReturnConsumedCapacity.INDEXES));
    }

    private static final String COMMON_OF_RANGE_READS =
            """
            'IndexName':'idx','Select':'COUNT','Limit':5,'ExclusiveStartKey':{'a':{'S':'x'}},
            'ConsistentRead':true,'ProjectionExpression':'p','AttributesToGet':['g'],'FilterExpression':'f',
            'ConditionalOperator':'AND','ExpressionAttributeNames':{'#n':'n'},
            'ExpressionAttributeValues':{':v':{'S':'x'}},'ReturnConsumedCapacity':'TOTAL'\
            """;

    private static RangeRead rangeRead() {
        return new RangeRead.Builder()
                .indexName("idx")
                .select(Select.COUNT)
                .limit(5)
                .exclusiveStartKey(ITEM)
                .consistentRead(true)
                .projection(new ReadProjection(Optional.of("p"), Optional.of(List.of("g"))))
                .filter(
                        new ReadFilter(
                                Optional.of("f"),
                                Optional.of(map("q", condition())),
                                Optional.of(ConditionalOperator.AND)))
                .expressionAttributes(namesAndValues())
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build();
    }

    private static LegacyCondition condition() {
        return new LegacyCondition(ComparisonOperator.EQ, Optional.of(List.of(X)));
    }

    @Test
    void query() {
        String condition = "{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]}";
        assertRead(
                Operation.QUERY,
                "{'TableName':'abc','KeyConditionExpression':'k','ScanIndexForward':false,'KeyConditions':{'k':"
                        + condition
                        + "},'QueryFilter':{'q':"
                        + condition
                        + "},"
                        + COMMON_OF_RANGE_READS
                        + "}",
                new QueryRequest(
                        "abc",
                        new QueryKeyCondition(Optional.of("k"), Optional.of(map("k", condition()))),
                        false,
                        rangeRead()));
        assertRead(
                Operation.QUERY,
                "{'TableName':'abc'}",
                new QueryRequest("abc", QueryKeyCondition.NONE, true, RangeRead.ALL));
    }

    @Test
    void scan() {
        assertRead(
                Operation.SCAN,
                "{'TableName':'abc','Segment':1,'TotalSegments':4,'ScanFilter':{'q':"
                        + "{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]}},"
                        + COMMON_OF_RANGE_READS
                        + "}",
                new ScanRequest("abc", OptionalInt.of(1), OptionalInt.of(4), rangeRead()));
        assertRead(
                Operation.SCAN,
                "{'TableName':'abc','QueryFilter':7}",
                new ScanRequest("abc", OptionalInt.empty(), OptionalInt.empty(), RangeRead.ALL));
    }

    @Test
    void keysAreTheSameIfTheyAreWrittenInTheSameWay() {
        assertThat(repeats("{'a':{'N':'1'}}", "{ 'a' : {'N':'1'}}")).isTrue();
        assertThat(repeats("{'a':{'N':'1'}}", "{'a':{'N':'1.0'}}")).isFalse();
        assertThat(repeats("{'a':{'S':'1'},'b':{'N':'2'}}", "{'b':{'N':'2'},'a':{'S':'1'}}"))
                .isTrue();
    }

    private static boolean repeats(String one, String other) {
        String json = "{'RequestItems':{'abc':{'Keys':[%s,%s]}}}".formatted(one, other);
        BatchGetItemRequest request =
                (BatchGetItemRequest) JsonCalls.read(Operation.BATCH_GET_ITEM, json);
        return request.requestItems().sequencedValues().getFirst().repeatsKeys();
    }

    @Test
    void batchGetItem() {
        KeysAndAttributes keys =
                new KeysAndAttributes(
                        List.of(ITEM, ITEM),
                        new ReadProjection(Optional.of("p"), Optional.of(List.of("g"))),
                        true,
                        names());
        assertRead(
                Operation.BATCH_GET_ITEM,
                """
                {'ReturnConsumedCapacity':'TOTAL','RequestItems':{'abc':{'Keys':[{'a':{'S':'x'}},{'a':{'S':'x'}}],
                 'ConsistentRead':true,'ProjectionExpression':'p','AttributesToGet':['g'],
                 'ExpressionAttributeNames':{'#n':'n'}}}}\
                """,
                new BatchGetItemRequest(map("abc", keys), ReturnConsumedCapacity.TOTAL));
    }

    @Test
    void batchWriteItem() {
        assertRead(
                Operation.BATCH_WRITE_ITEM,
                """
                {'ReturnItemCollectionMetrics':'SIZE','RequestItems':{'abc':[{'PutRequest':{'Item':{'a':{'S':'x'}}}},
                 {'DeleteRequest':{'Key':{'a':{'S':'x'}}}}]}}\
                """,
                new BatchWriteItemRequest(
                        map(
                                "abc",
                                List.of(new WriteRequest.Put(ITEM), new WriteRequest.Delete(ITEM))),
                        ReturnConsumedCapacity.NONE,
                        ReturnItemCollectionMetrics.SIZE));
    }

    @Test
    void createTable() {
        String keys = "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}]";
        List<KeySchemaElement> keySchema = List.of(new KeySchemaElement("a", KeyType.HASH));
        IndexProjection projection =
                new IndexProjection(Optional.of(ProjectionType.INCLUDE), Optional.of(List.of("p")));
        ThroughputSettings throughput =
                new ThroughputSettings(
                        Optional.of(new ProvisionedThroughput(3, 4)),
                        Optional.of(
                                new OnDemandThroughput(OptionalLong.of(5), OptionalLong.of(-1))),
                        Optional.of(new WarmThroughput(OptionalLong.of(7), OptionalLong.empty())));
        String throughputs =
                "'ProvisionedThroughput':{'ReadCapacityUnits':3,'WriteCapacityUnits':4},"
                        + "'OnDemandThroughput':{'MaxReadRequestUnits':5,'MaxWriteRequestUnits':-1},"
                        + "'WarmThroughput':{'ReadUnitsPerSecond':7}";
        String index =
                "[{'IndexName':'idx',"
                        + keys
                        + ",'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['p']},"
                        + throughputs
                        + "}]";
        assertRead(
                Operation.CREATE_TABLE,
                "{'TableName':'abc','AttributeDefinitions':[{'AttributeName':'a','AttributeType':'N'}],"
                        + keys
                        + ",'BillingMode':'PAY_PER_REQUEST','TableClass':'STANDARD','DeletionProtectionEnabled':true,"
                        + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'},"
                        + "'SSESpecification':{'Enabled':true,'SSEType':'KMS','KMSMasterKeyId':'k'},"
                        + "'Tags':[{'Key':'t','Value':'v'}],'ResourcePolicy':'{}',"
                        + "'LocalSecondaryIndexes':"
                        + index
                        + ",'GlobalSecondaryIndexes':"
                        + index
                        + ","
                        + throughputs
                        + "}",
                new CreateTableRequest.Builder("abc")
                        .attributeDefinitions(List.of(new AttributeDefinition("a", ScalarType.N)))
                        .keySchema(keySchema)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .options(options())
                        .tags(List.of(new Tag("t", "v")))
                        .otherMembers(List.of("ResourcePolicy"))
                        .localSecondaryIndexes(
                                List.of(new LocalSecondaryIndex("idx", keySchema, projection)))
                        .globalSecondaryIndexes(
                                List.of(
                                        new GlobalSecondaryIndex(
                                                "idx", keySchema, projection, throughput)))
                        .throughput(throughput)
                        .build());
    }

    private static TableOptions options() {
        return new TableOptions(
                Optional.of(new StreamSpecification(true, Optional.of(StreamViewType.NEW_IMAGE))),
                Optional.of(
                        new SseSpecification(
                                Optional.of(true), Optional.of(SseType.KMS), Optional.of("k"))),
                Optional.of(TableClass.STANDARD),
                Optional.of(true));
    }

    @Test
    void updateTable() {
        assertRead(
                Operation.UPDATE_TABLE,
                "{'TableName':'abc','BillingMode':'PROVISIONED','ReplicaUpdates':[],'GlobalSecondaryIndexUpdates':"
                        + "[{'Delete':{'IndexName':'gone'}},{'Update':{'IndexName':'idx',"
                        + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}}}]}",
                new UpdateTableRequest(
                        "abc",
                        Optional.empty(),
                        Optional.of(BillingMode.PROVISIONED),
                        ThroughputSettings.NONE,
                        Optional.of(
                                List.of(
                                        new GlobalSecondaryIndexUpdate(
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.of("gone")),
                                        new GlobalSecondaryIndexUpdate(
                                                Optional.empty(),
                                                Optional.of(
                                                        new GlobalSecondaryIndexUpdate.Update(
                                                                "idx",
                                                                new ThroughputSettings(
                                                                        Optional.of(
                                                                                new ProvisionedThroughput(
                                                                                        1, 2)),
                                                                        Optional.empty(),
                                                                        Optional.empty()))),
                                                Optional.empty()))),
                        TableOptions.NONE,
                        List.of("ReplicaUpdates")));
    }

    @Test
    void smallRequests() {
        assertRead(
                Operation.DESCRIBE_TABLE, "{'TableName':'abc'}", new DescribeTableRequest("abc"));
        assertRead(
                Operation.LIST_TABLES,
                "{'Limit':3,'ExclusiveStartTableName':'abc'}",
                new ListTablesRequest(Optional.of("abc"), 3));
        assertRead(Operation.LIST_TABLES, "{}", new ListTablesRequest(Optional.empty(), 100));
        assertRead(
                Operation.TAG_RESOURCE,
                "{'ResourceArn':'arn','Tags':[{'Key':'k','Value':''}]}",
                new TagResourceRequest("arn", List.of(new Tag("k", ""))));
        assertRead(
                Operation.UNTAG_RESOURCE,
                "{'ResourceArn':'arn','TagKeys':['k']}",
                new UntagResourceRequest("arn", List.of("k")));
    }

    @Test
    void everyOperationHasItsTarget() {
        for (Operation operation : Operation.values()) {
            assertThat(Operation.forTarget(operation.target())).contains(operation);
        }
        assertThat(Operation.forTarget("DynamoDB_20120810.Other")).isEmpty();
        assertThat(Operation.forTarget("PutItem")).isEmpty();
        assertThat(Operation.forTarget(null)).isEmpty();
    }
}
