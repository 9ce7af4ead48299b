package dev.stator.model.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words in which statements are refused; those of the service where they are known. */
class StatementMessagesTest {
    private static final String NOT_WELL_FORMED =
            "Statement wasn't well formed, can't be processed: ";
    private static final AttributeValue TEXT = new AttributeValue.S("text");

    private static void assertRefused(String statement, String message) {
        assertThatThrownBy(
                        () -> BoundStatement.bind(Statement.parse(statement), List.of(TEXT, TEXT)))
                .as(statement)
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM \"Tab\" WHERE pk = 1 foo | Unexpected token after expression",
                "SELECT * FROM \"Tab\" WHERE pk = 1 e5 | Unexpected token after expression",
                "SELECT * FROM \"Tab\" WHERE pk = 1) | Unexpected token after expression",
                "SELECT * FROM \"Tab\" ORDER BY pk WHERE pk = 1 | Unexpected token after expression",
                "INSERT INTO \"Tab\" VALUE {'pk': 1} foo | Unexpected token after expression",
                "INSERT INTO \"Tab\" t VALUE {'pk': 1} | Unexpected token after expression",
                "UPDATE \"Tab\" SET a = 9 WHERE pk = 1 foo | Unexpected token after expression",
                "DELETE FROM \"Tab\" WHERE pk = 1 ORDER BY pk | Unexpected token after expression",
                "FROM \"Tab\" SET c = 1 WHERE pk = 1 | Unexpected token after expression",
                "SLECT * FROM \"Tab\" WHERE pk = 1 | Expected data manipulation",
                "UPDATE \"Tab\" WHERE pk = 1 | Expected data manipulation",
                "SELECT * FROM \"Tab\" WHERE | Unexpected term",
                "SELECT * FROM \"Tab\" WHERE; | Unexpected term",
                "UPDATE \"Tab\" SET a = 1 WHERE | Unexpected term",
                "DELETE FROM \"Tab\" WHERE | Unexpected term",
                "SELECT * FROM \"Tab\" WHERE NOT | Unexpected term",
                "SELECT * FROM \"Tab\" WHERE ( | Unexpected term",
                "SELECT * FROM | Unexpected term",
                "SELECT * FROM \"Tab\" WHERE pk = 1 AND | Missing right-hand side expression of infix operator",
                "SELECT * FROM \"Tab\" WHERE pk = 1 OR | Missing right-hand side expression of infix operator",
                "SELECT * FROM \"Tab\" WHERE ORDER BY pk | Unexpected keyword",
                "SELECT * FROM \"Tab\" WHERE IS NULL | Unexpected operator",
                "SELECT * FROM \"Tab\" WHERE pk = LIKE | Unexpected operator",
                "SELECT * FROM \"Tab\" WHERE x IS FOO | Expected type name",
                "SELECT * FROM \"Tab\" WHERE m.inner = 1 | Invalid path dot component",
                "SELECT pk WHERE pk = 1 | Expected FROM after SELECT list",
                "DELETE FROM | Expected identifier for simple path",
                "DELETE FROM; | Expected identifier for simple path",
                "DELETE FROM WHERE pk = 1 | Expected identifier for simple path",
            })
    void malformed(String statement, String problem) {
        assertRefused(statement, NOT_WELL_FORMED + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM \"Tab\" WHERE pk = 1e2147483648",
                "SELECT * FROM \"Tab\" WHERE pk = 1e99999999999",
                "SELECT * FROM \"Tab\" WHERE pk = 1.5e-2147483647",
                "SELECT * FROM \"Tab\" WHERE pk = 1 # note",
                "SELECT * FROM \"Tab\" WHERE pk = 1 /* note",
                "SELECT * FROM \"Tab",
                "SELECT * FROM \"Tab\" WHERE pk = 'open",
            })
    void noTokens(String statement) {
        assertRefused(statement, NOT_WELL_FORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM \"Tab\" t WHERE pk = 'x' | Aliasing is not supported",
                "SELECT * FROM \"Tab\" AS t WHERE pk = 'x' | Aliasing is not supported",
                "SELECT a AS b FROM \"Tab\" | Aliasing is not supported",
                "UPDATE \"Tab\" t SET a = 3 WHERE pk = 'x' | Aliasing is not supported",
                "DELETE FROM \"Tab\" t WHERE pk = 'x' | Aliasing is not supported",
                "SELECT * FROM \"Tab\".\"gsi\".\"x\" | A path may contain at most 2 components in the FROM clause",
                "SELECT * FROM \"Tab\".\"\" | Path component cannot be an empty string",
                "SELECT * FROM \"\" | Path component cannot be an empty string",
                "INSERT INTO \"Tab\".\"gsi\" VALUE {'pk': 1} | FROM clause may only contain a single table name in data manipulation statements",
                "SELECT COUNT(*) FROM \"Tab\" | Unexpected path component at 1:8:5",
                "SELECT attribute_exists(ss) FROM \"Tab\" | Unexpected path component at 1:8:16",
                "SELECT l[-1] FROM \"Tab\" | List index is not within the allowable range; index: [-1] at 1:11:1",
                "SELECT * FROM \"Tab\" LIMIT 3 | Unsupported clause: LIMIT at 1:21:5",
                "SELECT * FROM \"Tab\", \"Other\" | Only select from a single table or index is supported.",
                "SELECT * FROM \"Tab\" WHERE EXISTS(ss) | Unrecognized function: exists at 1:27:6",
                "SELECT * FROM \"Tab\" WHERE set_add(ss, <<'x'>>) = ss | Unrecognized function: set_add at 1:27:7",
                "SELECT * FROM \"Tab\" WHERE attribute_exists('ss') | Operator or function requires a document path; operator or function: attribute_exists",
                "SELECT * FROM \"Tab\" WHERE attribute_exists() | Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0",
                "SELECT * FROM \"Tab\" WHERE size() = 1 | Incorrect number of operands for operator or function; operator or function: size, number of operands: 0",
                "SELECT * FROM \"Tab\" WHERE attribute_type(l, 1) | Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N",
                "SELECT * FROM \"Tab\" WHERE val < true | Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
                "SELECT * FROM \"Tab\" WHERE attribute_exists(n) > false | Incorrect operand type for operator or function; operator or function: >, operand type: BOOL",
                "SELECT * FROM \"Tab\" WHERE flag | WHERE clause must contain an expression that resolves to a boolean",
                "SELECT * FROM \"Tab\" WHERE a IN 'x'['y'] | Statement wasn't well formed, can't be processed: Unexpected token after expression",
                "SELECT * FROM \"Tab\" WHERE a IN b | IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member",
                "SELECT * FROM \"Tab\" WHERE pk = 1e126 | Number overflow. Attempting to store a number with magnitude larger than supported range under root",
                "SELECT * FROM \"Tab\" WHERE pk = 1e-131 | Number underflow. Attempting to store a number with magnitude smaller than supported range under root",
                "INSERT INTO \"Tab\" VALUE {'pk': 1, 'm': {'x': 1e126}} | Number overflow. Attempting to store a number with magnitude larger than supported range under root.x",
                "INSERT INTO \"Tab\" VALUE {'pk': 1, 'l': [1, 1e126]} | Number overflow. Attempting to store a number with magnitude larger than supported range under root[1]",
                "INSERT INTO \"Tab\" VALUE {'pk': 1, 's': <<>>} | Empty bags are not supported",
                "INSERT INTO \"Tab\" VALUE {'pk': 1, 's': <<1, 'a'>>} | Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags",
                "INSERT INTO \"Tab\" VALUE {'pk': 1, 's': <<'a', 'a'>>} | One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
                "INSERT INTO \"Tab\" VALUE {'pk': 1, 's': <<2, 2.0>>} | One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root",
                "INSERT INTO \"Tab\" VALUE {'pk': set_add(<<'a'>>, <<'b'>>)} | Unsupported data type: set_add under key root at 1:32:7",
                "INSERT INTO \"Tab\" VALUE {'pk': 1, 'm': {'k': ?}} | Unsupported data type: Parameter under key root.k at 1:46:1",
                "INSERT INTO \"Tab\" VALUE 5 | Unsupported format in item expression. Please use struct format {...} to express item values for insert statement.",
                "UPDATE \"Tab\" SET t = set_add(ss, <<'x'>>) | The first argument to SET_ADD must equal the assignment value at 1:22:7",
                "UPDATE \"Tab\" SET ss = set_add(ss, 'x') | The second argument to SET_ADD must be a value with type SET at 1:31:2",
                "UPDATE \"Tab\" SET ss = set_delete(ss) | SET_DELETE must have exactly two arguments at 1:23:10",
                "UPDATE \"Tab\" SET n = 'a' + 1 | Incorrect operand type for operator or function; operator or function: +, operand type: S",
                "UPDATE \"Tab\" SET n = n - null | Incorrect operand type for operator or function; operator or function: -, operand type: NULL",
                "UPDATE \"Tab\" SET a.b = 1 REMOVE a | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]",
                "DELETE FROM \"Tab\" RETURNING MODIFIED OLD * | Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
                "SELECT * FROM \"Tab\" WHERE a = ? AND b = ? AND c = ? | Number of parameters in request and statement don't match.",
                "x IS INT4 | Unsupported operation: IsType",
                "x IS DOUBLE PRECISION | Unsupported operation: IsType",
            })
    void refused(String statement, String message) {
        assertRefused(statement, message);
    }

    @Test
    void positionsAreInLinesAndCharacters() {
        assertRefused(
                "UPDATE \"Tab\"\nSET BandMembers = set_add(BandMembers, 'x')",
                "The second argument to SET_ADD must be a value with type SET at 2:27:11");
        assertRefused("SELECT 'it''s\nlong' FROM \"Tab\"", "Unexpected path component at 1:8:12");
        assertRefused(
                "UPDATE \"Tab\" /* \uD83D\uDE00 */ SET \"B\" = set_delete(\"B\", ['x'])",
                "The second argument to SET_DELETE must be a value with type SET at 1:43:3");
    }

    @Test
    void literalsAreNestedNoDeeperThanAttributes() {
        String update = "UPDATE \"Tab\" SET d = ";
        String deepest = "{'a':".repeat(31) + "1" + "}".repeat(31);
        assertThat(BoundStatement.bind(Statement.parse(update + deepest), List.of())).isNotNull();
        assertRefused(
                update + "{'a':" + deepest + "}",
                "Nesting Levels have exceeded supported limits under root" + ".a".repeat(32));
        assertRefused(
                update + "{'a':" + "[".repeat(31) + "1" + "]".repeat(31) + "}",
                "Nesting Levels have exceeded supported limits under root.a" + "[0]".repeat(31));
    }

    /** As long as a statement may be, it is read or refused, and never too much for the stack. */
    @Test
    void deepStatementsAreRefusedInWords() {
        int chars = 4_000;
        for (String[] deep :
                new String[][] {
                    {"(", "a = 1", ")"},
                    {"NOT ", "a = 1", ""},
                    {"", "a", " = 1"},
                    {"", "a", " + 1"},
                    {"", "a = 1", " AND a = 1"},
                    {"size(", "a", ")"},
                    {"-", "a", ""},
                    {"[", "1", "]"},
                }) {
            int times = chars / (deep[0].length() + deep[2].length());
            String condition = deep[0].repeat(times) + deep[1] + deep[2].repeat(times);
            assertThatThrownBy(() ->
                            BoundStatement.bind(
                                    Statement.parse("SELECT * FROM \"Tab\" WHERE " + condition),
                                    List.of()))
                    .as(deep[0] + deep[1] + deep[2])
                    .isInstanceOf(ApiException.class);
        }
    }
}
