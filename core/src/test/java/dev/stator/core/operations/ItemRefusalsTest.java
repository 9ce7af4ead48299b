package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Requests.attributeValues;
import static dev.stator.core.operations.Requests.delete;
import static dev.stator.core.operations.Requests.expectedValue;
import static dev.stator.core.operations.Requests.expecting;
import static dev.stator.core.operations.Requests.get;
import static dev.stator.core.operations.Requests.legacyUpdate;
import static dev.stator.core.operations.Requests.mapOf;
import static dev.stator.core.operations.Requests.placeholders;
import static dev.stator.core.operations.Requests.put;
import static dev.stator.core.operations.Requests.putIf;
import static dev.stator.core.operations.Requests.returning;
import static dev.stator.core.operations.Requests.update;
import static dev.stator.core.operations.TestItems.attributes;
import static dev.stator.core.operations.TestItems.b;
import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.list;
import static dev.stator.core.operations.TestItems.n;
import static dev.stator.core.operations.TestItems.names;
import static dev.stator.core.operations.TestItems.ss;
import static dev.stator.core.operations.TestItems.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.AttributeAction;
import dev.stator.core.operations.api.AttributeValueUpdate;
import dev.stator.core.operations.api.ConditionalOperator;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.ItemUpdate;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.UpdateItemRequest;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.core.operations.api.WriteReturns;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ItemRefusalsTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String MISMATCH = "The provided key element does not match the schema";
    private static final String NESTED =
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
                    + " allowed: ";
    private static final String ABSENT = "NoSuchTable";
    private static final Item KEY = item("a", "k");
    private static final ExpressionAttributes NONE = ExpressionAttributes.NONE;

    private final FakeCluster cluster = Requests.clusterWithTables();

    /** Found in the request alone, before anybody asks whether there is a table. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("refusedAtOnce")
    void refusesAtOnce(ApiRequest request, String message) {
        assertThat(cluster.refuse(request)).isEqualTo(new ApiError.Validation(message));
    }

    static List<Arguments> refusedAtOnce() {
        List<Arguments> cases = new ArrayList<>();
        cases.addAll(mixedForms());
        cases.addAll(unusedPlaceholders());
        cases.addAll(wrongReturnValues());
        cases.addAll(wrongLegacyForms());
        cases.add(
                Arguments.of(
                        put(ABSENT, item("a", "k", "x", "y".repeat(400 * 1_024))),
                        "Item size has exceeded the maximum allowed size"));
        cases.add(
                Arguments.of(
                        update(ABSENT, KEY, "", NONE),
                        one("Invalid UpdateExpression: The expression can not be empty;")));
        cases.add(
                Arguments.of(
                        get("arn:aws:dynamodb:nowhere", KEY),
                        "1 validation error detected: Value 'arn:aws:dynamodb:nowhere' at 'tableName'"
                                + " failed to satisfy constraint: Valid ARN format is"
                                + " 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName',"
                                + " where Resource name must have length less than or equal to 255,"
                                + " Resource name must have length greater than or equal to 3,"
                                + " Resource name must satisfy regular expression pattern:"
                                + " [a-zA-Z0-9_.-]+"));
        return cases;
    }

    private static String one(String message) {
        return "1 validation error detected: " + message;
    }

    private static List<Arguments> mixedForms() {
        String mixed =
                "Can not use both expression and non-expression parameters in the same request:"
                        + " Non-expression parameters: {%s} Expression parameters: {%s}";
        WriteCondition both =
                new WriteCondition(
                        Optional.of("x"),
                        Optional.of(new LinkedHashMap<>()),
                        Optional.of(ConditionalOperator.OR),
                        ReturnValuesOnConditionCheckFailure.NONE);
        return List.of(
                Arguments.of(
                        putIf(ABSENT, KEY, both),
                        one(
                                mixed.formatted(
                                        "Expected, ConditionalOperator", "ConditionExpression"))),
                Arguments.of(
                        new UpdateItemRequest(
                                ABSENT,
                                KEY,
                                new ItemUpdate(
                                        Optional.of("x"), Optional.of(new LinkedHashMap<>())),
                                both,
                                NONE,
                                returning(ReturnValue.NONE)),
                        one(
                                mixed.formatted(
                                        "AttributeUpdates, Expected, ConditionalOperator",
                                        "UpdateExpression, ConditionExpression"))),
                Arguments.of(
                        get(
                                ABSENT,
                                KEY,
                                new ReadProjection(Optional.of("x"), Optional.of(List.of("x"))),
                                NONE),
                        mixed.formatted("AttributesToGet", "ProjectionExpression")));
    }

    private static List<Arguments> unusedPlaceholders() {
        ExpressionAttributes names =
                new ExpressionAttributes(Optional.of(names("#n", "n")), Optional.empty());
        return List.of(
                Arguments.of(
                        get(ABSENT, KEY, ReadProjection.NONE, names),
                        "ExpressionAttributeNames can only be specified when using expressions"),
                Arguments.of(
                        putIf(ABSENT, KEY, WriteCondition.NONE, attributeValues(":v", 1)),
                        one(
                                "ExpressionAttributeValues can only be specified when using"
                                        + " expressions")),
                Arguments.of(
                        new UpdateItemRequest(
                                ABSENT,
                                KEY,
                                ItemUpdate.NONE,
                                WriteCondition.NONE,
                                attributeValues(":v", 1),
                                WriteReturns.NONE),
                        one(
                                "ExpressionAttributeValues can only be specified when using"
                                        + " expressions")),
                Arguments.of(
                        get(ABSENT, KEY, ReadProjection.of("x"), names),
                        "Value provided in ExpressionAttributeNames unused in expressions: keys:"
                                + " {#n}"),
                Arguments.of(
                        update(ABSENT, KEY, "SET x = :v", attributeValues(":v", 1, ":w", 2)),
                        one(
                                "Value provided in ExpressionAttributeValues unused in expressions:"
                                        + " keys: {:w}")),
                Arguments.of(
                        update(
                                ABSENT,
                                KEY,
                                "SET x = :v",
                                placeholders(new LinkedHashMap<>(), attributes(":v", 1))),
                        one("ExpressionAttributeNames must not be empty")));
    }

    private static List<Arguments> wrongReturnValues() {
        String message = one("ReturnValues can only be ALL_OLD or NONE");
        return List.of(
                Arguments.of(put(ABSENT, KEY, returning(ReturnValue.ALL_NEW)), message),
                Arguments.of(put(ABSENT, KEY, returning(ReturnValue.UPDATED_OLD)), message),
                Arguments.of(delete(ABSENT, KEY, returning(ReturnValue.UPDATED_NEW)), message));
    }

    private static List<Arguments> wrongLegacyForms() {
        return List.of(
                Arguments.of(
                        putIf(ABSENT, KEY, withOperator(WriteCondition.NONE)),
                        one("ConditionalOperator cannot be used without Filter or Expected")),
                Arguments.of(
                        putIf(
                                ABSENT,
                                KEY,
                                withOperator(expecting(mapOf("x", expectedValue(n("1")))))),
                        one(
                                "ConditionalOperator can only be used when Filter or Expected has"
                                        + " two or more elements")),
                Arguments.of(
                        get(
                                ABSENT,
                                KEY,
                                new ReadProjection(
                                        Optional.empty(), Optional.of(List.of("x", "y", "x"))),
                                NONE),
                        INVALID + "Duplicate value in attribute name: x"),
                Arguments.of(
                        legacyUpdate(
                                ABSENT,
                                KEY,
                                mapOf(
                                        "x",
                                        new AttributeValueUpdate(
                                                Optional.empty(),
                                                Optional.of(AttributeAction.PUT)))),
                        one(
                                INVALID
                                        + "Only DELETE action is allowed when no attribute value is"
                                        + " specified")));
    }

    private static WriteCondition withOperator(WriteCondition condition) {
        return new WriteCondition(
                condition.expression(),
                condition.expected(),
                Optional.of(ConditionalOperator.OR),
                condition.returnValuesOnFailure());
    }

    /** Found only when the table is known. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("refusedByTheTable")
    void refusesByTheTable(ApiRequest request, String message) {
        int callsBefore = cluster.calls;
        assertThat(cluster.refuse(request)).isEqualTo(new ApiError.Validation(message));
        assertThat(cluster.calls).isEqualTo(callsBefore);
    }

    static List<Arguments> refusedByTheTable() {
        List<Arguments> cases = new ArrayList<>();
        cases.addAll(wrongKeys());
        cases.addAll(wrongItems());
        cases.addAll(wrongIndexKeys());
        cases.addAll(wrongUpdates());
        return cases;
    }

    private static List<Arguments> wrongKeys() {
        return List.of(
                Arguments.of(get(HASH, Item.EMPTY), MISMATCH),
                Arguments.of(get(HASH, item("b", "k")), MISMATCH),
                Arguments.of(get(HASH, item("a", 1)), MISMATCH),
                Arguments.of(get(HASH, item("a", "k", "b", "x")), MISMATCH),
                Arguments.of(get(RANGE, KEY), MISMATCH),
                Arguments.of(delete(HASH, item("a", b("k")), WriteReturns.NONE), MISMATCH),
                Arguments.of(update(RANGE, item("a", "k", "b", 1), "SET x = a", NONE), MISMATCH),
                Arguments.of(
                        get(HASH, item("a", "")),
                        "One or more parameter values are not valid. The AttributeValue for a key"
                                + " attribute cannot contain an empty string value. Key: a"),
                Arguments.of(
                        get(HASH, item("a", "k".repeat(2_049))),
                        INVALID
                                + "Size of hashkey has exceeded the maximum size limit of2048"
                                + " bytes"),
                Arguments.of(
                        get(RANGE, item("a", "k", "b", "k".repeat(1_025))),
                        INVALID
                                + "Aggregated size of all range keys has exceeded the size limit of"
                                + " 1024 bytes"),
                Arguments.of(get(HASH, KEY, ReadProjection.of("a.x"), NONE), NESTED + "Key: a"),
                Arguments.of(
                        get(RANGE, item("a", "k", "b", "1"), ReadProjection.of("c[1]"), NONE),
                        NESTED + "IndexKey: c"),
                Arguments.of(putIf(HASH, KEY, "attribute_exists(a[0])", NONE), NESTED + "Key: a"));
    }

    private static List<Arguments> wrongItems() {
        return List.of(
                Arguments.of(put(HASH, item("b", 1)), INVALID + "Missing the key a in the item"),
                Arguments.of(put(RANGE, KEY), INVALID + "Missing the key b in the item"),
                Arguments.of(
                        put(HASH, item("a", 1)),
                        INVALID + "Type mismatch for key a expected: S actual: N"),
                Arguments.of(
                        put(RANGE, item("a", "k", "b", ss("x"))),
                        INVALID + "Type mismatch for key b expected: S actual: SS"),
                Arguments.of(
                        put(RANGE, item("a", "k", "b", "")),
                        "One or more parameter values are not valid. The AttributeValue for a key"
                                + " attribute cannot contain an empty string value. Key: b"));
    }

    private static List<Arguments> wrongIndexKeys() {
        return List.of(
                Arguments.of(
                        put(RANGE, item("a", "k", "b", "1", "c", 1)),
                        INVALID
                                + "Type mismatch for Index Key c Expected: S Actual: N IndexName:"
                                + " index1"),
                Arguments.of(
                        put(RANGE, item("a", "k", "b", "1", "d", list())),
                        INVALID
                                + "Type mismatch for Index Key d Expected: S Actual: L IndexName:"
                                + " index2"),
                Arguments.of(
                        put(RANGE, item("a", "k", "b", "1", "c", "")),
                        "One or more parameter values are not valid. A value specified for a"
                                + " secondary index key is not supported. The AttributeValue for a"
                                + " key attribute cannot contain an empty string value. IndexName:"
                                + " index1, IndexKey: c"),
                Arguments.of(
                        put(RANGE, item("a", "k", "b", "1", "d", "x".repeat(1_025))),
                        INVALID
                                + "Aggregated size of all range keys has exceeded the size limit of"
                                + " 1024 bytes"),
                Arguments.of(
                        set("c = :v", attributeValues(":v", 5)),
                        INVALID
                                + "Type mismatch for Index Key c Expected: S Actual: N IndexName:"
                                + " index1"),
                Arguments.of(
                        set("c = :v", attributeValues(":v", "")),
                        "One or more parameter values are not valid. The update expression"
                                + " attempted to update a secondary index key to a value that is"
                                + " not supported. The AttributeValue for a key attribute cannot"
                                + " contain an empty string value."));
    }

    private static List<Arguments> wrongUpdates() {
        return List.of(
                Arguments.of(
                        update(HASH, KEY, "SET a = :v", attributeValues(":v", "x")),
                        INVALID + "Cannot update attribute a. This attribute is part of the key"),
                Arguments.of(
                        update(HASH, KEY, "REMOVE a", NONE),
                        INVALID + "Cannot update attribute a. This attribute is part of the key"),
                Arguments.of(
                        legacyUpdate(
                                HASH,
                                KEY,
                                mapOf(
                                        "a",
                                        new AttributeValueUpdate(
                                                Optional.of(value("x")), Optional.empty()))),
                        INVALID + "Cannot update attribute a. This attribute is part of the key"),
                Arguments.of(update(HASH, KEY, "SET x = a.y", NONE), NESTED + "Key: a"),
                Arguments.of(set("c.x = :v", attributeValues(":v", 1)), NESTED + "IndexKey: c"));
    }

    private static ApiRequest set(String assignment, ExpressionAttributes attributes) {
        return update(RANGE, item("a", "k", "b", "1"), "SET " + assignment, attributes);
    }

    @Test
    void anUpdateMayReadTheKey() {
        cluster.end(update(HASH, KEY, "SET x = a", NONE));

        assertThat(cluster.item(HASH, KEY)).contains(item("a", "k", "x", "k"));
    }

    @Test
    void tellsThatThereIsNoSuchTable() {
        ApiError notFound = new ApiError.ResourceNotFound("Requested resource not found");
        assertThat(cluster.refuse(get(ABSENT, Item.EMPTY))).isEqualTo(notFound);
        assertThat(cluster.refuse(put(ABSENT, Item.EMPTY))).isEqualTo(notFound);
        assertThat(cluster.refuse(delete(ABSENT, KEY, WriteReturns.NONE))).isEqualTo(notFound);
        assertThat(cluster.refuse(update(ABSENT, KEY, "REMOVE x", NONE))).isEqualTo(notFound);
        String table = "arn:aws:dynamodb:eu-stator-1:%s:table/" + HASH;
        assertThat(cluster.refuse(get(table.formatted("999999999999"), KEY)))
                .isEqualTo(
                        new ApiError.AccessDenied(
                                "User: arn:aws:iam::123456789012:root is not authorized to perform: dynamodb:GetItem"
                                        + " on resource: arn:aws:dynamodb:eu-stator-1:999999999999:table/"
                                        + HASH
                                        + ""
                                        + " because no resource-based policy allows the dynamodb:GetItem action"));
        assertThat(cluster.end(get(table.formatted(FakeCluster.ACCOUNT), KEY)))
                .isInstanceOf(FakeCluster.Ending.Answer.class);
    }

    /** Less than an item may have, since the action is counted as well. */
    @Test
    void anUpdateNeedsRoomOfItsOwn() {
        int room = 400 * 1_024 - 3 - 19 - 1;
        cluster.end(update(HASH, KEY, "SET x = :v", attributeValues(":v", "y".repeat(room))));
        assertThat(
                        cluster.refuse(
                                update(
                                        HASH,
                                        KEY,
                                        "SET x = :v",
                                        attributeValues(":v", "y".repeat(room + 1)))))
                .isEqualTo(
                        new ApiError.Validation(
                                "Item size to update has exceeded the maximum allowed size"));
    }

    @Test
    void anItemThatDoesNotFitTheUpdateIsLeftAsItIs() {
        Item before = item("a", "k", "x", "text", "body", "y".repeat(300_000));
        cluster.put(HASH, before);

        assertThat(cluster.refuse(update(HASH, KEY, "SET x = x + :v", attributeValues(":v", 1))))
                .isEqualTo(
                        new ApiError.Validation(
                                "An operand in the update expression has an incorrect data type"));
        assertThat(cluster.refuse(update(HASH, KEY, "SET x = nothing", NONE)))
                .isEqualTo(
                        new ApiError.Validation(
                                "The provided expression refers to an attribute that does not"
                                        + " exist in the item"));
        assertThat(cluster.refuse(update(HASH, KEY, "SET more = body", NONE)))
                .isEqualTo(
                        new ApiError.Validation(
                                "Item size to update has exceeded the maximum allowed size"));
        assertThat(cluster.item(HASH, KEY)).contains(before);
    }
}
