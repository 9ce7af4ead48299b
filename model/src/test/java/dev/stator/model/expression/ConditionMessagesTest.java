package dev.stator.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stator.model.error.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused in conditions, and with which words. */
class ConditionMessagesTest {
    private static final String PREFIX = "Invalid ConditionExpression: ";

    private static void assertRefused(String expression, String message) {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () -> ExpressionParser.parseCondition(expression, Sample.context()));
        assertThat(refusal).as(expression).hasMessage(PREFIX + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a => <EOF> => a",
                "`  a` => <EOF> => a",
                "a = => <EOF> => =",
                "`a =  ` => <EOF> => `=  `",
                "a = :n AND => <EOF> => AND",
                "a @ :n => @ => a @ :n",
                "`  @  b` => @ => `  @  b`",
                "a = :n b => b => :n b",
                "`a = :n b  ` => b => `:n b  `",
                "a = :n b   c => b => :n b   c",
                "and = :n => and => and =",
                "a = and => and => = and",
                "a.and = :n => and => .and =",
                "set = :n => set => set =",
                "a.set = :n => set => .set =",
                "not = :n => = => not = :n",
                "a AND b => AND => a AND b",
                "NOT a => <EOF> => a",
                "(a) => <EOF> => )",
                "() => ) => ()",
                "(()) => ) => ())",
                "a = () => ) => ()",
                "(a = :n => <EOF> => :n",
                "a = :n ) => ) => :n )",
                "a = :n = :m => = => :n = :m",
                "(a = :n) = :m => = => ) = :m",
                "a..b = :n => . => ..b",
                "a. = :n => = => . = :n",
                ".a = :n => . => .a",
                "_a = :n => _ => _a",
                "1a = :n => 1 => 1a",
                "a.1 = :n => 1 => .1 =",
                "a[00] = :n => 0 => 00]",
                "a[01] = :n => 1 => 01]",
                "a[-1] = :n => - => [-1",
                "a[1 2] = :n => 2 => 1 2]",
                "a[0 => <EOF> => 0",
                "a[:n] = :n => :n => [:n]",
                "a[#a] = :n => #a => [#a]",
                "a[b] = :n => b => [b]",
                "a.b(c) => ( => b(c",
                "#a(b) = :n => ( => #a(b",
                "size(a = :n) => = => a = :n",
                "size(a)[0] = :n => [ => )[0",
                "size() = :n => ) => () =",
                "contains(a,) => ) => ,)",
                "a = 1 => 1 => = 1",
                "a = -1 => - => = -1",
                "a = : => : => = :",
                "# = :n => # => # =",
                "a == :n => = => == :n",
                "a != :n => ! => a !=",
                "a =< :n => < => =< :n",
                "a = :n; => ; => :n;",
                "a = \"x\" => \" => = \"x",
                "a = 'x' => ' => = 'x",
                "a = b + :n => + => b + :n",
                "a IN :n => :n => IN :n",
                "a IN () => ) => ()",
                "a IN (:n,) => ) => ,)",
                "a IN (:n :m) => :m => :n :m)",
                "a NOT IN (b) => NOT => a NOT IN",
                "a BETWEEN :n => <EOF> => :n",
                "a BETWEEN :n, :m => , => :n, :m",
                "a BETWEEN (b AND c) => AND => b AND c",
                "é = :n => é => é =",
                "\uD835\uDCB3 = :n => \uD835\uDCB3 => \uD835\uDCB3 =",
                "a\u00A0= :n => \u00A0 => a\u00A0="
            })
    void syntaxErrorsNameTheTokenAndWhatIsNear(String expression, String token, String near) {
        assertRefused(expression, "Syntax error; token: \"" + token + "\", near: \"" + near + '"');
    }

    /** Only space, tab, line feed and carriage return separate tokens. */
    @Test
    void syntaxErrorsKeepWhatStandsBetweenTheTokens() {
        assertRefused("  ", "Syntax error; token: \"<EOF>\", near: \"  \"");
        assertRefused("a => :n", "Syntax error; token: \">\", near: \"=> :n\"");
        assertRefused("a =\n\n @\t\tb c", "Syntax error; token: \"@\", near: \"=\n\n @\t\tb\"");
        assertRefused("a\f= :n", "Syntax error; token: \"\f\", near: \"a\f=\"");
        assertRefused("a\u00A0= :n", "Syntax error; token: \"\u00A0\", near: \"a\u00A0=\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a = :n))",
                "((a) = :n) AND ((b = :n))",
                "((a)) = :n",
                "a = ((:n))",
                "size(((a))) = :n",
                "NOT ((a = :n))",
                "((NOT a = :n))",
                "(((a = :n) AND (b = :n)))",
                "((contains(a, :n)))",
                "attribute_exists(((a)))",
                "((a = :n)) AND",
                "(((((((a = :n)))))) @"
            })
    void redundantParentheses(String expression) {
        assertRefused(expression, "The expression has redundant parentheses;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a = :n)",
                "((a) = :n)",
                "(a) = (:n)",
                "(a = :n) AND (b = :n)",
                "((a = :n) AND (b = :n)) OR c = :n",
                "(NOT (a = :n))",
                "NOT NOT a = :n",
                "(size(a)) = :n",
                "a IN ((:n), (b))",
                "a BETWEEN (:n) AND (:m)",
                "a BETWEEN :n AND :m AND b = :n",
                "NOT a BETWEEN b AND c",
                "a[ 0 ] . b = :n",
                "a.b.c[1][2].#a = :n",
                "a.#a = :n",
                "a_1 = :n\n AnD\tb <>:n\r",
                "a[2147483647] = :n",
                "size(a) = size(a)",
                ":n = :n",
                "size(:ss) = :n",
                "size(:e) = :n",
                ":n < :s",
                "a = :bool",
                "a <> :map",
                "a IN (:bool, :n, :s)",
                "contains(:n, a)",
                "contains(a, size(a))",
                "contains(:s, :s)",
                "contains(a, :ss)",
                "attribute_type(:n, :S)",
                "attribute_type(size(a), :S)",
                "begins_with(:s, :b)",
                "a BETWEEN size(b) AND :s",
                ":s BETWEEN :n AND :m",
                "a BETWEEN :n AND b",
                "a BETWEEN b AND b",
                "attribute_exists (a[0].b)"
            })
    void accepted(String expression) {
        assertThat(ExpressionParser.parseCondition(expression, Sample.context())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "abort = :n => Attribute name is a reserved keyword; reserved keyword: abort",
                "a.aBort = :n => Attribute name is a reserved keyword; reserved keyword: aBort",
                "foo(a) => Invalid function name; function: foo",
                "SIZE(a) = :n => Invalid function name; function: SIZE",
                "foo(abort) => Invalid function name; function: foo",
                "if_not_exists(a, :n) = :n => The function is not allowed in a condition"
                        + " expression; function: if_not_exists",
                "size(a) => The function is not allowed to be used this way in an expression;"
                        + " function: size",
                "(size(a)) OR a = :n => The function is not allowed to be used this way in an"
                        + " expression; function: size",
                "contains(a, :n) = :bool => The function is not allowed to be used this way in an"
                        + " expression; function: contains",
                "(contains(a, :n)) = :n => The function is not allowed to be used this way in an"
                        + " expression; function: contains",
                "a = attribute_exists(b) => The function is not allowed to be used this way in an"
                        + " expression; function: attribute_exists",
                "begins_with(a, contains(a, :n)) => The function is not allowed to be used this way"
                        + " in an expression; function: contains",
                "a[2147483648] = :n => List index is not within the allowable range; index:"
                        + " [2147483648]",
                "a[99999999999] = :n => List index is not within the allowable range; index:"
                        + " [99999999999]",
                "#zz = :n => An expression attribute name used in the document path is not defined;"
                        + " attribute name: #zz",
                "a = :zz => An expression attribute value used in expression is not defined;"
                        + " attribute value: :zz",
                "size(:n) = :n => Incorrect operand type for operator or function; operator or"
                        + " function: size, operand type: N",
                "size(:bool) = :n => Incorrect operand type for operator or function; operator or"
                        + " function: size, operand type: BOOL",
                "size(size(a)) = :n => Incorrect operand type for operator or function; operator or"
                        + " function: size, operand type: N",
                "a < :bool => Incorrect operand type for operator or function; operator or"
                        + " function: <, operand type: BOOL",
                ":l >= a => Incorrect operand type for operator or function; operator or"
                        + " function: >=, operand type: L",
                "a BETWEEN :ss AND :ss => Incorrect operand type for operator or function; operator"
                        + " or function: BETWEEN, operand type: SS",
                "begins_with(a, :n) => Incorrect operand type for operator or function; operator or"
                        + " function: begins_with, operand type: N",
                "begins_with(size(a), :s) => Incorrect operand type for operator or function;"
                        + " operator or function: begins_with, operand type: N",
                "attribute_type(a, :n) => Incorrect operand type for operator or function; operator"
                        + " or function: attribute_type, operand type: N",
                "attribute_type(a, size(b)) => Incorrect operand type for operator or function;"
                        + " operator or function: attribute_type, operand type: N",
                "attribute_type(a, b) => Incorrect operand type for operator or function; operator"
                        + " or function: attribute_type, operand type:"
                        + " {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
                "attribute_type(a, :s) => Invalid attribute type name found; type: a, valid types:"
                        + " {N,BS,L,B,NULL,M,S,SS,NS,BOOL}",
                "attribute_exists(:n) => Operator or function requires a document path; operator or"
                        + " function: attribute_exists",
                "attribute_not_exists(size(a)) => Operator or function requires a document path;"
                        + " operator or function: attribute_not_exists",
                "attribute_exists(a, b) => Incorrect number of operands for operator or function;"
                        + " operator or function: attribute_exists, number of operands: 2",
                "contains(a) => Incorrect number of operands for operator or function; operator or"
                        + " function: contains, number of operands: 1",
                "size(a, b) = :n => Incorrect number of operands for operator or function; operator"
                        + " or function: size, number of operands: 2",
                "a = #a => The first operand must be distinct from the remaining operands for this"
                        + " operator or function; operator: =, first operand: [a]",
                "a[0].b <> a[0].b => The first operand must be distinct from the remaining operands"
                        + " for this operator or function; operator: <>, first operand: [a, [0], b]",
                "a BETWEEN b AND a => The first operand must be distinct from the remaining operands"
                        + " for this operator or function; operator: BETWEEN, first operand: [a]",
                "a IN (:n, a) => The first operand must be distinct from the remaining operands for"
                        + " this operator or function; operator: IN, first operand: [a]",
                "contains(a.b, a.b) => The first operand must be distinct from the remaining"
                        + " operands for this operator or function; operator: contains, first"
                        + " operand: [a, b]",
                "a BETWEEN :m AND :n => The BETWEEN operator requires upper bound to be greater than"
                        + " or equal to lower bound; lower bound operand: AttributeValue: {N:2},"
                        + " upper bound operand: AttributeValue: {N:1}",
                "a BETWEEN :t AND :e => The BETWEEN operator requires upper bound to be greater than"
                        + " or equal to lower bound; lower bound operand: AttributeValue: {S:b},"
                        + " upper bound operand: AttributeValue: {S:}",
                "a BETWEEN :c AND :b => The BETWEEN operator requires upper bound to be greater than"
                        + " or equal to lower bound; lower bound operand: AttributeValue: {B:Ag==},"
                        + " upper bound operand: AttributeValue: {B:AQ==}",
                "a BETWEEN :n AND :s => The BETWEEN operator requires same data type for lower and"
                        + " upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound"
                        + " operand: AttributeValue: {S:a}"
            })
    void refused(String expression, String message) {
        assertRefused(expression, message);
    }

    /** Of two problems, the service reports one. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                // Usage comes before meaning, wherever they stand.
                "a < :bool AND abort = :n => reserved keyword: abort",
                "#zz = :n AND size(a) => function: size",
                "a = :zz AND a[99999999999] = :n => index: [99999999999]",
                // Of problems of usage, the leftmost counts; functions come before their operands.
                "abort = :n AND foo(a) => reserved keyword: abort",
                "foo(a) AND abort = :n => function: foo",
                "contains(abort, :n) = :n => function: contains",
                "abort = contains(a, :n) => reserved keyword: abort",
                "a[99999999999].abort = :n => index: [99999999999]",
                // Of problems of meaning, the first that is complete counts.
                "#zz = :zz => attribute name: #zz",
                "contains(:zz, #zz) => attribute value: :zz",
                "contains(a, a, :zz) => attribute value: :zz",
                "contains(a, a, a) => number of operands: 3",
                "attribute_type(a, a) => first operand: [a]",
                "a BETWEEN a AND :bool => operand type: BOOL",
                "a = a AND b < :bool => first operand: [a]",
                "b < :bool AND a = a => operand type: BOOL",
                // Parentheses come before all but syntax.
                "abort = :n AND ((a = :n)) => parentheses;"
            })
    void reportsOneOfTwoProblems(String expression, String end) {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () -> ExpressionParser.parseCondition(expression, Sample.context()));
        assertThat(refusal).as(expression).message().startsWith(PREFIX).endsWith(end);
    }
}
