package dev.stator.model.expression.legacy;

import static dev.stator.model.expression.Sample.attributes;
import static dev.stator.model.expression.Sample.bool;
import static dev.stator.model.expression.Sample.item;
import static dev.stator.model.expression.Sample.list;
import static dev.stator.model.expression.Sample.map;
import static dev.stator.model.expression.Sample.n;
import static dev.stator.model.expression.Sample.nothing;
import static dev.stator.model.expression.Sample.ns;
import static dev.stator.model.expression.Sample.s;
import static dev.stator.model.expression.Sample.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.expression.KeyCondition;
import dev.stator.model.expression.Projection;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LegacyParametersTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final Optional<ConditionalOperator> NO_OPERATOR = Optional.empty();

    private static final Item ITEM =
            item(
                    "n",
                    n(5),
                    "s",
                    s("hello"),
                    "ss",
                    ss("a", "b"),
                    "l",
                    list(n(1), s("x")),
                    "a.b",
                    s("dot"),
                    "nothing",
                    nothing());

    private static void assertRefused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ApiException.class).hasMessage(message);
    }

    private static SequencedMap<String, LegacyCondition> filter(
            String attribute, ComparisonOperator operator, AttributeValue... values) {
        SequencedMap<String, LegacyCondition> filter = new LinkedHashMap<>();
        filter.put(attribute, new LegacyCondition(operator, List.of(values)));
        return filter;
    }

    private static boolean passes(
            String attribute, ComparisonOperator operator, AttributeValue... values) {
        return LegacyConditions.ofFilter(filter(attribute, operator, values), NO_OPERATOR)
                .orElseThrow()
                .matches(ITEM);
    }

    @Test
    void operatorsMeanWhatTheyMeanInExpressions() {
        assertThat(passes("n", ComparisonOperator.EQ, n("5.0"))).isTrue();
        assertThat(passes("ss", ComparisonOperator.EQ, ss("b", "a"))).isTrue();
        assertThat(passes("n", ComparisonOperator.NE, s("5"))).isTrue();
        assertThat(passes("zz", ComparisonOperator.NE, n(5))).isTrue();
        assertThat(passes("zz", ComparisonOperator.EQ, n(5))).isFalse();
        assertThat(passes("n", ComparisonOperator.LT, n(6))).isTrue();
        assertThat(passes("n", ComparisonOperator.LE, n(5))).isTrue();
        assertThat(passes("n", ComparisonOperator.GT, n(5))).isFalse();
        assertThat(passes("n", ComparisonOperator.GE, n(5))).isTrue();
        assertThat(passes("n", ComparisonOperator.GE, s("1"))).isFalse();
        assertThat(passes("n", ComparisonOperator.IN, n(1), n(5))).isTrue();
        assertThat(passes("ss", ComparisonOperator.IN, s("a"))).isFalse();
        assertThat(passes("n", ComparisonOperator.BETWEEN, n(5), n(6))).isTrue();
        assertThat(passes("s", ComparisonOperator.BEGINS_WITH, s("hell"))).isTrue();
        assertThat(passes("n", ComparisonOperator.BEGINS_WITH, s("5"))).isFalse();
        assertThat(passes("s", ComparisonOperator.CONTAINS, s("ell"))).isTrue();
        assertThat(passes("ss", ComparisonOperator.CONTAINS, s("a"))).isTrue();
        assertThat(passes("l", ComparisonOperator.CONTAINS, n(1))).isTrue();
    }

    @Test
    void nullIsAboutExistence() {
        assertThat(passes("nothing", ComparisonOperator.NULL)).isFalse();
        assertThat(passes("zz", ComparisonOperator.NULL)).isTrue();
        assertThat(passes("nothing", ComparisonOperator.NOT_NULL)).isTrue();
        assertThat(passes("zz", ComparisonOperator.NOT_NULL)).isFalse();
    }

    @Test
    void notContainsNeedsAnAttribute() {
        assertThat(passes("s", ComparisonOperator.NOT_CONTAINS, s("z"))).isTrue();
        assertThat(passes("s", ComparisonOperator.NOT_CONTAINS, n(1))).isTrue();
        assertThat(passes("s", ComparisonOperator.NOT_CONTAINS, s("ell"))).isFalse();
        assertThat(passes("zz", ComparisonOperator.NOT_CONTAINS, s("z"))).isFalse();
    }

    @Test
    void aDotIsADot() {
        assertThat(passes("a.b", ComparisonOperator.EQ, s("dot"))).isTrue();
        SequencedMap<String, AttributeUpdate> updates = new LinkedHashMap<>();
        updates.put("a.b", new AttributeUpdate(AttributeUpdate.Action.PUT, Optional.of(n(1))));
        assertThat(LegacyUpdates.of(updates).apply(item("a", map("b", n(0))), Item.EMPTY))
                .isEqualTo(item("a", map("b", n(0)), "a.b", n(1)));
        assertThat(LegacyProjections.of(List.of("a.b", "zz")).apply(ITEM))
                .isEqualTo(item("a.b", s("dot")));
    }

    @Test
    void conditionsAreJoinedByAndUnlessTheRequestSaysOr() {
        SequencedMap<String, LegacyCondition> filter = filter("n", ComparisonOperator.EQ, n(5));
        filter.putAll(filter("s", ComparisonOperator.EQ, s("bye")));
        assertThat(LegacyConditions.ofFilter(filter, NO_OPERATOR).orElseThrow().matches(ITEM))
                .isFalse();
        assertThat(
                        LegacyConditions.ofFilter(filter, Optional.of(ConditionalOperator.AND))
                                .orElseThrow()
                                .matches(ITEM))
                .isFalse();
        assertThat(
                        LegacyConditions.ofFilter(filter, Optional.of(ConditionalOperator.OR))
                                .orElseThrow()
                                .matches(ITEM))
                .isTrue();
        assertThat(LegacyConditions.ofFilter(new LinkedHashMap<>(), NO_OPERATOR)).isEmpty();
    }

    @Test
    void theConditionalOperatorNeedsTwoConditions() {
        Optional<ConditionalOperator> or = Optional.of(ConditionalOperator.OR);
        assertRefused(
                "ConditionalOperator cannot be used without Filter or Expected",
                () -> LegacyConditions.ofExpected(new LinkedHashMap<>(), or));
        assertRefused(
                "ConditionalOperator can only be used when Filter or Expected has two or more"
                        + " elements",
                () -> LegacyConditions.ofFilter(filter("a", ComparisonOperator.NULL), or));
    }

    @Test
    void operatorsHaveANumberOfArguments() {
        for (ComparisonOperator operator : ComparisonOperator.values()) {
            for (int count = 0; count < 4; count++) {
                boolean isRight =
                        switch (operator) {
                            case NULL, NOT_NULL -> count == 0;
                            case BETWEEN -> count == 2;
                            case IN -> count > 0;
                            default -> count == 1;
                        };
                List<AttributeValue> values = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    values.add(s("a"));
                }
                SequencedMap<String, LegacyCondition> filter = new LinkedHashMap<>();
                filter.put("a", new LegacyCondition(operator, values));
                if (isRight) {
                    assertThat(LegacyConditions.ofFilter(filter, NO_OPERATOR)).isPresent();
                } else {
                    assertRefused(
                            INVALID
                                    + "Invalid number of argument(s) for the "
                                    + operator
                                    + " ComparisonOperator",
                            () -> LegacyConditions.ofFilter(filter, NO_OPERATOR));
                }
            }
        }
    }

    @Test
    void operatorsHaveTypesOfArguments() {
        Map<String, AttributeValue> documents =
                Map.of("SS", ss("a"), "NS", ns("1"), "L", list(), "M", map());
        for (ComparisonOperator operator :
                List.of(
                        ComparisonOperator.LT,
                        ComparisonOperator.LE,
                        ComparisonOperator.GT,
                        ComparisonOperator.GE,
                        ComparisonOperator.IN,
                        ComparisonOperator.CONTAINS,
                        ComparisonOperator.NOT_CONTAINS,
                        ComparisonOperator.BEGINS_WITH)) {
            documents.forEach((type, value) -> assertWrongType(operator, type, value));
        }
        assertWrongType(ComparisonOperator.LT, "BOOL", bool(true));
        assertWrongType(ComparisonOperator.IN, "NULL", nothing());
        assertWrongType(ComparisonOperator.BEGINS_WITH, "N", n(1));
        assertThat(passes("l", ComparisonOperator.CONTAINS, bool(true))).isFalse();
        assertThat(passes("l", ComparisonOperator.CONTAINS, nothing())).isFalse();
        assertRefused(
                INVALID + "AttributeValues inside AttributeValueList must be of same type",
                () -> passes("a", ComparisonOperator.IN, s("a"), n(1)));
        assertRefused(
                INVALID + "ComparisonOperator BETWEEN is not valid for BOOL AttributeValue type",
                () -> passes("a", ComparisonOperator.BETWEEN, n(1), bool(true)));
        assertRefused(
                "The BETWEEN condition was provided a range where the lower bound is greater than"
                        + " the upper bound",
                () -> passes("a", ComparisonOperator.BETWEEN, n(10), n(9)));
    }

    private static void assertWrongType(
            ComparisonOperator operator, String type, AttributeValue value) {
        assertRefused(
                INVALID
                        + "ComparisonOperator "
                        + operator
                        + " is not valid for "
                        + type
                        + " AttributeValue type",
                () -> passes("a", operator, value));
    }

    /** The members of an expected attribute, each absent if null. */
    private static Condition expect(
            @Nullable Object exists,
            @Nullable Object value,
            @Nullable Object operator,
            AttributeValue... values) {
        SequencedMap<String, ExpectedAttribute> expected = new LinkedHashMap<>();
        expected.put(
                "n",
                new ExpectedAttribute(
                        Optional.ofNullable((AttributeValue) value),
                        Optional.ofNullable((Boolean) exists),
                        Optional.ofNullable((ComparisonOperator) operator),
                        values.length == 0 ? Optional.empty() : Optional.of(List.of(values))));
        return LegacyConditions.ofExpected(expected, NO_OPERATOR).orElseThrow();
    }

    private static final @Nullable Object ABSENT = null;

    @Test
    void expectedHasTwoForms() {
        assertThat(expect(ABSENT, n(5), ABSENT).matches(ITEM)).isTrue();
        assertThat(expect(true, n(6), ABSENT).matches(ITEM)).isFalse();
        assertThat(expect(false, ABSENT, ABSENT).matches(ITEM)).isFalse();
        assertThat(expect(false, ABSENT, ABSENT).matches(null)).isTrue();
        assertThat(expect(ABSENT, n(4), ComparisonOperator.GT).matches(ITEM)).isTrue();
        assertThat(expect(ABSENT, ABSENT, ComparisonOperator.GT, n(4)).matches(ITEM)).isTrue();
        assertThat(expect(ABSENT, ABSENT, ComparisonOperator.NULL).matches(ITEM)).isFalse();
    }

    @Test
    void expectedFormsDoNotMix() {
        String end = " for Attribute: n";
        assertRefused(
                INVALID + "Value must be provided when Exists is null" + end,
                () -> expect(ABSENT, ABSENT, ABSENT));
        assertRefused(
                INVALID + "Value must be provided when Exists is true" + end,
                () -> expect(true, ABSENT, ABSENT));
        assertRefused(
                INVALID + "Value cannot be used when Exists is false" + end,
                () -> expect(false, n(1), ABSENT));
        assertRefused(
                INVALID
                        + "Value or AttributeValueList must be used with ComparisonOperator: LT"
                        + end,
                () -> expect(ABSENT, ABSENT, ComparisonOperator.LT));
        assertRefused(
                INVALID + "Exists and ComparisonOperator cannot be used together" + end,
                () -> expect(true, n(1), ComparisonOperator.LT, n(1)));
        assertRefused(
                INVALID + "Value and AttributeValueList cannot be used together" + end,
                () -> expect(ABSENT, n(1), ComparisonOperator.LT, n(1)));
        assertRefused(
                INVALID + "Value and AttributeValueList cannot be used together" + end,
                () -> expect(ABSENT, n(1), ABSENT, n(1)));
        assertRefused(
                INVALID + "AttributeValueList can only be used with a ComparisonOperator" + end,
                () -> expect(true, ABSENT, ABSENT, n(1)));
        assertRefused(
                INVALID + "Invalid number of argument(s) for the NULL ComparisonOperator",
                () -> expect(ABSENT, n(1), ComparisonOperator.NULL));
        assertRefused(
                INVALID + "Invalid number of argument(s) for the BETWEEN ComparisonOperator",
                () -> expect(ABSENT, n(1), ComparisonOperator.BETWEEN));
    }

    private static UpdateExpression update(
            String attribute, AttributeUpdate.Action action, AttributeValue... value) {
        SequencedMap<String, AttributeUpdate> updates = new LinkedHashMap<>();
        updates.put(
                attribute,
                new AttributeUpdate(
                        action, value.length == 0 ? Optional.empty() : Optional.of(value[0])));
        return LegacyUpdates.of(updates);
    }

    private static Item updated(
            Item before, AttributeUpdate.Action action, AttributeValue... value) {
        return Objects.requireNonNull(update("a", action, value).apply(before, Item.EMPTY));
    }

    @Test
    void updatesPutAddAndDelete() {
        assertThat(updated(item("a", n(1)), AttributeUpdate.Action.PUT, s("x")))
                .isEqualTo(item("a", s("x")));
        assertThat(updated(item("a", n(1)), AttributeUpdate.Action.ADD, n(2)))
                .isEqualTo(item("a", n(3)));
        assertThat(updated(item("b", n(1)), AttributeUpdate.Action.ADD, n(2)))
                .isEqualTo(item("b", n(1), "a", n(2)));
        assertThat(updated(item("a", ss("x")), AttributeUpdate.Action.ADD, ss("y")))
                .isEqualTo(item("a", ss("x", "y")));
        assertThat(updated(item("a", list(n(1))), AttributeUpdate.Action.ADD, list(n(2))))
                .isEqualTo(item("a", list(n(1), n(2))));
        assertThat(updated(item("b", n(1)), AttributeUpdate.Action.ADD, list(n(2))))
                .isEqualTo(item("b", n(1), "a", list(n(2))));
        assertThat(updated(item("a", ss("x", "y")), AttributeUpdate.Action.DELETE, ss("y")))
                .isEqualTo(item("a", ss("x")));
        assertThat(updated(item("a", ss("x"), "b", n(1)), AttributeUpdate.Action.DELETE, ss("x")))
                .isEqualTo(item("b", n(1)));
        assertThat(updated(item("a", n(1), "b", n(1)), AttributeUpdate.Action.DELETE))
                .isEqualTo(item("b", n(1)));
        assertThat(update("a", AttributeUpdate.Action.DELETE).apply(null, item("pk", n(1))))
                .isNull();
        assertThat(LegacyUpdates.of(new LinkedHashMap<>()).apply(null, item("pk", n(1))))
                .isEqualTo(item("pk", n(1)));
    }

    @Test
    void updatesThatDoNotFitTheItemAreRefused() {
        String mismatch = "Type mismatch for attribute to update";
        for (AttributeValue old : List.of(s("x"), ns("1"), list())) {
            assertRefused(
                    mismatch, () -> updated(item("a", old), AttributeUpdate.Action.ADD, n(1)));
            assertRefused(
                    mismatch,
                    () -> updated(item("a", old), AttributeUpdate.Action.DELETE, ss("x")));
        }
        assertRefused(
                mismatch, () -> updated(item("a", ns("1")), AttributeUpdate.Action.ADD, list()));
    }

    @Test
    void actionsHaveTypesOfValues() {
        attributes("S", s("x"), "BOOL", bool(true), "NULL", nothing(), "M", map())
                .forEach((type, value) -> {
                    assertRefused(
                            INVALID + "ADD action is not supported for the type " + type,
                            () -> update("a", AttributeUpdate.Action.ADD, value));
                    assertRefused(
                            INVALID
                                    + "DELETE action with value is not supported for the"
                                    + " type "
                                    + type,
                            () -> update("a", AttributeUpdate.Action.DELETE, value));
                });
        assertRefused(
                INVALID + "DELETE action with value is not supported for the type L",
                () -> update("a", AttributeUpdate.Action.DELETE, list()));
        for (AttributeUpdate.Action action :
                List.of(AttributeUpdate.Action.PUT, AttributeUpdate.Action.ADD)) {
            assertRefused(
                    INVALID + "Only DELETE action is allowed when no attribute value is specified",
                    () -> update("a", action));
        }
    }

    @Test
    void keyConditionsBecomeKeyConditions() {
        KeyAttributes key =
                KeyAttributes.of(
                        new KeySchema(
                                new KeyAttribute("pk", ScalarType.S),
                                new KeyAttribute("sk", ScalarType.N)));
        SequencedMap<String, LegacyCondition> conditions =
                filter("sk", ComparisonOperator.BETWEEN, n(1), n(2));
        conditions.putAll(filter("pk", ComparisonOperator.EQ, s("a")));
        assertThat(LegacyConditions.ofKeyConditions(conditions).bindTo(key))
                .isEqualTo(
                        new KeyCondition(
                                List.of(new KeyCondition.Equal("pk", s("a"))),
                                List.of(new KeyCondition.Between("sk", n(1), n(2)))));
        Map<ComparisonOperator, KeyCondition.OnAttribute> ranges =
                Map.of(
                        ComparisonOperator.EQ, new KeyCondition.Equal("sk", n(1)),
                        ComparisonOperator.LT, new KeyCondition.LessThan("sk", n(1)),
                        ComparisonOperator.LE, new KeyCondition.LessOrEqual("sk", n(1)),
                        ComparisonOperator.GT, new KeyCondition.GreaterThan("sk", n(1)),
                        ComparisonOperator.GE, new KeyCondition.GreaterOrEqual("sk", n(1)));
        ranges.forEach((operator, range) -> {
            conditions.putAll(filter("sk", operator, n(1)));
            assertThat(LegacyConditions.ofKeyConditions(conditions).bindTo(key).sortCondition())
                    .contains(range);
        });
        for (ComparisonOperator operator :
                List.of(
                        ComparisonOperator.NE,
                        ComparisonOperator.IN,
                        ComparisonOperator.CONTAINS,
                        ComparisonOperator.NOT_CONTAINS)) {
            conditions.putAll(filter("sk", operator, n(1)));
            assertRefused(
                    "Attempted conditional constraint is not an indexable operation",
                    () -> LegacyConditions.ofKeyConditions(conditions).bindTo(key));
        }
        assertRefused(
                "Attempted conditional constraint is not an indexable operation",
                () ->
                        LegacyConditions.ofKeyConditions(filter("pk", ComparisonOperator.NULL))
                                .bindTo(key));
        assertRefused(
                "Conditions must be at least length 1",
                () -> LegacyConditions.ofKeyConditions(new LinkedHashMap<>()));
        assertRefused(
                INVALID + "Invalid number of argument(s) for the EQ ComparisonOperator",
                () -> LegacyConditions.ofKeyConditions(filter("pk", ComparisonOperator.EQ)));
    }

    @Test
    void attributesToGetBecomeAProjection() {
        assertThat(LegacyProjections.of(List.of("s", "n")))
                .isEqualTo(new Projection(List.of(DocumentPath.of("s"), DocumentPath.of("n"))));
        assertRefused(
                INVALID + "Duplicate value in attribute name: s",
                () -> LegacyProjections.of(List.of("s", "n", "s")));
    }
}
