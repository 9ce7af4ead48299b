package dev.stator.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.Item;
import dev.stator.model.RandomCases;
import dev.stator.model.error.ApiException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever the text: the answer is an expression that can be evaluated, or a refusal. */
class ExpressionFuzzTest {
    private static final List<String> SEEDS =
            List.of(
                    "a = :n AND (b <> :s OR NOT c.d[0] < :m) AND size(e) >= :n",
                    "a BETWEEN :n AND :m AND b IN (:s, :t, c) OR contains(ss, :s)",
                    "attribute_exists(a[0].b) AND attribute_not_exists(#a) OR begins_with(s, :s)",
                    "attribute_type(a, :S) AND NOT (NOT (size(a) = size(b)))",
                    "((a = :n) AND (b = :n)) OR (c = :n)",
                    "SET a = :n, b.c[1] = a + :n, d = if_not_exists(e, :l) REMOVE f, g[0] ADD h :n",
                    "SET l = list_append(if_not_exists(l, :l), (:l)), m = (a - (:n)) DELETE ss :ss",
                    "a, b.c, d[0], d[1].e, #dotted, #a",
                    "pk = :s AND sk BETWEEN :s AND :t",
                    "#pk = :s AND begins_with(#sk, :s)",
                    ":s = pk AND :t > sk");

    private static final List<String> PIECES =
            List.of(
                    "(",
                    ")",
                    "((",
                    "))",
                    "[",
                    "]",
                    "[0]",
                    ".",
                    ",",
                    "=",
                    "<",
                    "<>",
                    ">=",
                    "+",
                    "-",
                    " AND ",
                    " OR ",
                    "NOT ",
                    " IN ",
                    " BETWEEN ",
                    "SET ",
                    " REMOVE ",
                    " ADD ",
                    " DELETE ",
                    ":n",
                    ":l",
                    ":zz",
                    "#a",
                    "#zz",
                    "a",
                    "abort",
                    "size(",
                    "contains(",
                    "list_append(",
                    "if_not_exists(",
                    "foo(",
                    "0",
                    "99999999999",
                    "\"",
                    "'",
                    "@",
                    "\n",
                    "\0",
                    "é",
                    "\uD835\uDCB3",
                    "\uD835",
                    "#",
                    ":");

    private static String mutated(SplittableRandom random, String text) {
        StringBuilder result = new StringBuilder(text);
        int mutations = random.nextInt(1, 6);
        for (int i = 0; i < mutations; i++) {
            int at = random.nextInt(result.length() + 1);
            int to = Math.min(result.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> result.delete(at, to);
                case 1 -> result.insert(at, result.substring(at, to));
                case 2 -> result.insert(at, anyOf(random, PIECES).repeat(random.nextInt(1, 4)));
                case 3 -> result.replace(at, to, anyOf(random, PIECES));
                default -> {
                    String other = anyOf(random, SEEDS);
                    result.append(other, random.nextInt(other.length()), other.length());
                }
            }
        }
        return result.toString();
    }

    private static String anyOf(SplittableRandom random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private interface Attempt {
        void run();
    }

    /** Runs to its end or is refused; anything else would fail the test. */
    private static int accepted(Attempt attempt) {
        try {
            attempt.run();
            return 1;
        } catch (ApiException refusal) {
            assertThat(refusal.getMessage()).isNotEmpty();
            return 0;
        }
    }

    @Test
    void anyTextIsAnExpressionOrRefused() {
        int[] accepted = {0};
        RandomCases.check(
                60_000,
                random -> {
                    String text = mutated(random, anyOf(random, SEEDS));
                    Item item = new RandomExpressions(random).item();
                    accepted[0] +=
                            accepted(() -> {
                                Condition condition =
                                        ExpressionParser.parseCondition(text, Sample.context());
                                condition.matches(item);
                                condition.matches(null);
                            });
                    accepted[0] +=
                            accepted(() ->
                                    ExpressionParser.parseUpdate(text, Sample.context())
                                            .apply(item, Item.EMPTY));
                    accepted[0] +=
                            accepted(() ->
                                    ExpressionParser.parseProjection(text, Sample.context())
                                            .apply(item));
                    accepted[0] +=
                            accepted(() ->
                                    ExpressionParser.parseKeyCondition(text, Sample.context()));
                });
        // Mutation must not have made everything nonsense.
        assertThat(accepted[0]).isGreaterThan(0);
    }

    /** Long texts of few pieces: what is nested deep, or long in one dimension. */
    @Test
    void longTextsAreExpressionsOrRefused() {
        RandomCases.check(
                1_000,
                random -> {
                    StringBuilder text = new StringBuilder().append(anyOf(random, SEEDS), 0, 4);
                    String first = anyOf(random, PIECES);
                    String second = anyOf(random, PIECES);
                    while (text.length() + first.length() + second.length() < 4096) {
                        text.append(first).append(second);
                    }
                    String expression = text.toString();
                    accepted(() -> ExpressionParser.parseCondition(expression, Sample.context()));
                    accepted(() -> ExpressionParser.parseUpdate(expression, Sample.context()));
                    accepted(() -> ExpressionParser.parseProjection(expression, Sample.context()));
                });
    }
}
