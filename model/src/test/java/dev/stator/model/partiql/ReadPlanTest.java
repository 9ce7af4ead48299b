package dev.stator.model.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.key.ItemCollection;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.ScalarType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of a table with the key (pk: S, sk: S) statements read. */
class ReadPlanTest {
    private static final KeyAttributes KEY =
            new KeyAttributes(
                    List.of(new KeyAttribute("pk", ScalarType.S)),
                    List.of(new KeyAttribute("sk", ScalarType.S)));

    private static ReadPlan plan(String clauses) {
        BoundStatement.Select select =
                (BoundStatement.Select)
                        BoundStatement.bind(
                                Statement.parse("SELECT * FROM \"Tab\" " + clauses), List.of());
        return ReadPlan.of(select.where(), KEY, select.orderBy());
    }

    private static List<KeyRange> ranges(String clauses) {
        return plan(clauses).reads().stream().map(ReadPlan.Read::range).toList();
    }

    private static AttributeValue s(String text) {
        return new AttributeValue.S(text);
    }

    private static ItemCollection of(String partition) {
        return ItemCollection.of(s(partition));
    }

    private static String values(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "'v" + i + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static void assertRefused(String clauses, String message) {
        assertThatThrownBy(() -> plan(clauses))
                .as(clauses)
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }

    @Test
    void aPartitionKeyIsEnough() {
        assertThat(ranges("WHERE pk = 'a'")).containsExactly(of("a").all());
        assertThat(ranges("WHERE 'a' = pk AND x = 1 AND (y = 2 OR z = 3)"))
                .containsExactly(of("a").all());
        assertThat(ranges("WHERE pk IN ['b', 'a']")).containsExactly(of("a").all(), of("b").all());
        assertThat(ranges("WHERE pk = 'b' OR pk = 'a'"))
                .containsExactly(of("a").all(), of("b").all());
    }

    @Test
    void sortKeysNarrow() {
        AttributeValue five = s("5");
        assertThat(ranges("WHERE pk = 'a' AND sk = '5'")).containsExactly(of("a").equalTo(five));
        assertThat(ranges("WHERE pk = 'a' AND sk > '5'"))
                .containsExactly(of("a").greaterThan(five));
        assertThat(ranges("WHERE pk = 'a' AND '5' > sk")).containsExactly(of("a").lessThan(five));
        assertThat(ranges("WHERE pk = 'a' AND begins_with(sk, '5')"))
                .containsExactly(of("a").beginsWith(five));
        assertThat(ranges("WHERE pk = 'a' AND sk BETWEEN '5' AND '6'"))
                .containsExactly(of("a").between(five, s("6")));
        assertThat(ranges("WHERE pk = 'a' AND sk >= '5' AND sk <= '6'"))
                .containsExactly(of("a").between(five, s("6")));
        assertThat(ranges("WHERE pk = 'a' AND sk IN ['6', '5']"))
                .containsExactly(of("a").equalTo(five), of("a").equalTo(s("6")));
        assertThat(ranges("WHERE pk = 'a' AND sk = '5' AND sk = '6'")).isEmpty();
        assertThat(ranges("WHERE pk = 'a' AND pk = 'b'")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "WHERE sk = '5'",
                "WHERE pk > 'a'",
                "WHERE pk = 'a' OR x = 1",
                "WHERE NOT pk = 'a'",
                "WHERE pk <> 'a'",
                "WHERE pk = other",
                "WHERE begins_with(pk, 'a')",
                "WHERE pk > 1",
            })
    void elseEverythingIsRead(String clauses) {
        ReadPlan plan = plan(clauses);
        assertThat(plan.isKeyed()).isFalse();
        assertThat(plan.reads()).extracting(ReadPlan.Read::range).containsExactly(KeyRange.ALL);
    }

    /** What is negated is no range; the filter does it, and nothing is read twice. */
    @Test
    void overlappingNegationsAreReadOnce() {
        assertThat(ranges("WHERE pk = 'a' AND NOT sk = '1' OR pk = 'a' AND sk = '2'"))
                .containsExactly(of("a").all());
        assertThat(ranges("WHERE pk = 'a' AND sk > '3' AND sk <> '7' OR pk = 'a' AND sk < '5'"))
                .containsExactly(of("a").all());
        assertThat(ranges("WHERE pk = 'a' OR pk = 'a' AND NOT sk = '1'"))
                .containsExactly(of("a").all());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pk IN ['a', 'a']",
                "pk = 'a' OR pk = 'a'",
                "pk = 'a' AND (sk > '0' OR sk < '5')",
                "pk = 'a' AND (sk = '1' OR flag = 'two')",
                "(pk = 'a' AND flag = 'one') OR (pk = 'a' AND flag = 'two')",
                "pk = 'a' AND x <> '1' OR pk = 'a' AND sk = '2'",
            })
    void overlappingPartsAreRefused(String where) {
        assertRefused(
                "WHERE " + where,
                "Overlapping conditions with range keys are not supported in where clause");
    }

