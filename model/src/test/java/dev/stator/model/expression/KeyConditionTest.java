package dev.stator.model.expression;

import static dev.stator.model.expression.Sample.b;
import static dev.stator.model.expression.Sample.n;
import static dev.stator.model.expression.Sample.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stator.model.error.ApiException;
import dev.stator.model.expression.KeyCondition.BeginsWith;
import dev.stator.model.expression.KeyCondition.Between;
import dev.stator.model.expression.KeyCondition.Equal;
import dev.stator.model.expression.KeyCondition.GreaterOrEqual;
import dev.stator.model.expression.KeyCondition.GreaterThan;
import dev.stator.model.expression.KeyCondition.LessOrEqual;
import dev.stator.model.expression.KeyCondition.LessThan;
import dev.stator.model.expression.KeyCondition.OnAttribute;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.ScalarType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyConditionTest {
    private static final KeyAttribute PK = new KeyAttribute("pk", ScalarType.S);
    private static final KeyAttribute SK = new KeyAttribute("sk", ScalarType.S);
    private static final KeyAttributes KEY = KeyAttributes.of(new KeySchema(PK, SK));
    private static final KeyAttributes PARTITION_KEY_ONLY = KeyAttributes.of(KeySchema.of(PK));
    private static final KeyAttributes SIX_ATTRIBUTES =
            KeyAttributes.of(
                    new IndexKeySchema(
                            List.of(strings("h1"), strings("h2")),
                            List.of(
                                    strings("a"),
                                    strings("b"),
                                    new KeyAttribute("c", ScalarType.N))));

    private static KeyAttribute strings(String name) {
        return new KeyAttribute(name, ScalarType.S);
    }

    private static KeyCondition parse(String expression, KeyAttributes key) {
        return ExpressionParser.parseKeyCondition(expression, Sample.context()).bindTo(key);
    }

    private static void assertRefused(String expression, KeyAttributes key, String message) {
        ApiException refusal =
                catchThrowableOfType(ApiException.class, () -> parse(expression, key));
        assertThat(refusal).as(expression).hasMessage(message);
    }

    @Test
    void findsThePartitionAndTheRange() {
        Map<String, OnAttribute> ranges =
                Map.ofEntries(
                        Map.entry("sk = :s", new Equal("sk", s("a"))),
                        Map.entry("sk < :s", new LessThan("sk", s("a"))),
                        Map.entry("sk <= :s", new LessOrEqual("sk", s("a"))),
                        Map.entry("sk > :s", new GreaterThan("sk", s("a"))),
                        Map.entry("#sk >= :s", new GreaterOrEqual("sk", s("a"))),
                        Map.entry(":s = sk", new Equal("sk", s("a"))),
                        Map.entry(":s < sk", new GreaterThan("sk", s("a"))),
                        Map.entry(":s <= sk", new GreaterOrEqual("sk", s("a"))),
                        Map.entry(":s > sk", new LessThan("sk", s("a"))),
                        Map.entry(":s >= sk", new LessOrEqual("sk", s("a"))),
                        Map.entry("sk BETWEEN :s AND :t", new Between("sk", s("a"), s("b"))),
                        Map.entry("begins_with(sk, :s)", new BeginsWith("sk", s("a"))));
        ranges.forEach((text, range) -> {
            KeyCondition expected =
                    new KeyCondition(List.of(new Equal("pk", s("b"))), List.of(range));
            assertThat(parse("pk = :t AND " + text, KEY)).isEqualTo(expected);
            assertThat(parse("(" + text + ") and (:t = #pk)", KEY)).isEqualTo(expected);
            assertThat(expected.partitionValue()).isEqualTo(s("b"));
            assertThat(expected.sortCondition()).contains(range);
        });
        assertThat(parse("(pk = :s)", PARTITION_KEY_ONLY))
                .isEqualTo(new KeyCondition(List.of(new Equal("pk", s("a"))), List.of()));
        assertThat(parse("pk = :s", KEY).sortCondition()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "pk => Invalid KeyConditionExpression: Syntax error; token: \"<EOF>\", near: \"pk\"",
                "((pk = :s)) AND sk = :s => Invalid KeyConditionExpression: The expression has"
                        + " redundant parentheses;",
                "pk = :zz => Invalid KeyConditionExpression: An expression attribute value used in"
                        + " expression is not defined; attribute value: :zz",
                "pk = :s AND begins_with(sk, :n) => Invalid KeyConditionExpression: Incorrect"
                        + " operand type for operator or function; operator or function:"
                        + " begins_with, operand type: N",
                "pk = :s AND comment = :s => Invalid KeyConditionExpression: Attribute name is a"
                        + " reserved keyword; reserved keyword: comment",
                "pk = :s OR sk = :s => Invalid operator used in KeyConditionExpression: OR",
                "NOT pk = :s => Invalid operator used in KeyConditionExpression: NOT",
                "pk IN (:s) => Invalid operator used in KeyConditionExpression: IN",
                "pk = :s AND sk <> :s => Invalid operator used in KeyConditionExpression: <>",
                "pk = :s AND contains(sk, :s) => Invalid operator used in KeyConditionExpression:"
                        + " contains",
                "attribute_exists(pk) => Invalid operator used in KeyConditionExpression:"
                        + " attribute_exists",
                "attribute_not_exists(pk) => Invalid operator used in KeyConditionExpression:"
                        + " attribute_not_exists",
                "attribute_type(pk, :S) => Invalid operator used in KeyConditionExpression:"
                        + " attribute_type",
                "size(pk) = :n => KeyConditionExpressions cannot contain nested operations",
                "pk = :s AND sk = size(a) => KeyConditionExpressions cannot contain nested"
                        + " operations",
                "pk = :s AND sk.a = :s => KeyConditionExpressions cannot have conditions on nested"
                        + " attributes",
                "pk[0] = :s => KeyConditionExpressions cannot have conditions on nested attributes",
                "pk = sk => Invalid condition in KeyConditionExpression: Multiple attribute names"
                        + " used in one condition",
                "pk = :s AND sk BETWEEN a AND :s => Invalid condition in KeyConditionExpression:"
                        + " Multiple attribute names used in one condition",
                "pk = :s AND begins_with(sk, a) => Invalid condition in KeyConditionExpression:"
                        + " Multiple attribute names used in one condition",
                ":s = :t => Invalid condition in KeyConditionExpression: No key attribute specified",
                "pk = :s AND :s BETWEEN sk AND :t => Invalid condition in KeyConditionExpression:"
                        + " BETWEEN operator must have the key attribute as its first operand",
                "pk = :s AND begins_with(:s, sk) => Invalid condition in KeyConditionExpression:"
                        + " begins_with operator must have the key attribute as its first operand",
                "pk = :s AND pk = :t => Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per"
                        + " key",
                "pk = :s AND sk > :s AND sk < :t => Invalid KeyConditionExpression: KeyConditionExpressions must only contain one"
                        + " condition per key",
                "pk = :s AND sk > :s AND a < :t => The number of query conditions (3) exceeds the number"
                        + " of key attributes defined in the schema (2)",
                "sk = :s => Query condition missed key schema element: pk",
                "a = :s => Query condition missed key schema element: pk",
                "pk = :s AND a = :s => Query condition missed key schema element: sk",
                "pk = :n => One or more parameter values were invalid: Condition parameter type"
                        + " does not match schema type",
                "pk < :n => One or more parameter values were invalid: Condition parameter type"
                        + " does not match schema type",
                "pk = :s AND sk BETWEEN :n AND :m => One or more parameter values were invalid:"
                        + " Condition parameter type does not match schema type",
                "pk < :s => Query key condition not supported",
                "pk BETWEEN :s AND :t => Query key condition not supported",
                "begins_with(pk, :s) => Query key condition not supported",
                "pk < :s AND sk = :n => Query key condition not supported",
                "pk = :e => One or more parameter values are not valid. The AttributeValue for a key"
                        + " attribute cannot contain an empty string value. Key: pk",
                "pk = :s AND begins_with(sk, :e) => One or more parameter values are not valid. The"
                        + " AttributeValue for a key attribute cannot contain an empty string value."
                        + " Key: sk"
            })
    void refused(String expression, String message) {
        assertRefused(expression, KEY, message);
    }

    @Test
    void aKeyOfOneAttributeHasOneCondition() {
        for (String second : List.of("sk = :s", "a = :s")) {
            assertRefused(
                    "pk = :s AND " + second,
                    PARTITION_KEY_ONLY,
                    "Query key condition not supported");
        }
    }

    @Test
    void keyValuesHaveALength() {
        UnboundKeyCondition partition =
                new UnboundKeyCondition(
                        UnboundKeyCondition.Form.EXPRESSION,
                        List.of(
                                UnboundKeyCondition.Clause.of(
                                        new Equal("pk", s("x".repeat(2049))))));
        assertThat(catchThrowableOfType(ApiException.class, () -> partition.bindTo(KEY)))
                .hasMessage(
                        "One or more parameter values were invalid: Size of hashkey has exceeded the"
                                + " maximum size limit of2048 bytes");
        UnboundKeyCondition sort =
                new UnboundKeyCondition(
                        UnboundKeyCondition.Form.EXPRESSION,
                        List.of(
                                UnboundKeyCondition.Clause.of(new Equal("pk", s("x".repeat(2048)))),
                                UnboundKeyCondition.Clause.of(
                                        new LessThan("sk", s("x".repeat(1025))))));
        assertThat(catchThrowableOfType(ApiException.class, () -> sort.bindTo(KEY)))
                .hasMessage(
                        "One or more parameter values were invalid: Aggregated size of all range"
                                + " keys has exceeded the size limit of 1024 bytes");
    }

    @Test
    void binaryKeysAreNotEmpty() {
        KeyAttributes key = KeyAttributes.of(KeySchema.of(new KeyAttribute("k", ScalarType.B)));
        UnboundKeyCondition condition =
                new UnboundKeyCondition(
                        UnboundKeyCondition.Form.EXPRESSION,
                        List.of(UnboundKeyCondition.Clause.of(new Equal("k", b()))));
        assertThat(catchThrowableOfType(ApiException.class, () -> condition.bindTo(key)))
                .hasMessage(
                        "One or more parameter values are not valid. The AttributeValue for a key"
                                + " attribute cannot contain an empty binary value. Key: k");
    }

    @Test
    void aKeyOfSeveralAttributesIsNarrowedFromTheLeft() {
        KeyCondition condition =
                parse("c > :n AND b = :t AND h2 = :t AND a = :s AND h1 = :s", SIX_ATTRIBUTES);
        assertThat(condition)
                .isEqualTo(
                        new KeyCondition(
                                List.of(new Equal("h1", s("a")), new Equal("h2", s("b"))),
                                List.of(
                                        new Equal("a", s("a")),
                                        new Equal("b", s("b")),
                                        new GreaterThan("c", n(1)))));
        assertThat(parse("h1 = :s AND h2 = :s", SIX_ATTRIBUTES).sort()).isEmpty();
        assertThat(parse("h1 = :s AND h2 = :s AND begins_with(a, :s)", SIX_ATTRIBUTES).sort())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "h1 = :s => HASH key attributes h2 must have equality conditions specified in the"
                        + " query",
                "x = :s => HASH key attributes h1, h2 must have equality conditions specified in"
                        + " the query",
                "h1 > :s AND h2 = :s => HASH key attributes h1 must have equality conditions"
                        + " specified in the query",
                "h1 = :s AND h2 = :s AND b = :s => RANGE key attributes a must have equality"
                        + " conditions specified in the query because a condition is present on key"
                        + " attribute b",
                "h1 = :s AND h2 = :s AND c = :n => RANGE key attributes a, b must have equality"
                        + " conditions specified in the query because a condition is present on key"
                        + " attribute c",
                "h1 = :s AND h2 = :s AND a = :s AND b > :s AND c = :n => RANGE key attributes b"
                        + " must have equality conditions specified in the query because a condition"
                        + " is present on key attribute c",
                "h1 = :s AND h2 = :s AND x = :s => Query condition missed key schema element: a",
                "h1 = :s AND h2 = :s AND a = :s AND b = :s AND c = :n AND x = :s => Query key"
                        + " condition not supported",
                "h1 = :n AND h2 = :s => One or more parameter values were invalid: Condition"
                        + " parameter type does not match schema type",
                "h1 = :s AND h2 = :s AND a = :n => One or more parameter values were invalid:"
                        + " Condition parameter type does not match schema type"
            })
    void refusedForAKeyOfSeveralAttributes(String expression, String message) {
        assertRefused(expression, SIX_ATTRIBUTES, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "a = :s AND sk = :s => Filter Expression can only contain non-primary key"
                        + " attributes: Primary key attribute: sk",
                "sk = pk => Filter Expression can only contain non-primary key attributes: Primary"
                        + " key attribute: pk",
                "NOT (a = :s OR begins_with(b, #sk)) => Filter Expression can only contain"
                        + " non-primary key attributes: Primary key attribute: sk",
                "a IN (b, size(pk)) => Filter Expression can only contain non-primary key"
                        + " attributes: Primary key attribute: pk",
                "a BETWEEN b AND pk => Filter Expression can only contain non-primary key"
                        + " attributes: Primary key attribute: pk",
                "attribute_exists(sk.a) => Filter Expression can only contain non-primary key"
                        + " attributes: Primary key attribute: sk"
            })
    void filtersKeepOffTheKey(String filter, String message) {
        Condition condition = ExpressionParser.parseFilter(filter, Sample.context());
        assertThat(
                        catchThrowableOfType(
                                ApiException.class,
                                () -> KEY.refuseInFilter("Filter Expression", condition)))
                .hasMessage(message);
    }

    @Test
    void filtersMayUseWhatIsNoKey() {
        Condition filter =
                ExpressionParser.parseFilter("contains(a.pk, :s) AND b <> :n", Sample.context());
        KEY.refuseInFilter("Filter Expression", filter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "SET pk = :s => pk",
                "SET a = :s, sk = :s => sk",
                "SET sk = :s, pk = :s => pk",
                "REMOVE pk[0] => pk",
                "ADD pk.a :n => pk",
                "DELETE sk :ss => sk"
            })
    void updatesKeepOffTheKey(String text, String attribute) {
        UpdateExpression update = ExpressionParser.parseUpdate(text, Sample.context());
        assertThat(catchThrowableOfType(ApiException.class, () -> KEY.refuseInUpdate(update)))
                .hasMessage(
                        "One or more parameter values were invalid: Cannot update attribute "
                                + attribute
                                + ". This attribute is part of the key");
    }

    @Test
    void updatesMayReadTheKeyButNotLookInside() {
        UpdateExpression copy =
                ExpressionParser.parseUpdate("SET a.pk = if_not_exists(pk, :n)", Sample.context());
        KEY.refuseInUpdate(copy);
        KEY.refuseNested(copy.paths());
        UpdateExpression inside =
                ExpressionParser.parseUpdate("SET a = b + pk[0]", Sample.context());
        assertThat(catchThrowableOfType(ApiException.class, () -> KEY.refuseNested(inside.paths())))
                .hasMessage(
                        "Key attributes must be scalars; list random access '[]' and map lookup '.'"
                                + " are not allowed: Key: pk");
        assertThat(
                        catchThrowableOfType(
                                ApiException.class, () -> KEY.refuseNestedInIndex(inside.paths())))
                .hasMessageEndingWith("IndexKey: pk");
    }
}
