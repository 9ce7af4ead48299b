package dev.stator.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.Capacity;
import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.ItemCollectionMetrics;
import dev.stator.core.operations.api.MalformedValues;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.TransactGetItem;
import dev.stator.core.operations.api.TransactGetItemsRequest;
import dev.stator.core.operations.api.TransactGetItemsResponse;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.core.operations.api.TransactWriteItemsRequest;
import dev.stator.core.operations.api.TransactWriteItemsResponse;
import dev.stator.core.operations.api.TransactedChange;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of TransactWriteItems and TransactGetItems. */
class TransactionsJsonTest {
    private static final AttributeValue X = new AttributeValue.S("x");
    private static final Item ITEM = Item.of(Map.of("a", X));
    private static final String KEY = "{'a':{'S':'x'}}";
    private static final String EMPTY_LIST =
            "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy"
                    + " constraint: Member must have length greater than or equal to 1";
    private static final String BAD_CAPACITY =
            "Value 'B' at 'returnConsumedCapacity' failed to satisfy constraint: Member must"
                    + " satisfy enum value set: [INDEXES, TOTAL, NONE]";
    private static final String BAD_METRICS =
            "Value 'C' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must"
                    + " satisfy enum value set: [SIZE, NONE]";

    private static <V> SequencedMap<String, V> map(String key, V value) {
        SequencedMap<String, V> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    private static TransactWriteItem.Action only(String action) {
        TransactWriteItemsRequest request =
                (TransactWriteItemsRequest)
                        JsonCalls.read(
                                Operation.TRANSACT_WRITE_ITEMS,
                                "{'TransactItems':[{" + action + "}]}");
        return request.transactItems().getFirst().actions().getFirst();
    }

    private static String refusal(Operation operation, String json) {
        ApiError error = JsonCalls.refusal(operation, json);
        assertThat(error).isInstanceOf(ApiError.Validation.class);
        return error.message();
    }

    private static String writeRefusal(String json) {
        return refusal(Operation.TRANSACT_WRITE_ITEMS, json);
    }

    @Test
    void everyMemberOfAWriteIsRead() {
        assertThat(
                        JsonCalls.read(
                                Operation.TRANSACT_WRITE_ITEMS,
                                """
                                {'ClientRequestToken':'t','ReturnConsumedCapacity':'TOTAL','ReturnItemCollectionMetrics':'SIZE',
                                 'TransactItems':[{'Update':{'TableName':'abc','Key':{'a':{'S':'x'}},'UpdateExpression':'u',
                                 'ConditionExpression':'c','ExpressionAttributeNames':{'#n':'n'},
                                 'ExpressionAttributeValues':{':v':{'S':'x'}},
                                 'ReturnValuesOnConditionCheckFailure':'ALL_OLD'}}]}\
                                """))
                .isEqualTo(
                        new TransactWriteItemsRequest(
                                List.of(
                                        new TransactWriteItem(
                                                List.of(
                                                        new TransactWriteItem.Action(
                                                                "abc",
                                                                new TransactedChange.Update(
                                                                        ITEM, "u"),
                                                                new WriteCondition(
                                                                        Optional.of("c"),
                                                                        Optional.empty(),
                                                                        Optional.empty(),
                                                                        ReturnValuesOnConditionCheckFailure
                                                                                .ALL_OLD),
                                                                new ExpressionAttributes(
                                                                        Optional.of(map("#n", "n")),
                                                                        Optional.of(map(":v", X))),
                                                                MalformedValues.NONE)))),
                                Optional.of("t"),
                                ReturnConsumedCapacity.TOTAL,
                                ReturnItemCollectionMetrics.SIZE));
    }

    @Test
    void eachKindOfActionIsTold() {
        assertThat(only("'Put':{'TableName':'abc','Item':" + KEY + "}").change())
                .isEqualTo(new TransactedChange.Put(ITEM));
        assertThat(only("'Delete':{'TableName':'abc','Key':" + KEY + "}").change())
                .isEqualTo(new TransactedChange.Delete(ITEM));
        assertThat(
                        only("'ConditionCheck':{'TableName':'abc','Key':"
                                        + KEY
                                        + ",'ConditionExpression':'c'}")
                                .change())
                .isEqualTo(new TransactedChange.ConditionCheck(ITEM));
    }

    @Test
    void anElementMayNameNoneOrSeveralForTheOperationToRefuse() {
        String put = "'Put':{'TableName':'abc','Item':" + KEY + "}";
        String delete = "'Delete':{'TableName':'abc','Key':" + KEY + "}";
        TransactWriteItemsRequest request =
                (TransactWriteItemsRequest)
                        JsonCalls.read(
                                Operation.TRANSACT_WRITE_ITEMS,
                                "{'TransactItems':[{},{" + put + "," + delete + "}]}");
        assertThat(request.transactItems().getFirst().actions()).isEmpty();
        assertThat(request.transactItems().getLast().actions()).hasSize(2);
        assertThat(request.tableNames()).containsExactly("abc", "abc");
    }

    @Test
    void malformedValuesAreLeftToTheOperationWhichTellsThemInTheOrderOfTheActions() {
        TransactWriteItem.Action action =
                only(
                        "'Put':{'TableName':'abc','Item':{'a':{'N':'b'}},'ConditionExpression':'c',"
                                + "'ExpressionAttributeValues':{':v':{'N':''}}}");
        assertThat(action.malformed())
                .isEqualTo(
                        new MalformedValues(
                                Optional.of(
                                        "ExpressionAttributeValues contains invalid value: The"
                                                + " parameter cannot be converted to a numeric"
                                                + " value for key :v"),
                                Optional.of(
                                        "The parameter cannot be converted to a numeric value:"
                                                + " b")));
    }

    @Test
    void anEmptyNameIsWorseThanAValueBeforeIt() {
        assertThat(
                        only("'Put':{'TableName':'abc','Item':{'a':{'N':'b'},'':{'S':'x'}}}")
                                .malformed()
                                .attributes())
                .contains("Empty attribute name");
    }

    @Test
    void lengthsAreChecked() {
        assertThat(writeRefusal("{'TransactItems':[]}")).isEqualTo(EMPTY_LIST);
        assertThat(refusal(Operation.TRANSACT_GET_ITEMS, "{'TransactItems':[]}"))
                .isEqualTo(EMPTY_LIST);
        String tooLong =
                "1 validation error detected: Value '\\[.+\\]' at 'transactItems' failed to"
                        + " satisfy constraint: Member must have length less than or equal to 100";
        String put = "{'Put':{'TableName':'abc','Item':" + KEY + "}}";
        assertThat(writeRefusal("{'TransactItems':[" + (put + ",").repeat(100) + put + "]}"))
                .matches(tooLong);
        String get = "{'Get':{'TableName':'abc','Key':" + KEY + "}}";
        assertThat(
                        refusal(
                                Operation.TRANSACT_GET_ITEMS,
                                "{'TransactItems':[" + (get + ",").repeat(100) + get + "]}"))
                .matches(tooLong);
    }

    @Test
    void violationsAreToldTogetherTheTokenFirst() {
        String token = "x".repeat(37);
        assertThat(
                        writeRefusal(
                                "{'ReturnItemCollectionMetrics':'C','ReturnConsumedCapacity':'B',"
                                        + "'ClientRequestToken':'"
                                        + token
                                        + "'}"))
                .isEqualTo(
                        "4 validation errors detected: Value '"
                                + token
                                + "' at 'clientRequestToken' failed to satisfy constraint: Member"
                                + " must have length less than or equal to 36; "
                                + BAD_CAPACITY
                                + "; "
                                + BAD_METRICS
                                + "; Value null at 'transactItems' failed to satisfy constraint:"
                                + " Member must not be null");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`'Put':{'Item':{}}`, put.tableName, null, Member must not be null",
                "`'Put':{'TableName':'abc'}`, put.item, null, Member must not be null",
                "`'Delete':{'TableName':'abc'}`, delete.key, null, Member must not be null",
                "`'Update':{'TableName':'abc','Key':{}}`, update.updateExpression, null, Member must not be null",
                "`'ConditionCheck':{'TableName':'abc','Key':{}}`, conditionCheck.conditionExpression, null, Member must not be null",
                "`'Put':{'TableName':'ab','Item':{}}`, put.tableName, `'ab'`, Member must have length greater than or equal to 3",
                "`'Put':{'TableName':'abc','Item':{},'ReturnValuesOnConditionCheckFailure':'X'}`, put.returnValuesOnConditionCheckFailure, `'X'`, `Member must satisfy enum value set: [ALL_OLD, NONE]`",
            })
    void membersOfActionsAreChecked(String action, String path, String value, String constraint) {
        String put = "{'Put':{'TableName':'abc','Item':{}}}";
        assertThat(writeRefusal("{'TransactItems':[" + put + ",{" + action + "}]}"))
                .isEqualTo(
                        "1 validation error detected: Value "
                                + value
                                + " at 'transactItems.2.member."
                                + path
                                + "' failed to satisfy constraint: "
                                + constraint);
    }

