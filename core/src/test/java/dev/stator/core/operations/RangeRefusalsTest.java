package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Requests.query;
import static dev.stator.core.operations.Requests.read;
import static dev.stator.core.operations.Requests.scan;
import static dev.stator.core.operations.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ReadFilter;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.Select;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Query and Scan refuse, and in which words. */
class RangeRefusalsTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String OPERATOR = "Invalid operator used in KeyConditionExpression: ";
    private static final String TYPE =
            INVALID + "Condition parameter type does not match schema type";
    private static final String START = "The provided starting key is invalid";

    private final FakeCluster cluster = Requests.clusterWithTables();

    @ParameterizedTest(name = "{1}")
    @MethodSource({"keyConditions", "startKeys", "indexReads", "selects", "segments"})
    void refuses(ApiRequest request, String message) {
        assertThat(cluster.refuse(request)).isEqualTo(new ApiError.Validation(message));
    }

    private static Arguments refused(String condition, String message, Object... values) {
        return Arguments.of(query(RANGE, condition, read(values).build()), message);
    }

    static List<Arguments> keyConditions() {
        return List.of(
                refused("a > :a", "Query key condition not supported", ":a", "k"),
                refused("begins_with(a, :a)", "Query key condition not supported", ":a", "k"),
                refused("b = :a", "Query condition missed key schema element: a", ":a", "k"),
                refused(
                        "a = :a AND x = :a",
                        "Query condition missed key schema element: b",
                        ":a",
                        "k"),
                refused(
                        "a = :a AND b = :a AND b > :a",
                        "Invalid KeyConditionExpression: KeyConditionExpressions must only contain"
                                + " one condition per key",
                        ":a",
                        "k"),
                refused(
                        "a = :a AND b = :a AND c = :a",
                        "The number of query conditions (3) exceeds the number of key attributes"
                                + " defined in the schema (2)",
                        ":a",
                        "k"),
                refused("a = :a AND b <> :a", OPERATOR + "<>", ":a", "k"),
                refused("a = :a OR b = :a", OPERATOR + "OR", ":a", "k"),
                refused("a = :a AND NOT b = :a", OPERATOR + "NOT", ":a", "k"),
                refused("a = :a AND b IN (:a)", OPERATOR + "IN", ":a", "k"),
                refused("a = :a AND contains(b, :a)", OPERATOR + "contains", ":a", "k"),
                refused("a = :a AND attribute_exists(b)", OPERATOR + "attribute_exists", ":a", "k"),
                refused(
                        "a = :a AND size(b) = :n",
                        "KeyConditionExpressions cannot contain nested operations",
                        ":a",
                        "k",
                        ":n",
                        1),
                refused(
                        "a.x = :a",
                        "KeyConditionExpressions cannot have conditions on nested attributes",
                        ":a",
                        "k"),
                refused(
                        "a = :a AND b = a",
                        "Invalid condition in KeyConditionExpression: Multiple attribute names used"
                                + " in one condition",
                        ":a",
                        "k"),
                refused("a = :a", TYPE, ":a", 1),
                refused("a = :a AND b = :b", TYPE, ":a", "k", ":b", true),
                refused(
                        "a = :a",
                        "One or more parameter values are not valid. The AttributeValue for a key"
                                + " attribute cannot contain an empty string value. Key: a",
                        ":a",
                        ""),
                refused(
                        "a = :a AND b BETWEEN :y AND :x",
                        "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound"
                                + " to be greater than or equal to lower bound; lower bound"
                                + " operand: AttributeValue: {S:y}, upper bound operand:"
                                + " AttributeValue: {S:x}",
                        ":a",
                        "k",
                        ":x",
                        "x",
                        ":y",
                        "y"));
    }

    private static Arguments started(String condition, Item startKey, String message) {
        return Arguments.of(
                query(RANGE, condition, read(":a", "k").exclusiveStartKey(startKey).build()),
                message);
    }

    static List<Arguments> startKeys() {
        return List.of(
                started("a = :a", item("a", "k"), START),
                started("a = :a", item("a", "k", "b", "1", "c", "x"), START),
                started("a = :a", item("a", "k", "c", "1"), START),
                started("a = :a", Item.EMPTY, START),
                started(
                        "a = :a",
                        item("a", "k", "b", 1),
                        "The provided key element does not match the schema"),
                started(
                        "a = :a",
                        item("a", "other", "b", "1"),
                        "The provided starting key is outside query boundaries based on provided"
                                + " conditions"),
                started(
                        "a = :a AND b > :a",
                        item("a", "k", "b", "a"),
                        "The provided starting key does not match the range key predicate"),
                Arguments.of(
                        query(
                                HASH,
                                "a = :a",
                                read(":a", "k").exclusiveStartKey(item("a", "k")).build()),
                        "The provided exclusive start key is invalid: ExclusiveStartKey:"
                                + " {a=S[value=k]}"),
                Arguments.of(
                        scan(RANGE, read().exclusiveStartKey(item("a", "k")).build()),
                        START + ": The provided key element does not match the schema"));
    }

    private static RangeRead.Builder ofIndex(String name) {
        return read(":c", "k").indexName(name);
    }

    static List<Arguments> indexReads() {
        return List.of(
                Arguments.of(
                        query(RANGE, "c = :c", ofIndex("absent").build()),
                        "The table does not have the specified index: absent"),
                Arguments.of(
                        query(RANGE, "c = :c", ofIndex("index3").consistentRead(true).build()),
                        "Consistent reads are not supported on global secondary indexes"),
                Arguments.of(
                        query(
                                RANGE,
                                "c = :c",
                                ofIndex("index4").select(Select.ALL_ATTRIBUTES).build()),
                        INVALID
                                + "Select type ALL_ATTRIBUTES is not supported for global secondary"
                                + " index index4 because its projection type is not ALL"),
                Arguments.of(
                        query(RANGE, "c = :c", projected(ofIndex("index4"), "e, x.y, z").build()),
                        INVALID + "Global secondary index index4 does not project [x, z]"),
                Arguments.of(
                        query(
                                RANGE,
                                "c = :c",
                                ofIndex("index4")
                                        .exclusiveStartKey(item("a", "k", "b", "1"))
                                        .build()),
                        START),
                Arguments.of(
                        query(RANGE, "c = :c", filtered(ofIndex("index4"), "d = :c").build()),
                        "Filter Expression can only contain non-primary key attributes: Primary key"
                                + " attribute: d"));
    }

    private static RangeRead.Builder projected(RangeRead.Builder read, String expression) {
        return read.projection(new ReadProjection(Optional.of(expression), Optional.empty()));
    }

    private static RangeRead.Builder filtered(RangeRead.Builder read, String expression) {
        return read.filter(
                new ReadFilter(Optional.of(expression), Optional.empty(), Optional.empty()));
    }

    static List<Arguments> selects() {
        List<Arguments> cases = new ArrayList<>();
        for (Select select : List.of(Select.ALL_ATTRIBUTES, Select.COUNT)) {
            cases.add(
                    Arguments.of(
                            scan(RANGE, projected(read().select(select), "x").build()),
                            "Cannot specify the ProjectionExpression when choosing to get "
                                    + (select == Select.COUNT ? "only the Count" : select)));
        }
        cases.add(
                Arguments.of(
                        scan(RANGE, read().select(Select.ALL_PROJECTED_ATTRIBUTES).build()),
                        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an"
                                + " IndexName"));
        cases.add(
                Arguments.of(
                        scan(RANGE, read().select(Select.SPECIFIC_ATTRIBUTES).build()),
                        "Must specify the AttributesToGet or ProjectionExpression when choosing to"
                                + " get SPECIFIC_ATTRIBUTES"));
        return cases;
    }

    static List<Arguments> segments() {
        return List.of(
                Arguments.of(
                        new ScanRequest(
                                RANGE, OptionalInt.of(0), OptionalInt.empty(), RangeRead.ALL),
                        "The TotalSegments parameter is required but was not present in the request"
                                + " when Segment parameter is present"),
                Arguments.of(
                        new ScanRequest(
                                RANGE, OptionalInt.empty(), OptionalInt.of(2), RangeRead.ALL),
                        "The Segment parameter is required but was not present in the request when"
                                + " parameter TotalSegments is present"),
                Arguments.of(
                        scan(RANGE, 5, 5, RangeRead.ALL),
                        "The Segment parameter is zero-based and must be less than parameter"
                                + " TotalSegments: Segment: 5 is not less than TotalSegments: 5"));
    }

    @Test
    void aStartKeyOfAnotherSegmentIsRefused() {
        int refused = 0;
        for (int segment = 0; segment < 4; segment++) {
            RangeRead read = read().exclusiveStartKey(item("a", "k", "b", "1")).build();
            if (cluster.end(scan(RANGE, segment, 4, read)) instanceof FakeCluster.Ending.Failure) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(3);
    }

    @Test
    void theTableIsLookedForAfterTheExpressionsAndBeforeTheKey() {
        assertThat(cluster.refuse(query("Absent", "a > :a", read(":a", "k").build())))
                .isEqualTo(new ApiError.ResourceNotFound("Requested resource not found"));
        assertThat(cluster.refuse(query("Absent", "a = :b", read(":a", "k").build())))
                .isInstanceOf(ApiError.Validation.class);
    }
}
