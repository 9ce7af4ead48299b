package dev.stator.model.expression;

import static dev.stator.model.expression.Sample.joined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.error.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bounds of what is parsed (developer guide, "Quotas": expression parameters). */
class ExpressionLimitsTest {
    private static final String TOO_MANY_OPERATORS =
            "Invalid ConditionExpression: The expression contains too many operators; operator"
                    + " count: 301";

    private static void assertAccepted(String condition) {
        assertThatCode(() -> ExpressionParser.parseCondition(condition, Sample.context()))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(String condition, String message) {
        assertThatThrownBy(() -> ExpressionParser.parseCondition(condition, Sample.context()))
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }

    @Test
    void emptyExpressionsAreRefused() {
        ExpressionContext context = Sample.context();
        assertThatThrownBy(() -> ExpressionParser.parseUpdate("", context))
                .hasMessage("Invalid UpdateExpression: The expression can not be empty;");
        assertThatThrownBy(() -> ExpressionParser.parseFilter("", context))
                .hasMessage("Invalid FilterExpression: The expression can not be empty;");
        assertThatThrownBy(() -> ExpressionParser.parseProjection("", context))
                .hasMessage("Invalid ProjectionExpression: The expression can not be empty;");
        assertThatThrownBy(() -> ExpressionParser.parseKeyCondition("", context))
                .hasMessage("Invalid KeyConditionExpression: The expression can not be empty;");
    }

    @Test
    void sizeIsCountedInBytes() {
        assertAccepted("a" + " ".repeat(4096 - 6) + " = :n");
        assertRefused(
                "a" + " ".repeat(4097 - 6) + " = :n",
                "Invalid ConditionExpression: Expression size has exceeded the maximum allowed"
                        + " size; expression size: 4097");
        assertRefused(
                "é".repeat(2049),
                "Invalid ConditionExpression: Expression size has exceeded the maximum allowed"
                        + " size; expression size: 4098");
        assertThat(ExpressionParser.parseProjection("x".repeat(4096), Sample.context()).paths())
                .hasSize(1);
    }

    @Test
    void threeHundredOperatorsAreAllowed() {
        assertAccepted(joined(" OR ", "a<b", 150));
        assertRefused(joined(" OR ", "a<b", 151), TOO_MANY_OPERATORS);
        assertAccepted("NOT ".repeat(299) + "a = :n");
        assertRefused("NOT ".repeat(300) + "a = :n", TOO_MANY_OPERATORS);
        assertAccepted(joined(" AND ", "contains(a,:n)", 150));
        assertRefused(joined(" AND ", "contains(a,:n)", 151), TOO_MANY_OPERATORS);
        assertAccepted(joined(" AND ", "size(a) = :n", 100));
        assertRefused(joined(" AND ", "size(a) = :n", 101), TOO_MANY_OPERATORS);
        assertAccepted(joined(" AND ", "a BETWEEN b AND c", 150));
        assertRefused(joined(" AND ", "a BETWEEN b AND c", 151), TOO_MANY_OPERATORS);
        assertAccepted("a<b " + "or (a<b ".repeat(149) + ")".repeat(149));
    }

    @Test
    void theProblemOfTheLastOperatorComesBeforeTheirNumber() {
        assertRefused(
                joined(" OR ", "a<b", 150) + " OR a < :bool",
                "Invalid ConditionExpression: Incorrect operand type for operator or function;"
                        + " operator or function: <, operand type: BOOL");
    }

    @Test
    void oneHundredCandidatesAreAllowed() {
        assertAccepted("a IN (" + joined(",", "b", 100) + ")");
        assertRefused(
                "a IN (" + joined(",", "b", 101) + ")",
                "Invalid ConditionExpression: The IN operator is provided with too many operands;"
                        + " number of operands: 101");
        assertAccepted(joined(" AND ", "a IN (" + joined(",", "b", 80) + ")", 4));
    }

    @Test
    void pathsHaveThirtyTwoSteps() {
        assertAccepted("a" + ".a".repeat(31) + " = :n");
        assertAccepted("a" + "[0]".repeat(31) + " = :n");
        String tooDeep =
                "Invalid ConditionExpression: The document path has too many nesting levels;"
                        + " nesting levels: 33";
        assertRefused("a" + ".a".repeat(32) + " = :n", tooDeep);
        assertRefused("#zz" + "[0]".repeat(32) + " = :n", tooDeep);
    }

    /** None of these may take long, or a stack that a thread does not have. */
    @Test
    void deepNestingIsRefused() {
        List<String> conditions =
                List.of(
                        "(".repeat(4096),
                        "(".repeat(2040) + "a = :n" + ")".repeat(2040),
                        "a<b " + "or (a<b ".repeat(454) + ")".repeat(454),
                        "not ".repeat(1000) + "a<b",
                        "a < " + "f(".repeat(1355) + "b" + ")".repeat(1355),
                        "a < " + "size(".repeat(680) + "b" + ")".repeat(680),
                        "a < " + "(".repeat(2000) + "b" + ")".repeat(2000),
                        "contains(".repeat(455),
                        "a IN (".repeat(600));
        for (String condition : conditions) {
            assertThatThrownBy(() -> ExpressionParser.parseCondition(condition, Sample.context()))
                    .as(condition.substring(0, 20))
                    .isInstanceOf(ApiException.class);
        }
        assertRefused(
                conditions.get(1),
                "Invalid ConditionExpression: The expression has redundant parentheses;");
        assertRefused(conditions.get(3), TOO_MANY_OPERATORS);
        assertRefused(
                conditions.get(4),
                "Invalid ConditionExpression: Invalid function name; function: f");
        assertRefused(
                conditions.get(5),
                "Invalid ConditionExpression: Incorrect operand type for operator or function;"
                        + " operator or function: size, operand type: N");
        List<String> updates =
                List.of(
                        "SET a = " + "(".repeat(4000),
                        "SET a = " + "(".repeat(2000) + "b" + ")".repeat(2000),
                        "SET a = " + "f(".repeat(1355) + "b" + ")".repeat(1355),
                        "SET a = " + "list_append(a,".repeat(280));
        for (String update : updates) {
            assertThatThrownBy(() -> ExpressionParser.parseUpdate(update, Sample.context()))
                    .isInstanceOf(ApiException.class);
        }
    }

    @Test
    void functionsOfUpdatesMayBeNestedAsDeepAsTheyFit() {
        String update = "SET a=" + "if_not_exists(a,".repeat(240) + "b" + ")".repeat(240);
        assertThatCode(() -> ExpressionParser.parseUpdate(update, Sample.context()))
                .doesNotThrowAnyException();
    }
}
