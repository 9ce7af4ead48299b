package dev.stator.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.error.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the service says of members that have the wrong JSON type. */
class TypeErrorsTest {
    private static final String CAST =
            "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to"
                    + " class java.lang.Class"
                    + " (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and"
                    + " java.lang.Class are in module java.base of loader 'bootstrap')";
    private static final String STRUCTURE = "Start of structure or map found where not expected";
    private static final String SHAPES = "com.amazonaws.dynamodb.v20120810.";

    /** A value in the place of a member, and what is said of it. */
    private record Wrong(String value, String message) {}

    private static List<Wrong> scalar(String type, boolean integer) {
        List<Wrong> wrong = new ArrayList<>();
        wrong.add(new Wrong("true", "TRUE_VALUE cannot be converted to " + type));
        wrong.add(new Wrong("false", "FALSE_VALUE cannot be converted to " + type));
        if (integer) {
            wrong.add(new Wrong("'23'", "STRING_VALUE cannot be converted to " + type));
        } else {
            wrong.add(new Wrong("23", "NUMBER_VALUE cannot be converted to " + type));
            wrong.add(new Wrong("-2147483648", "NUMBER_VALUE cannot be converted to " + type));
            wrong.add(new Wrong("34.56", "DECIMAL_VALUE cannot be converted to " + type));
        }
        wrong.add(new Wrong("[]", "Unrecognized collection type class java.lang." + type));
        wrong.add(new Wrong("{}", STRUCTURE));
        return wrong;
    }

    private static List<Wrong> scalars(String message, Wrong... others) {
        List<Wrong> wrong = new ArrayList<>(List.of(others));
        for (String value : List.of("'23'", "true", "false", "23", "34.56")) {
            wrong.add(new Wrong(value, message));
        }
        return wrong;
    }

    private static List<Wrong> of(String type) {
        return switch (type) {
            case "String" -> scalar("String", false);
            case "Integer", "Long" -> scalar(type, true);
            case "Boolean" ->
                    List.of(
                            new Wrong("'23'", "Unexpected token received from parser"),
                            new Wrong("23", "NUMBER_VALUE cannot be converted to Boolean"),
                            new Wrong("34.56", "DECIMAL_VALUE cannot be converted to Boolean"),
                            new Wrong("[]", "Unrecognized collection type class java.lang.Boolean"),
                            new Wrong("{}", STRUCTURE));
            case "Blob" ->
                    List.of(
                            new Wrong(
                                    "true",
                                    "only base-64-encoded strings are convertible to bytes"),
                            new Wrong(
                                    "23", "only base-64-encoded strings are convertible to bytes"),
                            new Wrong(
                                    "[]", "Unrecognized collection type class java.nio.ByteBuffer"),
                            new Wrong("{}", STRUCTURE),
                            new Wrong(
                                    "'23456'",
                                    "Base64 encoded length is expected a multiple of 4 bytes but"
                                            + " found: 5"),
                            new Wrong("'=+/='", "Invalid last non-pad Base64 character dectected"),
                            new Wrong("'+/+='", "Invalid last non-pad Base64 character dectected"),
                            new Wrong("'A%AA'", "Invalid Base64 character: '%'"));
            case "List" -> scalars("Unexpected field type", new Wrong("{}", STRUCTURE));
            case "NestedList" -> scalars(CAST, new Wrong("{}", STRUCTURE));
            default -> ofStructure(type);
        };
    }

