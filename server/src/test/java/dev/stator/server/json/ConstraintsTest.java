package dev.stator.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.error.ApiError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of violated constraints, as the service words and orders them. */
class ConstraintsTest {
    private static final String PATTERN =
            "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
    private static final String MAP_KEYS =
            "Map keys must satisfy constraint: [Member must have length less than or equal to 255,"
                    + " Member must have length greater than or equal to 3, "
                    + PATTERN
                    + "]";
    private static final String EMPTY_NAME =
            one(
                    "Value at 'TableName' failed to satisfy constraint:"
                            + " Member must have length greater than or equal to 1");
    private static final String BAD_CAPACITY =
            at("INVALID", "returnConsumedCapacity", enumSet("INDEXES, TOTAL, NONE"));
    private static final String BAD_METRICS =
            at("INVALID", "returnItemCollectionMetrics", enumSet("SIZE, NONE"));
    private static final String BAD_RETURN_VALUES =
            "Failed to satisfy constraint: "
                    + enumSet("ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE");
    private static final String OLD_BAD_RETURN_VALUES =
            at(
                    "INVALID",
                    "returnValues",
                    enumSet("ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW"));
    private static final String NO_KEY = "Value null at 'key'" + because("Member must not be null");

    private static String because(String constraint) {
        return " failed to satisfy constraint: " + constraint;
    }

    private static String at(String value, String path, String constraint) {
        return "Value '" + value + "' at '" + path + "'" + because(constraint);
    }

    private static String enumSet(String names) {
        return "Member must satisfy enum value set: [" + names + "]";
    }

    private static String one(String text) {
        return "1 validation error detected: " + text;
    }

    private static String minLength(int length) {
        return "Member must have length greater than or equal to " + length;
    }

    private static String maxLength(int length) {
        return "Member must have length less than or equal to " + length;
    }

    static Stream<Arguments> itemOperations() {
        String name = "a".repeat(256);
        String enums =
                "'ReturnConsumedCapacity':'INVALID','ReturnItemCollectionMetrics':'INVALID',"
                        + "'ReturnValues':'INVALID'";
        return Stream.of(
                Arguments.of(
                        Operation.PUT_ITEM,
                        "{'Item':{}}",
                        one("Value null at 'tableName'" + because("Member must not be null"))),
                Arguments.of(Operation.PUT_ITEM, "{'TableName':'','Item':{}}", EMPTY_NAME),
                Arguments.of(
                        Operation.PUT_ITEM,
                        "{'TableName':'','Item':{},'ReturnValues':'INVALID'}",
                        EMPTY_NAME),
                Arguments.of(
                        Operation.PUT_ITEM,
                        "{'TableName':'" + name + "','Item':{}}",
                        one(at(name, "tableName", maxLength(255)))),
                Arguments.of(
                        Operation.PUT_ITEM,
                        "{'TableName':'bad table!@#','Item':{}}",
                        one(at("bad table!@#", "tableName", PATTERN))),
                Arguments.of(
                        Operation.PUT_ITEM,
                        "{'TableName':'x!','Item':{}}",
                        "2 validation errors detected: "
                                + at("x!", "tableName", PATTERN)
                                + "; "
                                + at("x!", "tableName", minLength(3))),
                Arguments.of(
                        Operation.PUT_ITEM,
                        "{'TableName':'abc','Item':{}," + enums + "}",
                        "3 validation errors detected: "
                                + BAD_CAPACITY
                                + "; "
                                + BAD_RETURN_VALUES
                                + "; "
                                + BAD_METRICS),
                Arguments.of(
                        Operation.DELETE_ITEM,
                        "{'TableName':'abc','Key':{},'ReturnValues':'INVALID','ReturnConsumedCapacity':'INVALID'}",
                        "2 validation errors detected: " + BAD_CAPACITY + "; " + BAD_RETURN_VALUES),
                Arguments.of(
                        Operation.UPDATE_ITEM,
                        "{'TableName':'abc','Key':{}," + enums + "}",
                        one(BAD_RETURN_VALUES)),
                Arguments.of(
                        Operation.UPDATE_ITEM,
                        "{'TableName':'','ReturnConsumedCapacity':'INVALID','ReturnValues':'INVALID'}",
                        "4 validation errors detected: "
                                + BAD_CAPACITY
                                + "; "
                                + at("", "tableName", minLength(1))
                                + "; "
                                + OLD_BAD_RETURN_VALUES
                                + "; "
                                + NO_KEY),
                Arguments.of(
                        Operation.UPDATE_ITEM,
                        "{'TableName':'abc','ConditionalOperator':'XOR','Expected':{'a':{'Exists':false}}}",
                        "2 validation errors detected: "
                                + at("XOR", "conditionalOperator", enumSet("OR, AND"))
                                + "; "
                                + NO_KEY),
                Arguments.of(
                        Operation.UPDATE_ITEM,
                        "{'TableName':'abc','Key':{},'AttributeUpdates':{'a':{'Action':'GET'}}}",
                        one(
                                at(
                                        "GET",
                                        "attributeUpdates.a.member.action",
                                        enumSet("ADD, DELETE, PUT")))),
                Arguments.of(Operation.GET_ITEM, "{'TableName':'abc'}", one(NO_KEY)),
                Arguments.of(
                        Operation.GET_ITEM,
                        "{'TableName':'abc','Key':{},'AttributesToGet':[]}",
                        one(at("[]", "attributesToGet", minLength(1)))));
    }