    @Test
    void anArnIsATableName() {
        String arn = "arn:aws:dynamodb:us-east-1:123456789012:table/abc";
        assertThat(only("'Put':{'TableName':'" + arn + "','Item':{}}").tableName()).isEqualTo(arn);
    }

    @Test
    void everyMemberOfAReadIsRead() {
        assertThat(
                        JsonCalls.read(
                                Operation.TRANSACT_GET_ITEMS,
                                """
                                {'ReturnConsumedCapacity':'INDEXES','TransactItems':[{'Get':{'TableName':'abc',
                                 'Key':{'a':{'S':'x'}},'ProjectionExpression':'p','ExpressionAttributeNames':{'#n':'n'}}}]}\
                                """))
                .isEqualTo(
                        new TransactGetItemsRequest(
                                List.of(
                                        new TransactGetItem(
                                                "abc",
                                                ITEM,
                                                new ReadProjection(
                                                        Optional.of("p"), Optional.empty()),
                                                new ExpressionAttributes(
                                                        Optional.of(map("#n", "n")),
                                                        Optional.empty()),
                                                MalformedValues.NONE)),
                                ReturnConsumedCapacity.INDEXES));
    }

    @Test
    void anElementWithoutItsReadIsRefused() {
        assertThat(refusal(Operation.TRANSACT_GET_ITEMS, "{'TransactItems':[{}]}"))
                .isEqualTo(
                        "1 validation error detected: Value null at"
                                + " 'transactItems.1.member.get' failed to satisfy constraint:"
                                + " Member must not be null");
    }

