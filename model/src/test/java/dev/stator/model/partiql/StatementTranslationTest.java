package dev.stator.model.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.validation.Numbers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements mean, by what they do to an item. */
class StatementTranslationTest {
    private static final Item ITEM =
            item(
                    "{'pk': 'k', 'n': 5, 's': 'str', 'flag': true, 'nul': null, 'l': [1, 'two'],"
                            + " 'm': {'sub': {'x': 1}}, 'ss': <<'a', 'b'>>, 'ns': <<1, 2>>}");

    private static Item item(String tuple) {
        BoundStatement bound =
                BoundStatement.bind(
                        Statement.parse("INSERT INTO \"Tab\" VALUE " + tuple), List.of());
        return ((BoundStatement.Insert) bound).item();
    }

    private static BoundStatement.Select select(String statement, AttributeValue... parameters) {
        return (BoundStatement.Select)
                BoundStatement.bind(Statement.parse(statement), List.of(parameters));
    }

    private static boolean matches(String condition, AttributeValue... parameters) {
        return select("SELECT * FROM \"Tab\" WHERE " + condition, parameters)
                .where()
                .orElseThrow()
                .matches(ITEM);
    }

    private static Item update(String clauses, AttributeValue... parameters) {
        BoundStatement bound =
                BoundStatement.bind(
                        Statement.parse("UPDATE \"Tab\" " + clauses), List.of(parameters));
        Item updated = ((BoundStatement.Update) bound).update().apply(ITEM, ITEM);
        assertThat(updated).isNotNull();
        return updated;
    }