    static Stream<Arguments> reads() {
        String noKeys = "Value at 'RequestItems.abc.member.Keys'" + because(minLength(1));
        String tooManyKeys = "{'a':{'S':'a'}},".repeat(100) + "{'a':{'S':'a'}}";
        return Stream.of(
                Arguments.of(
                        Operation.QUERY,
                        "{'TableName':'abc','Limit':0}",
                        one(
                                "Value at 'Limit'"
                                        + because(
                                                "Member must have value greater than or equal to 1"))),
                Arguments.of(
                        Operation.QUERY,
                        "{'TableName':'abc','Select':'INVALID_VALUE'}",
                        one(
                                at(
                                        "INVALID_VALUE",
                                        "select",
                                        enumSet(
                                                "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES,"
                                                        + " ALL_PROJECTED_ATTRIBUTES")))),
                Arguments.of(
                        Operation.QUERY,
                        "{'TableName':'abc','ConditionalOperator':'XOR','Select':'BOGUS'}",
                        "Failed to satisfy constraint: " + enumSet("ALL, OR")),
                Arguments.of(
                        Operation.QUERY,
                        "{'TableName':'abc','KeyConditions':{'a':{}}}",
                        one(
                                "Value null at 'keyConditions.a.member.comparisonOperator'"
                                        + because("Member must not be null"))),
                Arguments.of(
                        Operation.SCAN,
                        "{'TableName':'abc','Limit':0}",
                        one(at("0", "limit", "Member must have value greater than or equal to 1"))),
                Arguments.of(
                        Operation.SCAN,
                        "{'TableName':'abc','Segment':-1,'TotalSegments':4}",
                        one(
                                at(
                                        "-1",
                                        "segment",
                                        "Member must have value greater than or equal to 0"))),
                Arguments.of(
                        Operation.SCAN,
                        "{'TableName':'abc','Segment':1,'TotalSegments':1000001}",
                        one(
                                at(
                                        "1000001",
                                        "totalSegments",
                                        "Member must have value less than or equal to 1000000"))),
                Arguments.of(
                        Operation.BATCH_GET_ITEM,
                        "{}",
                        one("Value null at 'requestItems'" + because("Member must not be null"))),
                Arguments.of(
                        Operation.BATCH_GET_ITEM,
                        "{'RequestItems':{}}",
                        one("Value at 'RequestItems'" + because(minLength(1)))),
                Arguments.of(
                        Operation.BATCH_GET_ITEM,
                        "{'RequestItems':{'abc':{'Keys':[]}}}",
                        one(noKeys)),
                Arguments.of(
                        Operation.BATCH_GET_ITEM,
                        "{'RequestItems':{'abc':{'Keys':[" + tooManyKeys + "]}}}",
                        one("Value at 'RequestItems.abc.member.Keys'" + because(maxLength(100)))),
                Arguments.of(
                        Operation.BATCH_GET_ITEM,
                        "{'RequestItems':{'bad!name':{'Keys':[{'pk':{'S':'a'}}]}},'ReturnConsumedCapacity':'INVALID'}",
                        "2 validation errors detected: "
                                + at(
                                        "{\"bad!name\":{\"Keys\":[{\"pk\":{\"S\":\"a\"}}]}}",
                                        "requestItems",
                                        MAP_KEYS)
                                + "; "
                                + BAD_CAPACITY));
    }

