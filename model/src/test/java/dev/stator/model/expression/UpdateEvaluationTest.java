package dev.stator.model.expression;

import static dev.stator.model.expression.Sample.attributes;
import static dev.stator.model.expression.Sample.b;
import static dev.stator.model.expression.Sample.bs;
import static dev.stator.model.expression.Sample.item;
import static dev.stator.model.expression.Sample.list;
import static dev.stator.model.expression.Sample.map;
import static dev.stator.model.expression.Sample.n;
import static dev.stator.model.expression.Sample.nested;
import static dev.stator.model.expression.Sample.nothing;
import static dev.stator.model.expression.Sample.ns;
import static dev.stator.model.expression.Sample.s;
import static dev.stator.model.expression.Sample.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateEvaluationTest {
    private static final String BAD_PATH =
            "The document path provided in the update expression is invalid for update";
    private static final String NO_ATTRIBUTE =
            "The provided expression refers to an attribute that does not exist in the item";
    private static final String BAD_TYPE =
            "An operand in the update expression has an incorrect data type";

    private static final Item KEY = item("pk", s("k"));

    private static UpdateExpression parse(
            String update, SequencedMap<String, AttributeValue> values) {
        return ExpressionParser.parseUpdate(update, Sample.contextOf(values));
    }

    /** Names and values of the item before the update; then the item after it. */
    private record Case(
            @Nullable Item before, String update, SequencedMap<String, AttributeValue> values) {
        void gives(Object... after) {
            assertThat(parse(update, values).apply(before, KEY)).as(update).isEqualTo(item(after));
        }

        void fails(String message) {
            assertThatThrownBy(() -> parse(update, values).apply(before, KEY))
                    .as(update)
                    .isInstanceOf(ApiException.class)
                    .hasMessage(message);
        }
    }

    private static Case on(@Nullable Item before, String update, Object... values) {
        return new Case(before, update, attributes(values));
    }

    @Test
    void setsAttributes() {
        on(item("pk", s("k"), "a", n(1)), "SET a = :v, b = :v", ":v", s("x"))
                .gives("pk", s("k"), "a", s("x"), "b", s("x"));
        on(item("a", n(1)), "SET b = a, a = :v", ":v", n(2)).gives("a", n(2), "b", n(1));
        on(item("a", n(1), "b", n(2)), "SET a = b, b = a").gives("a", n(2), "b", n(1));
        on(item("a", n(1)), "SET b = a REMOVE a").gives("b", n(1));
        on(item("a", n(1)), "SET a = c").fails(NO_ATTRIBUTE);
        on(item("a", n(1)), "SET c = :v, b = c", ":v", n(1)).fails(NO_ATTRIBUTE);
    }

    @Test
    void calculates() {
        Item before = item("a", n(5), "s", s("x"));
        on(before, "SET a = a + :v", ":v", n("0.5")).gives("a", n("5.5"), "s", s("x"));
        on(before, "SET a = :v - a", ":v", n(2)).gives("a", n(-3), "s", s("x"));
        on(before, "SET b = :v + :v", ":v", n(2)).gives("a", n(5), "s", s("x"), "b", n(4));
        on(before, "SET a = a + a").gives("a", n(10), "s", s("x"));
        on(before, "SET a = a + s").fails(BAD_TYPE);
        on(before, "SET a = s - a").fails(BAD_TYPE);
        on(before, "SET a = a + b").fails(NO_ATTRIBUTE);
        on(before, "SET a = :v + a", ":v", n("1E+38"))
                .fails(
                        "Number overflow. Attempting to store"
                                + " a number with magnitude larger than supported range");
        on(before, "ADD a :v", ":v", n("9.9E125"))
                .fails(
                        "Number overflow. Attempting to store"
                                + " a number with magnitude larger than supported range");
        on(before, "SET a = :v + :v", ":v", n("9.9E125"))
                .fails(
                        "Number overflow. Attempting to"
                                + " store a number with magnitude larger than supported range");
    }

    @Test
    void givesDefaults() {
        Item before = item("a", n(5), "l", list(n(1)), "nothing", nothing());
        on(item("a", n(5)), "SET a = if_not_exists(a, :v)", ":v", n(1)).gives("a", n(5));
        on(item("a", n(5)), "SET b = if_not_exists(b, :v)", ":v", n(1)).gives("a", n(5), "b", n(1));
        on(item("a", n(5)), "SET b = if_not_exists(b, :v) + a", ":v", n(1))
                .gives("a", n(5), "b", n(6));
        on(item("a", n(5)), "SET b = if_not_exists(c[0].d, if_not_exists(e, a))")
                .gives("a", n(5), "b", n(5));
        on(item("nothing", nothing()), "SET b = if_not_exists(nothing, :v)", ":v", n(1))
                .gives("nothing", nothing(), "b", nothing());
        on(before, "SET b = if_not_exists(c, d)").fails(NO_ATTRIBUTE);
        // The alternative has to exist, needed or not.
        on(before, "SET b = if_not_exists(a, d)").fails(NO_ATTRIBUTE);
        on(before, "SET b = if_not_exists(c, :v) + a", ":v", s("x")).fails(BAD_TYPE);
    }

    @Test
    void appendsLists() {
        Item before = item("l", list(n(1), n(2)), "a", n(5));
        on(before, "SET l = list_append(l, :v)", ":v", list(n(3)))
                .gives("l", list(n(1), n(2), n(3)), "a", n(5));
        on(before, "SET l = list_append(:v, l)", ":v", list(n(3)))
                .gives("l", list(n(3), n(1), n(2)), "a", n(5));
        on(before, "SET l = list_append(l, l)").gives("l", list(n(1), n(2), n(1), n(2)), "a", n(5));
        on(
                        item("a", n(5)),
                        "SET l = list_append(if_not_exists(l, :none), :v)",
                        ":none",
                        list(),
                        ":v",
                        list(n(3)))
                .gives("a", n(5), "l", list(n(3)));
        on(before, "SET l = list_append(a, :v)", ":v", list()).fails(BAD_TYPE);
        on(before, "SET l = list_append(:v, q)", ":v", list()).fails(NO_ATTRIBUTE);
    }

    @Test
    void changesPartsOfDocuments() {
        Item before =
                item("m", map("x", n(1), "y", map("z", n(2))), "l", list(n(1), map("q", n(3))));
        on(before, "SET m.x = :v, m.y.fresh = m.x, l[1].q = :v REMOVE m.y.z", ":v", s("v"))
                .gives(
                        "m",
                        map("x", s("v"), "y", map("fresh", n(1))),
                        "l",
                        list(n(1), map("q", s("v"))));
        on(before, "REMOVE m.y.z, l[1].q")
                .gives("m", map("x", n(1), "y", map()), "l", list(n(1), map()));
        on(before, "SET m.y = m, l[0] = l")
                .gives(
                        "m",
                        map("x", n(1), "y", map("x", n(1), "y", map("z", n(2)))),
                        "l",
                        list(list(n(1), map("q", n(3))), map("q", n(3))));
        on(before, "ADD m.x :v, m.fresh :v, l[1].q :v", ":v", n(10))
                .gives(
                        "m",
                        map("x", n(11), "y", map("z", n(2)), "fresh", n(10)),
                        "l",
                        list(n(1), map("q", n(13))));
    }

    @Test
    void indexesMeanTheListBeforeTheUpdate() {
        Item before = item("l", list(n(0), n(1), n(2), n(3)));
        on(before, "REMOVE l[1] SET l[3] = :v", ":v", s("v")).gives("l", list(n(0), n(2), s("v")));
        on(before, "REMOVE l[0], l[2]").gives("l", list(n(1), n(3)));
        on(before, "REMOVE l[0], l[1], l[2], l[3]").gives("l", list());
        on(before, "SET l[0] = l[3], l[3] = l[0]").gives("l", list(n(3), n(1), n(2), n(0)));
    }

    @Test
    void elementsBeyondTheEndAreAppendedInTheirOrder() {
        Item before = item("l", list(n(0)));
        on(
                        before,
                        "SET l[84] = :a, l[37] = :b, l[1] = :c",
                        ":a",
                        s("a"),
                        ":b",
                        s("b"),
                        ":c",
                        s("c"))
                .gives("l", list(n(0), s("c"), s("b"), s("a")));
        on(before, "SET l[9] = :v REMOVE l[0], l[7] ADD l[8] :n", ":v", s("v"), ":n", n(1))
                .gives("l", list(n(1), s("v")));
        on(before, "REMOVE l[7]").gives("l", list(n(0)));
        on(item("l", list()), "SET l[0] = :v", ":v", n(1)).gives("l", list(n(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET zz.y = :v",
                "SET zz[0] = :v",
                "SET a.y = :v",
                "SET a[0] = :v",
                "SET l.y = :v",
                "SET m[0] = :v",
                "SET m.zz.y = :v",
                "SET l[7].y = :v",
                "SET l[0].y = :v",
                "ADD zz.y :v",
                "ADD m.zz.y :v",
                "REMOVE zz.y SET b = :v",
                "REMOVE a.y SET b = :v",
                "REMOVE a[0] SET b = :v",
                "REMOVE l.y SET b = :v",
                "REMOVE m.x.y SET b = :v",
                // The path comes before the value.
                "SET m[0] = zz + :v"
            })
    void whatAPathLeadsThroughMustBeThere(String update) {
        on(item("a", n(1), "l", list(n(1)), "m", map("x", n(1))), update, ":v", n(1))
                .fails(BAD_PATH);
    }

    @Test
    void addsNumbersAndMembers() {
        Item before = item("n", n(1), "ss", ss("a", "b"), "ns", ns("1"), "bs", bs(1), "l", list());
        on(before, "ADD n :v, fresh :v", ":v", n(2))
                .gives(
                        "n",
                        n(3),
                        "ss",
                        ss("a", "b"),
                        "ns",
                        ns("1"),
                        "bs",
                        bs(1),
                        "l",
                        list(),
                        "fresh",
                        n(2));
        on(item("ss", ss("b", "a")), "ADD ss :v", ":v", ss("c", "a"))
                .gives("ss", ss("a", "b", "c"));
        on(item("ns", ns("1", "2")), "ADD ns :v", ":v", ns("1.0", "3"))
                .gives("ns", ns("1", "2", "3"));
        on(item("bs", bs(1)), "ADD bs :v", ":v", bs(2)).gives("bs", bs(1, 2));
        on(before, "ADD ss :v", ":v", ns("1")).fails(BAD_TYPE);
        on(before, "ADD n :v", ":v", ns("1")).fails(BAD_TYPE);
        on(before, "ADD ss :v", ":v", n(1)).fails(BAD_TYPE);
        on(before, "ADD l :v", ":v", n(1)).fails(BAD_TYPE);
    }

    @Test
    void deletesMembersAndSetsThatGetEmpty() {
        Item before = item("ss", ss("a", "b", "c"), "n", n(1), "m", map("ns", ns("1", "2")));
        on(before, "DELETE ss :v", ":v", ss("b", "z"))
                .gives("ss", ss("a", "c"), "n", n(1), "m", map("ns", ns("1", "2")));
        on(before, "DELETE ss :v, m.ns :w", ":v", ss("c", "b", "a"), ":w", ns("1.0", "2"))
                .gives("n", n(1), "m", map());
        on(before, "DELETE zz :v, m.zz :v", ":v", ss("b"))
                .gives("ss", ss("a", "b", "c"), "n", n(1), "m", map("ns", ns("1", "2")));
        on(item("bs", bs(1, 2)), "DELETE bs :v", ":v", bs(2)).gives("bs", bs(1));
        on(before, "DELETE n :v", ":v", ss("b")).fails(BAD_TYPE);
        on(before, "DELETE ss :v", ":v", ns("1")).fails(BAD_TYPE);
        on(before, "DELETE zz.y :v", ":v", ss("b")).fails(BAD_PATH);
    }

    @Test
    void createsAnItemFromItsKey() {
        on(null, "SET a = :v", ":v", n(1)).gives("pk", s("k"), "a", n(1));
        on(null, "ADD a :v REMOVE b", ":v", n(1)).gives("pk", s("k"), "a", n(1));
        on(null, "SET a = pk").gives("pk", s("k"), "a", s("k"));
        on(null, "SET a.b = :v", ":v", n(1)).fails(BAD_PATH);
        on(null, "SET a = b").fails(NO_ATTRIBUTE);
        assertThat(UpdateExpression.EMPTY.apply(null, KEY)).isEqualTo(KEY);
        assertThat(UpdateExpression.EMPTY.apply(item("a", n(1)), KEY)).isEqualTo(item("a", n(1)));
    }

    @Test
    void takingAwayFromAnItemThatDoesNotExistCreatesNone() {
        for (String update : new String[] {"REMOVE a", "REMOVE a.b, c[0]"}) {
            assertThat(parse(update, attributes()).apply(null, KEY)).isNull();
        }
        assertThat(parse("DELETE a :v REMOVE b", attributes(":v", ss("x"))).apply(null, KEY))
                .isNull();
    }

    @Test
    void nestingIsLimited() {
        on(item("a", map()), "SET a.b = :v", ":v", nested(30)).gives("a", map("b", nested(30)));
        String tooDeep = "Nesting Levels have exceeded supported limits";
        on(item("a", map()), "SET a.b = :v", ":v", nested(31)).fails(tooDeep);
        on(item("a", n(1)), "SET a = :v", ":v", nested(32)).fails(tooDeep);
        on(item("a", list(), "b", nested(31)), "SET a[0] = b").fails(tooDeep);
        on(item("b", nested(31)), "SET a = b").gives("b", nested(31), "a", nested(31));
        on(item("a", list()), "SET a = list_append(a, :v)", ":v", list(nested(31))).fails(tooDeep);
    }

    @Test
    void theItemBeforeIsNotChanged() {
        Item before = item("m", map("l", list(n(1), n(2))), "b", b(1));
        Item copy = item("m", map("l", list(n(1), n(2))), "b", b(1));
        on(before, "SET m.l[0] = :v REMOVE m.l[1], b", ":v", n(9)).gives("m", map("l", list(n(9))));
        assertThat(before).isEqualTo(copy);
    }

    private static void assertUpdated(
            @Nullable Item before, String update, Item old, Item changed) {
        UpdateExpression expression = parse(update, attributes(":v", s("v")));
        Item after = expression.apply(before, KEY);
        assertThat(expression.updated(before).orElse(Item.EMPTY)).as(update).isEqualTo(old);
        assertThat(expression.updated(after).orElse(Item.EMPTY)).as(update).isEqualTo(changed);
    }

    @Test
    void answersWithWhatIsAtThePathsOfTheUpdate() {
        SequencedMap<String, AttributeValue> value = attributes(":v", s("v"));
        Item before =
                item("pk", s("k"), "a", map("b", s("dog"), "c", list(n(1), n(2), n(3))), "d", n(4));
        assertUpdated(
                before, "SET d = :v, e = :v", item("d", n(4)), item("d", s("v"), "e", s("v")));
        assertThat(parse("SET d = d", attributes()).updated(before)).contains(item("d", n(4)));
        assertUpdated(before, "SET e = if_not_exists(d, :v)", Item.EMPTY, item("e", n(4)));
        assertUpdated(
                before,
                "SET a.c[1] = :v, a.b = :v",
                item("a", map("c", list(n(2)), "b", s("dog"))),
                item("a", map("c", list(s("v")), "b", s("v"))));
        // What is set beyond the end is not found where it was set.
        assertThat(parse("SET a.c[100] = :v", value).updated(before)).isEmpty();
        assertUpdated(before, "SET a.c[100] = :v, d = :v", item("d", n(4)), item("d", s("v")));
        // Where an element was removed there is the one after it.
        UpdateExpression remove = parse("REMOVE a.c[1]", attributes());
        assertThat(remove.updated(before)).contains(item("a", map("c", list(n(2)))));
        assertThat(remove.updated(remove.apply(before, KEY)))
                .contains(item("a", map("c", list(n(3)))));
        assertThat(parse("REMOVE a.c[1], a.c[3]", attributes()).updated(before))
                .contains(item("a", map("c", list(n(2)))));
        UpdateExpression all = parse("REMOVE d", attributes());
        assertThat(all.updated(all.apply(before, KEY))).isEmpty();
        assertThat(all.updated(null)).isEmpty();
        assertThat(UpdateExpression.EMPTY.updated(before)).isEmpty();
    }
}
