package dev.stator.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.GetItemRequest;
import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeValuesTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String NOT_NUMERIC =
            "The parameter cannot be converted to a numeric value";
    private static final String SEVERAL =
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                    + " the supported datatypes";
    private static final String EMPTY =
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    private static final String TOO_DEEP =
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested"
                    + " levels beyond supported limit";

    private static String enveloped(String message) {
        return "1 validation error detected: " + message;
    }

    private static String deep(int maps) {
        return "{'M':{'n':".repeat(maps) + "{'S':'leaf'}" + "}}".repeat(maps);
    }

    /** Value, newer wording, older wording. */
    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of("{}", EMPTY, EMPTY),
                Arguments.of("{'X':1}", EMPTY, EMPTY),
                Arguments.of("null", EMPTY, EMPTY),
                Arguments.of("{'S':null}", EMPTY, EMPTY),
                Arguments.of("{'S':'a','N':'1'}", SEVERAL, SEVERAL),
                Arguments.of("{'SS':['a'],'NS':['1']}", SEVERAL, SEVERAL),
                Arguments.of("{'M':{'a':{}}}", EMPTY, EMPTY),
                Arguments.of("{'L':[{}]}", EMPTY, EMPTY),
                Arguments.of("{'L':[null]}", EMPTY, EMPTY),
                both("{'NULL':false}", "Null attribute value types must have the value of true"),
                both("{'SS':[]}", "An string set  may not be empty"),
                both("{'NS':[]}", "An number set  may not be empty"),
                both("{'BS':[]}", "Binary sets should not be empty"),
                both("{'SS':[null]}", "An string set may not have a null string as a member"),
                both("{'BS':[null]}", "Binary sets may not contain null or empty values"),
                Arguments.of("{'N':'abc'}", NOT_NUMERIC + ": abc", NOT_NUMERIC + ": abc"),
                Arguments.of("{'N':''}", NOT_NUMERIC + ": ", NOT_NUMERIC),
                Arguments.of("{'NS':['1','']}", NOT_NUMERIC + ": ", NOT_NUMERIC),
                Arguments.of(
                        "{'SS':['b','a','b']}",
                        INVALID + "Input collection [\"a\", \"b\", \"b\"] contains duplicates.",
                        INVALID + "Input collection [b, a, b] contains duplicates."),
                Arguments.of(
                        "{'SS':['','']}",
                        INVALID + "Input collection [\"\", \"\"] contains duplicates.",
                        INVALID + "Input collection [, ] contains duplicates."),
                Arguments.of(
                        "{'BS':['/w==','AA==','AA==']}",
                        INVALID
                                + "Input collection [\"AA==\",\"/w==\",\"AA==\"]of type BS contains"
                                + " duplicates.",
                        INVALID
                                + "Input collection [/w==, AA==, AA==]of type BS contains"
                                + " duplicates."),
                Arguments.of(
                        "{'NS':['2','1','2.0']}",
                        INVALID + "Input collection contains duplicates.",
                        "Input collection contains duplicates"),
                Arguments.of(deep(32), TOO_DEEP, TOO_DEEP),
                Arguments.of(deep(400), TOO_DEEP, TOO_DEEP));
    }

    private static Arguments both(String value, String message) {
        return Arguments.of(value, INVALID + message, INVALID + message);
    }

    private static void assertRefused(Operation operation, String json, String message) {
        assertThat(JsonCalls.refusal(operation, json))
                .as(json)
                .isEqualTo(new ApiError.Validation(message));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void areRefusedInTheWordsOfTheOperation(String value, String newer, String older) {
        String table = "{'TableName':'abc',";
        assertRefused(Operation.PUT_ITEM, table + "'Item':{'a':" + value + "}}", enveloped(newer));
        assertRefused(
                Operation.UPDATE_ITEM,
                table + "'Key':{},'AttributeUpdates':{'a':{'Value':" + valueOrEmpty(value) + "}}}",
                enveloped(newer));
        assertRefused(
                Operation.DELETE_ITEM,
                table + "'Key':{},'ExpressionAttributeValues':{':v':" + value + "}}",
                enveloped(newer));
        assertRefused(Operation.GET_ITEM, table + "'Key':{'a':" + value + "}}", newer);
        assertRefused(Operation.QUERY, table + "'ExclusiveStartKey':{'a':" + value + "}}", newer);
        assertRefused(
                Operation.SCAN,
                table + "'ExclusiveStartKey':{'a':" + value + "}}",
                "The provided starting key is invalid: " + older);
        assertRefused(
                Operation.SCAN,
                table + "'ExpressionAttributeValues':{':v':" + value + "}}",
                "ExpressionAttributeValues contains invalid value: " + older + " for key :v");
        assertRefused(
                Operation.BATCH_WRITE_ITEM,
                "{'RequestItems':{'abc':[{'PutRequest':{'Item':{'a':" + value + "}}}]}}",
                older);
    }

    /** A null member is an absent one. */
    private static String valueOrEmpty(String value) {
        return value.equals("null") ? "{}" : value;
    }

    @Test
    void theFirstBadValueIsNamedAfterConstraints() {
        String bad = "'Item':{'a':{'N':'x'},'b':{'SS':[]}}}";
        assertRefused(
                Operation.PUT_ITEM, "{'TableName':'abc'," + bad, enveloped(NOT_NUMERIC + ": x"));
        assertRefused(
                Operation.PUT_ITEM,
                "{'TableName':'ab'," + bad,
                enveloped(
                        "Value 'ab' at 'tableName' failed to satisfy constraint: Member must have"
                                + " length greater than or equal to 3"));
    }

    @Test
    void aWriteRequestIsEitherPutOrDelete() {
        assertRefused(Operation.BATCH_WRITE_ITEM, "{'RequestItems':{'abc':[{}]}}", SEVERAL);
        assertRefused(
                Operation.BATCH_WRITE_ITEM,
                "{'RequestItems':{'abc':[{'PutRequest':{'Item':{}},'DeleteRequest':{'Key':{}}}]}}",
                SEVERAL);
    }

    @Test
    void everyTypeIsRead() {
        String json =
                "{'TableName':'abc','Key':{'s':{'S':'é\uD83D\uDE00'},'n':{'N':'-1.50e1'},'b':{'B':'AAH/'},"
                        + "'t':{'BOOL':true},'u':{'NULL':true},'ss':{'SS':['b','a']},'ns':{'NS':['2','1']},"
                        + "'bs':{'BS':['AA==']},'l':{'L':[{'S':''},{'L':[]}]},'m':{'M':{'':{'N':'0'}}}}}";
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        key.put("s", new AttributeValue.S("é\uD83D\uDE00"));
        key.put("n", new AttributeValue.N(new DecimalNumber(new BigDecimal("-15"))));
        key.put("b", new AttributeValue.B(Bytes.wrap(new byte[] {0, 1, -1})));
        key.put("t", new AttributeValue.Bool(true));
        key.put("u", AttributeValue.Null.INSTANCE);
        key.put("ss", new AttributeValue.StringSet(new LinkedHashSet<>(List.of("b", "a"))));
        key.put(
                "ns",
                new AttributeValue.NumberSet(
                        new LinkedHashSet<>(List.of(DecimalNumber.of(2), DecimalNumber.of(1)))));
        key.put(
                "bs",
                new AttributeValue.BinarySet(
                        new LinkedHashSet<>(List.of(Bytes.wrap(new byte[] {0})))));
        key.put(
                "l",
                new AttributeValue.L(
                        List.of(new AttributeValue.S(""), new AttributeValue.L(List.of()))));
        key.put("m", AttributeValue.M.of(Map.of("", new AttributeValue.N(DecimalNumber.of(0)))));

        GetItemRequest request = (GetItemRequest) JsonCalls.read(Operation.GET_ITEM, json);

        assertThat(request.key()).isEqualTo(Item.of(key));
        assertThat(request.key().attributes().keySet()).containsExactlyElementsOf(key.keySet());
    }

    @Test
    void nestingUpToTheLimitIsRead() {
        JsonCalls.read(Operation.PUT_ITEM, "{'TableName':'abc','Item':{'a':" + deep(31) + "}}");
    }
}