    @Test
    void responsesAreWritten() {
        Capacity units = new Capacity(4, OptionalDouble.empty(), OptionalDouble.of(4));
        ConsumedCapacity consumed =
                new ConsumedCapacity(
                        "abc",
                        units,
                        Optional.of(units),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>());
        assertThat(
                        JsonCalls.write(
                                new TransactWriteItemsResponse(
                                        List.of(consumed),
                                        map(
                                                "abc",
                                                List.of(new ItemCollectionMetrics(ITEM, 0, 1))))))
                .isEqualTo(
                        "{'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':4.0,'WriteCapacityUnits':4.0,"
                                + "'Table':{'CapacityUnits':4.0,'WriteCapacityUnits':4.0}}],"
                                + "'ItemCollectionMetrics':{'abc':[{'ItemCollectionKey':{'a':{'S':'x'}},"
                                + "'SizeEstimateRangeGB':[0.0,1.0]}]}}");
        assertThat(
                        JsonCalls.write(
                                new TransactWriteItemsResponse(List.of(), new LinkedHashMap<>())))
                .isEqualTo("{}");
        assertThat(
                        JsonCalls.write(
                                new TransactGetItemsResponse(
                                        List.of(), List.of(Optional.of(ITEM), Optional.empty()))))
                .isEqualTo("{'Responses':[{'Item':{'a':{'S':'x'}}},{}]}");
    }
}