    static Stream<Arguments> batchWrites() {
        String put = "{'PutRequest':{'Item':{'pk':{'S':'x'}}}}";
        return Stream.of(
                Arguments.of(
                        Operation.BATCH_WRITE_ITEM,
                        "{'RequestItems':{}}",
                        one("Value at 'RequestItems'" + because(minLength(1)))),
                Arguments.of(
                        Operation.BATCH_WRITE_ITEM,
                        "{'RequestItems':{'abc':[" + (put + ",").repeat(25) + put + "]}}",
                        one("Value at 'RequestItems.abc.member'" + because(maxLength(25)))),
                Arguments.of(
                        Operation.BATCH_WRITE_ITEM,
                        "{'RequestItems':{'abc':[]}}",
                        one(
                                at(
                                        "{abc=[]}",
                                        "requestItems",
                                        "Map value must satisfy constraint: ["
                                                + maxLength(25)
                                                + ", "
                                                + minLength(1)
                                                + "]"))),
                Arguments.of(
                        Operation.BATCH_WRITE_ITEM,
                        "{'RequestItems':{'abc':[{'PutRequest':{}}]}}",
                        one(
                                "Value null at 'requestItems.abc.member.1.member.putRequest.item'"
                                        + because("Member must not be null"))),
                Arguments.of(
                        Operation.BATCH_WRITE_ITEM,
                        "{'RequestItems':{'a!':[" + put + "]}}",
                        one(
                                at(
                                        "{a!=[WriteRequest(putRequest=PutRequest(item={pk=AttributeValue("
                                                + "S[value=x])}), deleteRequest=null)]}",
                                        "requestItems",
                                        MAP_KEYS))),
                Arguments.of(
                        Operation.BATCH_WRITE_ITEM,
                        "{'RequestItems':{'a!':["
                                + put
                                + "]},'ReturnConsumedCapacity':'INVALID',"
                                + "'ReturnItemCollectionMetrics':'INVALID'}",
                        "2 validation errors detected: " + BAD_CAPACITY + "; " + BAD_METRICS));
    }