    private static List<Wrong> ofStructure(String type) {
        String shape = type.substring(type.indexOf(':') + 1);
        Wrong listForMap =
                new Wrong(
                        "[]",
                        "Unrecognized collection type java.util.Map<java.lang.String, "
                                + shape
                                + ">");
        Wrong listForStructure =
                new Wrong("[]", "Unrecognized collection type class " + SHAPES + shape);
        return switch (type.substring(0, type.indexOf(':'))) {
            case "Map" -> scalars("Unexpected field type", listForMap);
            case "NestedMap" -> scalars(CAST, listForMap);
            case "Value" -> scalars("Unexpected value type in payload", listForStructure);
            case "Member" -> scalars("Unexpected field type", listForStructure);
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** Operation, place with ? where the value stands, type. */
    static Stream<List<Object>> places() {
        String values = "Map:" + SHAPES + "AttributeValue";
        Stream<List<Object>> places =
                Stream.of(
                        List.of(Operation.PUT_ITEM, "?", "Value:PutItemInput"),
                        List.of(Operation.PUT_ITEM, "{'TableName':?}", "String"),
                        List.of(Operation.PUT_ITEM, "{'Item':?}", values),
                        List.of(Operation.PUT_ITEM, "{'Item':{'a':?}}", "Value:AttributeValue"),
                        List.of(
                                Operation.PUT_ITEM,
                                "{'Expected':?}",
                                "Map:" + SHAPES + "ExpectedAttributeValue"),
                        List.of(
                                Operation.PUT_ITEM,
                                "{'Expected':{'a':?}}",
                                "Value:ExpectedAttributeValue"),
                        List.of(Operation.PUT_ITEM, "{'Expected':{'a':{'Exists':?}}}", "Boolean"),
                        List.of(
                                Operation.PUT_ITEM,
                                "{'Expected':{'a':{'Value':?}}}",
                                "Member:AttributeValue"),
                        List.of(
                                Operation.PUT_ITEM,
                                "{'Expected':{'a':{'AttributeValueList':?}}}",
                                "List"),
                        List.of(
                                Operation.PUT_ITEM,
                                "{'Expected':{'a':{'AttributeValueList':[?]}}}",
                                "Value:AttributeValue"),
                        List.of(
                                Operation.PUT_ITEM,
                                "{'ExpressionAttributeNames':?}",
                                "Map:java.lang.String"),
                        List.of(
                                Operation.PUT_ITEM,
                                "{'ExpressionAttributeNames':{'#a':?}}",
                                "String"),
                        List.of(Operation.PUT_ITEM, "{'ExpressionAttributeValues':?}", values),
                        List.of(
                                Operation.UPDATE_ITEM,
                                "{'AttributeUpdates':?}",
                                "Map:" + SHAPES + "AttributeValueUpdate"),
                        List.of(
                                Operation.UPDATE_ITEM,
                                "{'AttributeUpdates':{'a':?}}",
                                "Value:AttributeValueUpdate"),
                        List.of(
                                Operation.UPDATE_ITEM,
                                "{'AttributeUpdates':{'a':{'Action':?}}}",
                                "String"),
                        List.of(Operation.GET_ITEM, "{'ConsistentRead':?}", "Boolean"),
                        List.of(Operation.GET_ITEM, "{'AttributesToGet':?}", "List"),
                        List.of(Operation.GET_ITEM, "{'AttributesToGet':[?]}", "String"),
                        List.of(Operation.QUERY, "{'Limit':?}", "Integer"),
                        List.of(
                                Operation.QUERY,
                                "{'KeyConditions':?}",
                                "Map:" + SHAPES + "Condition"),
                        List.of(Operation.QUERY, "{'QueryFilter':{'a':?}}", "Value:Condition"),
                        List.of(Operation.SCAN, "{'Segment':?}", "Integer"),
                        List.of(
                                Operation.BATCH_GET_ITEM,
                                "{'RequestItems':?}",
                                "Map:" + SHAPES + "KeysAndAttributes"),
                        List.of(
                                Operation.BATCH_GET_ITEM,
                                "{'RequestItems':{'a':?}}",
                                "Value:KeysAndAttributes"),
                        List.of(
                                Operation.BATCH_GET_ITEM,
                                "{'RequestItems':{'a':{'Keys':?}}}",
                                "List"),
                        List.of(
                                Operation.BATCH_GET_ITEM,
                                "{'RequestItems':{'a':{'Keys':[?]}}}",
                                "NestedMap:" + SHAPES + "AttributeValue"),
                        List.of(
                                Operation.BATCH_WRITE_ITEM,
                                "{'RequestItems':?}",
                                "Map:java.util.List<" + SHAPES + "WriteRequest>"),
                        List.of(
                                Operation.BATCH_WRITE_ITEM,
                                "{'RequestItems':{'a':?}}",
                                "NestedList"),
                        List.of(
                                Operation.BATCH_WRITE_ITEM,
                                "{'RequestItems':{'a':[?]}}",
                                "Value:WriteRequest"),
                        List.of(
                                Operation.BATCH_WRITE_ITEM,
                                "{'RequestItems':{'a':[{'DeleteRequest':?}]}}",
                                "Member:DeleteRequest"),
                        List.of(
                                Operation.BATCH_WRITE_ITEM,
                                "{'RequestItems':{'a':[{'PutRequest':{'Item':?}}]}}",
                                values),
                        List.of(Operation.CREATE_TABLE, "{'KeySchema':?}", "List"),
                        List.of(
                                Operation.CREATE_TABLE,
                                "{'KeySchema':[?]}",
                                "Value:KeySchemaElement"),
                        List.of(
                                Operation.CREATE_TABLE,
                                "{'ProvisionedThroughput':?}",
                                "Member:ProvisionedThroughput"),
                        List.of(
                                Operation.CREATE_TABLE,
                                "{'ProvisionedThroughput':{'ReadCapacityUnits':?}}",
                                "Long"),
                        List.of(
                                Operation.CREATE_TABLE,
                                "{'GlobalSecondaryIndexes':[{'Projection':{'NonKeyAttributes':[?]}}]}",
                                "String"),
                        List.of(
                                Operation.UPDATE_TABLE,
                                "{'GlobalSecondaryIndexUpdates':[{'Create':?}]}",
                                "Member:CreateGlobalSecondaryIndexAction"),
                        List.of(Operation.LIST_TABLES, "{'Limit':?}", "Integer"));
        String[][] inValue = {
            {"S", "String"},
            {"N", "String"},
            {"B", "Blob"},
            {"BOOL", "Boolean"},
            {"NULL", "Boolean"},
            {"SS", "List"},
            {"NS", "List"},
            {"BS", "List"},
            {"L", "List"},
            {"M", values}
        };
        List<List<Object>> nested = new ArrayList<>();
        for (String[] type : inValue) {
            nested.add(List.of(Operation.GET_ITEM, "{'Key':{'a':{'" + type[0] + "':?}}}", type[1]));
            nested.add(
                    List.of(
                            Operation.GET_ITEM,
                            "{'Key':{'a':{'L':[{'M':{'b':{'" + type[0] + "':?}}}]}}}",
                            type[1]));
        }
        nested.add(List.of(Operation.GET_ITEM, "{'Key':{'a':{'SS':[?]}}}", "String"));
        nested.add(List.of(Operation.GET_ITEM, "{'Key':{'a':{'BS':[?]}}}", "Blob"));
        nested.add(List.of(Operation.GET_ITEM, "{'Key':{'a':{'L':[?]}}}", "Value:AttributeValue"));
        return Stream.concat(places, nested.stream());
    }

    @ParameterizedTest
    @MethodSource("places")
    void wrongTypesAreNamedAsTheServiceDoes(List<Object> place) {
        for (Wrong wrong : of((String) place.get(2))) {
            String json = ((String) place.get(1)).replace("?", wrong.value());
            ApiError error = JsonCalls.refusal((Operation) place.get(0), json);
            assertThat(error).as(json).isEqualTo(new ApiError.Serialization(wrong.message()));
        }
    }

    @Test
    void typesComeBeforeConstraints() {
        assertThat(JsonCalls.refusal(Operation.PUT_ITEM, "{'TableName':'!','ReturnValues':1}"))
                .isInstanceOf(ApiError.Serialization.class);
    }

    @Test
    void nullCountsAsAbsent() {
        assertThat(JsonCalls.read(Operation.LIST_TABLES, "{'Limit':null,'Other':[1,{}]}"))
                .isEqualTo(JsonCalls.read(Operation.LIST_TABLES, "{}"));
    }

    @Test
    void fractionsOfIntegersAreCutOff() {
        assertThat(JsonCalls.read(Operation.LIST_TABLES, "{'Limit':7.9}"))
                .isEqualTo(JsonCalls.read(Operation.LIST_TABLES, "{'Limit':7}"));
    }
}
