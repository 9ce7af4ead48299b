package dev.stator.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stator.model.error.ApiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused in updates and projections, and with which words. */
class UpdateMessagesTest {
    private static ApiException refusalOf(String expression) {
        return catchThrowableOfType(
                ApiException.class,
                () -> ExpressionParser.parseUpdate(expression, Sample.context()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "INVALID SYNTAX => INVALID => INVALID SYNTAX",
                "a => a => a",
                "SET => <EOF> => SET",
                "SET a => <EOF> => a",
                "SET a = => <EOF> => =",
                "SET a = :n, => <EOF> => ,",
                "SET a = :n b => b => :n b",
                "SET a = :n, REMOVE b => REMOVE => , REMOVE b",
                "SET a=:n REMOVE => <EOF> => REMOVE",
                "SET set = :n => set => SET set =",
                "SET a = and => and => = and",
                "SET _abc = :n => _ => SET _abc",
                "SET _123 = :n => _ => SET _123",
                "SET :n = :n => :n => SET :n =",
                "SET (a) = :n => ( => SET (a",
                "SET a = :n + :m + :n => + => :m + :n",
                "SET a = (a + :n) + :n => + => ) + :n",
                "SET a = (b.c).d + e => . => ).d",
                "SET a = -:n => - => = -:n",
                "SET a = if_not_exists(b, a + :n) => + => a + :n",
                "SET foo(a) = :n => ( => foo(a",
                "SET a = foo() => ) => ()",
                "SET a = 1 => 1 => = 1",
                "SET a = b / c => / => b / c",
                "SETa = :n => SETa => SETa =",
                "REMOVE :n => :n => REMOVE :n",
                "REMOVE a b => b => a b",
                "REMOVE (a) => ( => REMOVE (a",
                "ADD a b => b => a b",
                "ADD a = :n => = => a = :n",
                "ADD a (:n) => ( => a (:n",
                "DELETE a => <EOF> => a",
                "ADD a if_not_exists(b, :n) => if_not_exists => a if_not_exists("
            })
    void syntaxErrorsNameTheTokenAndWhatIsNear(String expression, String token, String near) {
        assertThat(refusalOf(expression))
                .as(expression)
                .hasMessage(
                        "Invalid UpdateExpression: Syntax error; token: \""
                                + token
                                + "\", near: \""
                                + near
                                + '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "SET a = ((:n)) => The expression has redundant parentheses;",
                "SET a = ((a + :n)) => The expression has redundant parentheses;",
                "SET a = list_append(((:l)), :l) => The expression has redundant parentheses;",
                "SET a = :n SET b = :n => The \"SET\" section can only be used once in an update"
                        + " expression;",
                "remove a set b = :n remove c => The \"REMOVE\" section can only be used once in an"
                        + " update expression;",
                "SET abort = :n => Attribute name is a reserved keyword; reserved keyword: abort",
                "SET a = foo(b) => Invalid function name; function: foo",
                "SET a = IF_NOT_EXISTS(a, :n) => Invalid function name; function: IF_NOT_EXISTS",
                "SET a = size(b) => The function is not allowed in an update expression; function:"
                        + " size",
                "SET a = list_append(list_append(:l, :l), :l) => The function is not allowed to be"
                        + " used this way in an expression; function: list_append",
                "SET a = list_append(:l, :l) + :n => The function is not allowed to be used this"
                        + " way in an expression; function: list_append",
                "SET a = if_not_exists(b, list_append(:l, :l)) => The function is not allowed to be"
                        + " used this way in an expression; function: list_append",
                "SET a = if_not_exists(b) => Incorrect number of operands for operator or function;"
                        + " operator or function: if_not_exists, number of operands: 1",
                "SET a = list_append(:l, :l, :l) => Incorrect number of operands for operator or"
                        + " function; operator or function: list_append, number of operands: 3",
                "SET a = if_not_exists(:n, :n) => Operator or function requires a document path;"
                        + " operator or function: if_not_exists",
                "SET a = if_not_exists(if_not_exists(a, :n), :n) => Operator or function requires a"
                        + " document path; operator or function: if_not_exists",
                "SET a = if_not_exists(b, b) => The first operand must be distinct from the"
                        + " remaining operands for this operator or function; operator:"
                        + " if_not_exists, first operand: [b]",
                "SET a = list_append(a, :n) => Incorrect operand type for operator or function;"
                        + " operator or function: list_append, operand type: N",
                "SET a = a + :s => Incorrect operand type for operator or function; operator or"
                        + " function: +, operand type: S",
                "SET a = :ss - a => Incorrect operand type for operator or function; operator or"
                        + " function: -, operand type: SS",
                "ADD a :s => Incorrect operand type for operator or function; operator: ADD,"
                        + " operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
                "ADD a :l => Incorrect operand type for operator or function; operator: ADD,"
                        + " operand type: LIST, typeSet: ALLOWED_FOR_ADD_OPERAND",
                "ADD a :map => Incorrect operand type for operator or function; operator: ADD,"
                        + " operand type: MAP, typeSet: ALLOWED_FOR_ADD_OPERAND",
                "ADD a :bool => Incorrect operand type for operator or function; operator: ADD,"
                        + " operand type: BOOLEAN, typeSet: ALLOWED_FOR_ADD_OPERAND",
                "ADD a :null => Incorrect operand type for operator or function; operator: ADD,"
                        + " operand type: NULL, typeSet: ALLOWED_FOR_ADD_OPERAND",
                "ADD a :b => Incorrect operand type for operator or function; operator: ADD,"
                        + " operand type: BINARY, typeSet: ALLOWED_FOR_ADD_OPERAND",
                "DELETE a :n => Incorrect operand type for operator or function; operator: DELETE,"
                        + " operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
                "SET a = :zz => An expression attribute value used in expression is not defined;"
                        + " attribute value: :zz",
                "SET #zz = :n => An expression attribute name used in the document path is not"
                        + " defined; attribute name: #zz",
                "SET a = #zz => An expression attribute name used in the document path is not"
                        + " defined; attribute name: #zz",
                "SET a.b = :n, a = :n => Two document paths overlap with each other; must remove or"
                        + " rewrite one of these paths; path one: [a, b], path two: [a]",
                "SET a = :n, #a = :n => Two document paths overlap with each other; must remove or"
                        + " rewrite one of these paths; path one: [a], path two: [a]",
                "SET a = :n REMOVE a.b[0] => Two document paths overlap with each other; must"
                        + " remove or rewrite one of these paths; path one: [a], path two:"
                        + " [a, b, [0]]",
                "SET a.b = :n, a[0] = :n => Two document paths conflict with each other; must"
                        + " remove or rewrite one of these paths; path one: [a, b], path two:"
                        + " [a, [0]]",
                "REMOVE a.c SET a[1] = b => Two document paths conflict with each other; must"
                        + " remove or rewrite one of these paths; path one: [a, c], path two:"
                        + " [a, [1]]",
                "REMOVE c, c.a, d => Two document paths overlap with each other; must remove or"
                        + " rewrite one of these paths; path one: [c], path two: [c, a]",
                // The last collision counts, and collisions come before the values.
                "SET d[1] = a, d.b = a, c[1].a = a, c = if_not_exists(a) => Two document paths"
                        + " overlap with each other; must remove or rewrite one of these paths; path"
                        + " one: [c, [1], a], path two: [c]",
                // Of the values, that of the last action.
                "SET b = list_append(:s, a), c = if_not_exists(a) ADD a.b :s => Incorrect operand"
                        + " type for operator or function; operator: ADD, operand type: STRING,"
                        + " typeSet: ALLOWED_FOR_ADD_OPERAND",
                "SET #zz = if_not_exists(:zz) => An expression attribute name used in the document"
                        + " path is not defined; attribute name: #zz",
                "SET a = if_not_exists(:zz) => An expression attribute value used in expression is"
                        + " not defined; attribute value: :zz",
                "REMOVE a REMOVE b, abort => Attribute name is a reserved keyword; reserved"
                        + " keyword: abort",
                "SET #zz = :c set c = foo(d) => Invalid function name; function: foo"
            })
    void refused(String expression, String message) {
        assertThat(refusalOf(expression))
                .as(expression)
                .hasMessage("Invalid UpdateExpression: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set a = :n",
                "SET a = :n REMOVE b ADD c :n DELETE d :ss",
                "SET a = (:n), b = (a + :n), c = (a) - (:n), d = (:n + (:m))",
                "SET a = (list_append(:l, (:l)))",
                "SET a = if_not_exists((a), (:n)) + :n",
                "SET a = list_append(if_not_exists(a, :l), :l)",
                "SET a = list_append(a, a)",
                "SET a = if_not_exists(b, :s) + :n",
                "SET a=:n+:m,b=:n-:m",
                "SET a.b = :n, a.c = :n REMOVE a.d[0], a.d[1].e",
                "SET #dotted = :n, x.y = :n",
                "ADD a :ns, b :bs"
            })
    void accepted(String expression) {
        assertThat(ExpressionParser.parseUpdate(expression, Sample.context()).isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "a, => Syntax error; token: \"<EOF>\", near: \",\"",
                "a b => Syntax error; token: \"b\", near: \"a b\"",
                "(a) => Syntax error; token: \"(\", near: \"(a\"",
                "a.set => Syntax error; token: \"set\", near: \".set\"",
                "* => Syntax error; token: \"*\", near: \"*\"",
                ":n => Syntax error; token: \":n\", near: \":n\"",
                "abort => Attribute name is a reserved keyword; reserved keyword: abort",
                "#zz => An expression attribute name used in the document path is not defined;"
                        + " attribute name: #zz",
                "a[99999999999] => List index is not within the allowable range; index:"
                        + " [99999999999]",
                "a, a => Two document paths overlap with each other; must remove or rewrite one of"
                        + " these paths; path one: [a], path two: [a]",
                "a, #a.b => Two document paths overlap with each other; must remove or rewrite one"
                        + " of these paths; path one: [a], path two: [a, b]",
                "a.b, a[0] => Two document paths conflict with each other; must remove or rewrite"
                        + " one of these paths; path one: [a, b], path two: [a, [0]]"
            })
    void refusedInProjections(String expression, String message) {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () -> ExpressionParser.parseProjection(expression, Sample.context()));
        assertThat(refusal).hasMessage("Invalid ProjectionExpression: " + message);
    }
}