    @Test
    void neighboursDoNotOverlap() {
        assertThat(ranges("WHERE pk = 'a' AND (sk < '1' OR sk > '1' OR sk = '1')")).hasSize(3);
    }

    @Test
    void readsAreBounded() {
        String tooMany = "Too many decomposed read operations for a given query.";
        assertThat(ranges("WHERE pk IN " + values(50))).hasSize(50);
        assertRefused("WHERE pk IN " + values(51), tooMany);
        assertRefused("WHERE pk = 'a' AND sk IN " + values(51), tooMany);
        assertRefused("WHERE pk IN " + values(26) + " AND sk IN ['1', '2']", tooMany);
        assertThat(plan("WHERE pk IN " + values(51) + " OR x = 1").isKeyed()).isFalse();
        assertThat(ranges("WHERE pk = 'a' AND x IN " + values(100))).hasSize(1);
        assertRefused(
                "WHERE pk = 'a' AND x IN " + values(101),
                "The IN operator is provided with too many operands; number of operands: 101");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"pk = 1 OR pk = 'a' | pk", "pk = 'a' AND sk IN ['1', 2] | sk"})
    void keysHaveTheirTypes(String where, String attribute) {
        assertRefused(
                "WHERE " + where,
                "Key attribute's data type should match its data type in table's schema: Key "
                        + attribute);
    }

    @Test
    void emptyKeysAreNoKeys() {
        assertRefused(
                "WHERE pk = ''",
                "One or more parameter values are not valid. The AttributeValue for a key attribute"
                        + " cannot contain an empty string value. Key: pk");
    }

    @Test
    void aKeyAloneIsTold() {
        assertThat(plan("WHERE pk = 'a' AND sk = '1'").onlyKey()).isPresent();
        assertThat(plan("WHERE (sk = '1') AND pk = 'a' AND pk = 'a'").onlyKey()).isPresent();
        assertThat(plan("WHERE pk IN ['a'] AND sk IN ['1']").onlyKey()).isPresent();
        assertThat(plan("WHERE pk = 'a' AND sk = '1' AND x = 1").onlyKey()).isEmpty();
        assertThat(plan("WHERE pk = 'a' AND sk = '1' AND 'x' = 'y'").onlyKey()).isEmpty();
        assertThat(plan("WHERE pk = 'a' AND sk = '1' AND sk <> '2'").onlyKey()).isEmpty();
        assertThat(plan("WHERE pk = 'a' AND sk = '1' AND pk = 'b'").onlyKey()).isEmpty();
        assertThat(plan("WHERE pk = 'a'").onlyKey()).isEmpty();
        assertThat(plan("WHERE pk = 'a' AND sk IN ['1', '2']").onlyKey()).isEmpty();
    }

    @Test
    void ordersAreThoseOfKeys() {
        String both = "WHERE pk IN ['o', 'p'] ";
        KeyRange o = of("o").all();
        KeyRange p = of("p").all();
        assertThat(ranges(both + "ORDER BY pk DESC, sk ASC")).containsExactly(p, o);
        assertThat(plan(both + "ORDER BY pk DESC, sk ASC").isForward()).isTrue();
        assertThat(ranges(both + "ORDER BY pk")).containsExactly(o, p);
        assertThat(plan(both + "ORDER BY pk").isForward()).isFalse();
        assertThat(plan("WHERE pk = 'o' ORDER BY sk").isForward()).isTrue();
        assertThat(plan("WHERE pk = 'o' ORDER BY sk DESC").isForward()).isFalse();
        assertThat(ranges("WHERE pk = 'o' AND sk IN ['1', '2'] ORDER BY sk DESC"))
                .containsExactly(of("o").equalTo(s("2")), of("o").equalTo(s("1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ORDER BY sk | Must have WHERE clause in the statement when using ORDER BY clause.",
                "WHERE pk = 'o' ORDER BY x DESC | Attribute x in ORDER BY clause must be part of the primary key",
                "WHERE pk > 'a' ORDER BY sk | Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
                "WHERE pk IN ['o', 'p'] ORDER BY sk | Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.",
            })
    void otherOrdersAreRefused(String clauses, String message) {
        assertRefused(clauses, message);
    }

    @Test
    void filtersOfBranchesAreTold() {
        assertThat(missing("pk = 'y' AND NOT (nonproj = '1' OR proj = 'x')"))
                .containsExactly("nonproj");
        assertThat(missing("pk = 'y' AND (proj = '1' OR proj = '2')")).isEmpty();
        assertThat(missing("(pk = 'b' AND u1 = '1') OR (pk = 'q' AND u2 = '1')"))
                .containsExactly("u2");
        assertThat(missing("(pk = 'q' AND u1 = '1') OR (pk = 'b' AND u2 = '1')"))
                .containsExactly("u1");
        assertThat(missing("(pk = 'y' AND proj = '1') OR (pk = 'z' AND aa = '1')")).isEmpty();
        assertThat(missing("pk > 'a' AND zz = '1'")).isEmpty();
    }

    private static List<String> missing(String where) {
        List<String> projected = List.of("pk", "sk", "proj");
        return plan("WHERE " + where).missingFilterAttributes(projected::contains);
    }
}