    static Stream<Arguments> tables() {
        String noName = "The parameter 'TableName' is required but was not present in the request";
        String keys = "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}]";
        String definitions = "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'}]";
        String shortIndex = "[{'IndexName':'%s'," + keys + ",'Projection':{}}]";
        return Stream.of(
                Arguments.of(Operation.CREATE_TABLE, "{}", noName),
                Arguments.of(Operation.DESCRIBE_TABLE, "{}", noName),
                Arguments.of(Operation.UPDATE_TABLE, "{'BillingMode':'X'}", noName),
                Arguments.of(
                        Operation.DESCRIBE_TABLE,
                        "{'TableName':'ab'}",
                        one(at("ab", "tableName", minLength(3)))),
                Arguments.of(
                        Operation.CREATE_TABLE,
                        "{'TableName':''," + definitions + "," + keys + "}",
                        "2 validation errors detected: "
                                + at("", "tableName", minLength(3))
                                + "; "
                                + at("", "tableName", PATTERN)),
                Arguments.of(
                        Operation.CREATE_TABLE,
                        "{'TableName':'abc'," + definitions + ",'KeySchema':[]}",
                        one(at("[]", "keySchema", minLength(1)))),
                Arguments.of(
                        Operation.CREATE_TABLE,
                        "{'TableName':'abc',"
                                + definitions
                                + ",'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},{'AttributeName':'b','KeyType':'RANGE'},"
                                + "{'AttributeName':'c','KeyType':'RANGE'}]}",
                        one(
                                at(
                                        "[KeySchemaElement(attributeName=a, keyType=HASH),"
                                                + " KeySchemaElement(attributeName=b, keyType=RANGE),"
                                                + " KeySchemaElement(attributeName=c, keyType=RANGE)]",
                                        "keySchema",
                                        maxLength(2)))),
                Arguments.of(
                        Operation.CREATE_TABLE,
                        "{'TableName':'abc',"
                                + definitions
                                + ",'KeySchema':[{'AttributeName':'a','KeyType':'X'}],'BillingMode':'Y'}",
                        "2 validation errors detected: "
                                + at("Y", "billingMode", enumSet("PROVISIONED, PAY_PER_REQUEST"))
                                + "; "
                                + at("X", "keySchema.1.member.keyType", enumSet("HASH, RANGE"))),
                Arguments.of(
                        Operation.DESCRIBE_TABLE,
                        "{'TableName':''}",
                        "2 validation errors detected: "
                                + at("", "tableName", minLength(3))
                                + "; "
                                + at("", "tableName", PATTERN)),
                Arguments.of(
                        Operation.CREATE_TABLE,
                        "{'TableName':'abc','AttributeDefinitions':[{}]," + keys + "}",
                        "2 validation errors detected: Value null at"
                                + " 'attributeDefinitions.1.member.attributeType'"
                                + because("Member must not be null")
                                + "; Value null at 'attributeDefinitions.1.member.attributeName'"
                                + because("Member must not be null")),
                Arguments.of(
                        Operation.UPDATE_TABLE,
                        "{'TableName':'abc','TableClass':'standard'}",
                        "Invalid table-class parameter provided. Please try again with a valid"
                                + " table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS]."),
                Arguments.of(
                        Operation.UPDATE_TABLE,
                        "{'TableName':'abc','StreamSpecification':{'StreamEnabled':true,'StreamViewType':''},"
                                + "'SSESpecification':{'KMSMasterKeyId':'','SSEType':'kms'}}",
                        "3 validation errors detected: "
                                + at(
                                        "",
                                        "streamSpecification.streamViewType",
                                        enumSet(
                                                "OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES,"
                                                        + " NEW_IMAGE"))
                                + "; "
                                + at("", "sSESpecification.kMSMasterKeyId", minLength(1))
                                + "; "
                                + at("kms", "sSESpecification.sSEType", enumSet("AES256, KMS"))),
                Arguments.of(
                        Operation.UPDATE_TIME_TO_LIVE,
                        "{'TableName':'abc','TimeToLiveSpecification':{'AttributeName':''}}",
                        "2 validation errors detected: "
                                + at("", "timeToLiveSpecification.attributeName", minLength(1))
                                + "; Value null at 'timeToLiveSpecification.enabled'"
                                + because("Member must not be null")),
                Arguments.of(
                        Operation.UPDATE_CONTINUOUS_BACKUPS,
                        "{'TableName':'abc','PointInTimeRecoverySpecification':{'RecoveryPeriodInDays':36}}",
                        "2 validation errors detected: "
                                + at(
                                        "36",
                                        "pointInTimeRecoverySpecification.recoveryPeriodInDays",
                                        "Member must have value less than or equal to 35")
                                + "; Value null at"
                                + " 'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled'"
                                + because("Member must not be null")),
                Arguments.of(
                        Operation.UPDATE_CONTRIBUTOR_INSIGHTS,
                        "{'TableName':'abc','ContributorInsightsAction':'ON','ContributorInsightsMode':'ALL'}",
                        "2 validation errors detected: "
                                + at("ON", "contributorInsightsAction", enumSet("ENABLE, DISABLE"))
                                + "; "
                                + at(
                                        "ALL",
                                        "contributorInsightsMode",
                                        enumSet("THROTTLED_KEYS, ACCESSED_AND_THROTTLED_KEYS"))),
                Arguments.of(
                        Operation.DESCRIBE_CONTRIBUTOR_INSIGHTS,
                        "{'TableName':'abc','IndexName':'ab'}",
                        "IndexName must be at least 3 characters long and at most 255 characters"
                                + " long"),
                Arguments.of(
                        Operation.ENABLE_KINESIS_STREAMING_DESTINATION,
                        "{'TableName':'abc','StreamArn':'arn:short'}",
                        one(at("arn:short", "streamArn", minLength(37)))),
                Arguments.of(
                        Operation.CREATE_BACKUP,
                        "{'TableName':'abc','BackupName':'a'}",
                        one(at("a", "backupName", minLength(3)))),
                Arguments.of(
                        Operation.LIST_BACKUPS,
                        "{'Limit':0}",
                        one(at("0", "limit", "Member must have value greater than or equal to 1"))),
                Arguments.of(
                        Operation.CREATE_TABLE,
                        "{'TableName':'abc','AttributeDefinitions':[{'AttributeName':'a','AttributeType':'X'}],"
                                + keys
                                + "}",
                        one(
                                at(
                                        "X",
                                        "attributeDefinitions.1.member.attributeType",
                                        enumSet("B, N, S")))),
                Arguments.of(
                        Operation.CREATE_TABLE,
                        "{'TableName':'abc',"
                                + definitions
                                + ","
                                + keys
                                + ",'LocalSecondaryIndexes':"
                                + shortIndex.formatted("l1")
                                + ",'GlobalSecondaryIndexes':"
                                + shortIndex.formatted("g1")
                                + "}",
                        "2 validation errors detected: "
                                + at(
                                        "g1",
                                        "globalSecondaryIndexes.1.member.indexName",
                                        minLength(3))
                                + "; "
                                + at(
                                        "l1",
                                        "localSecondaryIndexes.1.member.indexName",
                                        minLength(3))),
                Arguments.of(
                        Operation.UPDATE_TABLE,
                        "{'TableName':'abc','ProvisionedThroughput':{'ReadCapacityUnits':0}}",
                        "2 validation errors detected: Value null at"
                                + " 'provisionedThroughput.writeCapacityUnits'"
                                + because("Member must not be null")
                                + "; "
                                + at(
                                        "0",
                                        "provisionedThroughput.readCapacityUnits",
                                        "Member must have value greater than or equal to 1")),
                Arguments.of(
                        Operation.LIST_TABLES,
                        "{'Limit':2147483648,'ExclusiveStartTableName':'a;'}",
                        "3 validation errors detected: "
                                + at(
                                        "2147483647",
                                        "limit",
                                        "Member must have value less than or equal to 100")
                                + "; "
                                + at("a;", "exclusiveStartTableName", PATTERN)
                                + "; "
                                + at("a;", "exclusiveStartTableName", minLength(3))),
                Arguments.of(Operation.TAG_RESOURCE, "{}", "Invalid TableArn"),
                Arguments.of(
                        Operation.CREATE_BACKUP,
                        "{}",
                        "The parameter 'TableName' is required but was not present in the"
                                + " request"),
                Arguments.of(
                        Operation.CREATE_BACKUP,
                        "{'TableName':'abc'}",
                        one("Value null at 'backupName'" + because("Member must not be null"))),
                Arguments.of(
                        Operation.DESCRIBE_STREAM,
                        "{}",
                        one("Value null at 'streamArn'" + because("Member must not be null"))));
    }

