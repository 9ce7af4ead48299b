package dev.stator.model.expression;

import static dev.stator.model.expression.Sample.attributes;
import static dev.stator.model.expression.Sample.b;
import static dev.stator.model.expression.Sample.bool;
import static dev.stator.model.expression.Sample.bs;
import static dev.stator.model.expression.Sample.item;
import static dev.stator.model.expression.Sample.list;
import static dev.stator.model.expression.Sample.map;
import static dev.stator.model.expression.Sample.n;
import static dev.stator.model.expression.Sample.nothing;
import static dev.stator.model.expression.Sample.ns;
import static dev.stator.model.expression.Sample.s;
import static dev.stator.model.expression.Sample.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionEvaluationTest {
    private static final Item ITEM =
            item(
                    "one", n(1),
                    "two", n(2),
                    "s", s("middle"),
                    "accent", s("é\uD834\uDD1E"),
                    "highest", s("\uFFFF"),
                    "supplementary", s("\uD834\uDD1E"),
                    "b", b(1, 0x7F),
                    "yes", bool(true),
                    "nothing", nothing(),
                    "ss", ss("x", "y"),
                    "ns", ns("1", "2.5"),
                    "bs", bs(1, 2),
                    "l", list(n(1), s("e"), list(n(7)), ss("p", "q")),
                    "m", map("k", n(1), "deep", map("l", list(n(10), n(20)))));

    private static final SequencedMap<String, AttributeValue> VALUES =
            attributes(
                    ":0",
                    n(0),
                    ":1",
                    n("1.00"),
                    ":2",
                    n(2),
                    ":3",
                    n(3),
                    ":s",
                    s("mid"),
                    ":d",
                    s("dd"),
                    ":z",
                    s("z"),
                    ":empty",
                    s(""),
                    ":b",
                    b(1),
                    ":high",
                    b(0xFF),
                    ":mid7F",
                    b(0x7F),
                    ":yx",
                    ss("y", "x"),
                    ":nsr",
                    ns("2.50", "1"),
                    ":m",
                    map("deep", map("l", list(n("1e1"), n(20))), "k", n(1)),
                    ":l7",
                    list(n(7)),
                    ":qp",
                    ss("q", "p"),
                    ":yes",
                    bool(true),
                    ":null",
                    nothing(),
                    ":e",
                    s("e"),
                    ":hay",
                    s("the middle of it"),
                    ":S",
                    s("S"),
                    ":N",
                    s("N"),
                    ":NULL",
                    s("NULL"),
                    ":BOOL",
                    s("BOOL"),
                    ":SS",
                    s("SS"),
                    ":L",
                    s("L"),
                    ":M",
                    s("M"),
                    ":x",
                    s("x"));

    private static Condition parse(String condition) {
        return ExpressionParser.parseCondition(
                condition, ExpressionContext.of(Optional.empty(), Optional.of(VALUES)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one = :1",
                ":1 = one",
                "one <> two",
                "one < two",
                "one <= :1",
                "two > one",
                "two >= :2",
                "s > :d",
                "b > :b",
                "b < :high",
                // UTF-8 puts the supplementary character behind all others; UTF-16 would not.
                "supplementary > highest",
                "m.deep.l[1] > m.deep.l[0]",
                // Sets have no order, maps neither, and numbers are compared by value.
                "ss = :yx",
                "ns = :nsr",
                "m = :m",
                "yes = :yes",
                "nothing = :null",
                "one <> s",
                "s <> :1",
                // What is missing equals nothing, not even what is missing as well.
                "absent <> :1",
                ":1 <> absent",
                "absent <> nowhere",
                "NOT absent = nowhere",
                "NOT absent < :1",
                "NOT :1 >= absent",
                "size(absent) <> :1",
                "size(one) <> :1",
                "one BETWEEN :0 AND :1",
                "one BETWEEN :1 AND two",
                ":1 BETWEEN one AND two",
                "s BETWEEN :d AND :z",
                "NOT absent BETWEEN :0 AND :2",
                "NOT one BETWEEN absent AND :2",
                "one IN (:0, :1)",
                "one IN (:z, :1, s)",
                "ss IN (:yx)",
                "NOT absent IN (:0)",
                "NOT absent IN (nowhere)",
                "attribute_exists(one)",
                "attribute_exists(nothing)",
                "attribute_exists(m.deep.l[1])",
                "attribute_not_exists(m.deep.l[2])",
                "attribute_not_exists(m[0])",
                "attribute_not_exists(l.k)",
                "attribute_not_exists(one.k)",
                "attribute_not_exists(absent.k[0])",
                "attribute_type(s, :S)",
                "attribute_type(one, :N)",
                "attribute_type(nothing, :NULL)",
                "attribute_type(yes, :BOOL)",
                "attribute_type(ss, :SS)",
                "attribute_type(l, :L)",
                "attribute_type(m, :M)",
                "attribute_type(size(s), :N)",
                "attribute_type(:1, :N)",
                "NOT attribute_type(absent, :S)",
                "begins_with(s, :s)",
                "begins_with(s, :empty)",
                "begins_with(b, :b)",
                "begins_with(:hay, :hay)",
                "NOT begins_with(one, :s)",
                "NOT begins_with(s, :z)",
                "NOT begins_with(absent, :s)",
                "NOT begins_with(s, :b)",
                "contains(s, :d)",
                "contains(s, :empty)",
                "contains(b, :mid7F)",
                "contains(:hay, s)",
                "contains(ss, :x)",
                "contains(ns, :1)",
                "contains(bs, :b)",
                "contains(l, :e)",
                "contains(l, :l7)",
                "contains(l, :qp)",
                "contains(l, :1)",
                "NOT contains(ss, :1)",
                "NOT contains(ss, :empty)",
                "NOT contains(ss, s)",
                "NOT contains(l, :2)",
                "NOT contains(m, :x)",
                "NOT contains(one, :1)",
                "NOT contains(absent, :x)",
                "NOT contains(s, absent)",
                // A character outside of the basic plane counts twice.
                "size(accent) = :3",
                "size(b) = :2",
                "size(ss) = :2",
                "size(m) = :2",
                "size(m.deep.l) = :2",
                "size(:empty) = :0",
                "size(l) > size(ss)",
                "size(ss) BETWEEN :1 AND :2",
                "NOT size(one) >= :0",
                "NOT size(nothing) >= :0",
                "NOT size(yes) = :1",
                "NOT one < s",
                "NOT one >= s",
                "NOT yes >= yes1",
                "one = :1 AND two = :2 AND (one = :2 OR two = :2)",
                "one = :2 OR NOT two = :1",
                "NOT (one = :1 AND two = :1)",
                "NOT NOT one = :1",
                "one = :1 OR absent = :1 AND absent = :2"
            })
    void holds(String condition) {
        assertThat(parse(condition).matches(ITEM)).as(condition).isTrue();
        assertThat(new Condition.Not(parse(condition)).matches(ITEM)).as(condition).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attribute_not_exists(one)",
                "one <> :1",
                "NOT one = :1",
                "NOT attribute_exists(m.deep)",
                "NOT (size(s) > :0 AND contains(s, :d))"
            })
    void anItemThatDoesNotExistHasNothing(String condition) {
        assertThat(parse(condition).matches(null)).isTrue();
        assertThat(parse(condition).matches(Item.EMPTY)).isTrue();
    }
}