    private static AttributeValue value(Item item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static AttributeValue n(String number) {
        return new AttributeValue.N(Numbers.parse(number));
    }

    @Test
    void literalsOfEveryKind() {
        assertThat(ITEM.get("n")).isEqualTo(n("5"));
        assertThat(ITEM.get("flag")).isEqualTo(new AttributeValue.Bool(true));
        assertThat(ITEM.get("nul")).isEqualTo(AttributeValue.Null.INSTANCE);
        assertThat(ITEM.get("l"))
                .isEqualTo(new AttributeValue.L(List.of(n("1"), new AttributeValue.S("two"))));
        assertThat(ITEM.get("ss"))
                .isEqualTo(new AttributeValue.StringSet(new LinkedHashSet<>(List.of("b", "a"))));
        Item numbers = item("{'a': 1E3, 'b': -1.5e-3, 'c': 2.50, 'd': -0, 'e': .5, 'f': - -7}");
        assertThat(numbers.attributes().values())
                .containsExactly(n("1000"), n("-0.0015"), n("2.5"), n("0"), n("0.5"), n("7"));
        assertThat(item("{'q': 'it''s', \"s\": 1}".replace("\"s\"", "'s'")).get("q"))
                .isEqualTo(new AttributeValue.S("it's"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 5",
                "5 = n",
                "n <> 4 AND n != 4 AND n > 4 AND n >= 5 AND n < 6 AND n <= 5",
                "n BETWEEN 5 AND 6 AND NOT n BETWEEN 6 AND 7 AND n NOT BETWEEN 6 AND 7",
                "n IN [1, 5]",
                "n IN (1, 5) AND n IN <<5, 6>> AND n IN (5)",
                "n NOT IN [1, 2] AND NOT n IN [1, 2]",
                "begins_with(s, 'st') AND BEGINS_WITH(\"s\", 'str')",
                "contains(ss, 'a') AND contains(s, 'tr') AND contains(l, 1)",
                "attribute_exists(m.sub.x) AND attribute_not_exists(m.nope)",
                "attribute_type(ss, 'SS') AND size(s) = 3 AND size(ss) > 1",
                "nope IS MISSING AND s IS NOT MISSING",
                "nul IS NULL AND s IS NOT NULL AND nope IS NOT NULL",
                "flag IS BOOL AND s IS STRING AND n IS NUMERIC AND m IS STRUCT AND l IS LIST",
                "l[0] = 1 AND l[1] = 'two' AND m.sub.x = 1 AND m['sub'].x = 1",
                "n = 4 OR n = 5",
                "NOT n = 4 AND NOT (n = 4 OR s = 'x')",
                "n = 4 AND s = 'str' OR flag = true",
                "attribute_exists(nope) = false AND true = attribute_exists(n)",
                "attribute_exists(n) <> 1 AND contains(nope, 'z') = false",
                "(n BETWEEN 0 AND 5) = true AND (n = 4 OR s = 'x') = false",
                "attribute_exists(nope) IN [true, false]",
                "attribute_exists(n) = attribute_exists(flag) AND attribute_exists(n) = flag",
                "n = 5 -- and so on",
                "n /* so */ = 5",
            })
    void holds(String condition) {
        assertThat(matches(condition)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 4",
                "nope = 5",
                "nope IS NULL",
                "s IS BOOL",
                "attribute_exists(n) = 1",
                "NOT attribute_exists(n) = true",
                "(attribute_exists(n) = true) = false",
                "attribute_exists(n) = s",
                "N = 5",
            })
    void doesNotHold(String condition) {
        assertThat(matches(condition)).isFalse();
    }

    @Test
    void parametersComeInTheirOrder() {
        AttributeValue five = n("5");
        AttributeValue text = new AttributeValue.S("str");
        assertThat(matches("n = ? AND s = ?", five, text)).isTrue();
        assertThat(matches("n = ? AND s = ?", text, five)).isFalse();
        assertThat(matches("n IN [?, 2] AND s = '?'", five)).isFalse();
        assertThat(matches("n IN [?, 2]", five, text)).isTrue();
        assertThat(update("SET x = ?, y = ?", five, text).get("y")).isEqualTo(text);
    }

    @Test
    void updatesSetAndRemove() {
        Item updated =
                update(
                        "SET n = n + 100 - 1, m.sub.x = m.sub.x-1 SET l = list_append(l, [3])"
                                + " REMOVE s, flag REMOVE nul SET new = {'a': [1]}");
        assertThat(updated.get("n")).isEqualTo(n("104"));
        assertThat(updated.attributes().sequencedKeySet())
                .containsExactlyInAnyOrder("pk", "n", "l", "m", "ss", "ns", "new");
        assertThat(((AttributeValue.L) value(updated, "l")).elements()).hasSize(3);
        assertThat(update("REMOVE l[0]").get("l"))
                .isEqualTo(new AttributeValue.L(List.of(new AttributeValue.S("two"))));
    }

    @Test
    void setsGetAndLoseMembers() {
        Item updated =
                update("SET ss = SET_ADD(ss, <<'c', 'a'>>) SET ns = set_delete(ns, <<1, 2>>)");
        assertThat(updated.get("ss"))
                .isEqualTo(
                        new AttributeValue.StringSet(new LinkedHashSet<>(List.of("a", "b", "c"))));
        assertThat(updated.get("ns")).isNull();
        assertThat(update("SET x = set_add(x, ?)", value(ITEM, "ns")).get("x"))
                .isEqualTo(ITEM.get("ns"));
    }

    @Test
    void fromMayComeFirst() {
        BoundStatement first =
                BoundStatement.bind(
                        Statement.parse(
                                "from \"Tab\" where pk = 'k' set a = 1 remove b returning all"
                                        + " new *"),
                        List.of());
        BoundStatement update =
                BoundStatement.bind(
                        Statement.parse(
                                "UPDATE Tab SET a = 1 REMOVE b WHERE pk = 'k' RETURNING ALL NEW"
                                        + " *;"),
                        List.of());
        assertThat(first).isEqualTo(update);
    }

    @Test
    void columnsAreNamedFromTheirLastName() {
        Columns columns =
                select("SELECT pk, m.sub.x, m.sub, l[1], nope FROM \"Tab\"")
                        .columns()
                        .orElseThrow();
        Item row = columns.of(columns.projection().apply(ITEM));
        AttributesBuilder expected = new AttributesBuilder();
        expected.put("pk", new AttributeValue.S("k"));
        expected.put("x", n("1"));
        expected.put("sub", value(item("{'v': {'x': 1}}"), "v"));
        expected.put("l[1]", new AttributeValue.S("two"));
        assertThat(row).isEqualTo(expected.toItem());
    }

    @Test
    void sourcesAreTablesAndIndexes() {
        assertThat(select("SELECT * FROM \"Tab\".\"idx\"").source())
                .isEqualTo(select("SELECT * FROM Tab.idx").source());
        String arn = "arn:aws:dynamodb:eu-stator-1:123456789012:table/Tab";
        assertThat(select("SELECT * FROM \"" + arn + "\"").source().table()).isEqualTo(arn);
    }
}