    @ParameterizedTest
    @MethodSource({"itemOperations", "reads", "batchWrites", "tables"})
    void violationsAreNamedAsTheServiceDoes(Operation operation, String json, String message) {
        assertThat(JsonCalls.refusal(operation, json)).isEqualTo(new ApiError.Validation(message));
    }

    @Test
    void atMostTenViolationsAreNamed() {
        String bad = "{'AttributeName':'','KeyType':'X'},";
        String message =
                JsonCalls.refusal(
                                Operation.CREATE_TABLE,
                                "{'TableName':'a;','KeySchema':[" + bad.repeat(9) + bad + "{}]}")
                        .message();
        assertThat(message).startsWith("10 validation errors detected: ");
        assertThat(message.split("; Value ")).hasSize(10);
    }

    @Test
    void hugeValuesAreNotEchoedWhole() {
        String name = "!".repeat(1_000_000);
        String message =
                JsonCalls.refusal(Operation.DESCRIBE_TABLE, "{'TableName':'" + name + "'}")
                        .message();
        assertThat(message.length()).isLessThan(20_000);
    }

    @Test
    void anArnNamesATable() {
        String arn = "arn:aws:dynamodb:us-east-1:000000000000:table/abc";
        assertThat(
                        JsonCalls.read(Operation.GET_ITEM, "{'TableName':'" + arn + "','Key':{}}")
                                .tableNames())
                .containsExactly(arn);
    }
}
