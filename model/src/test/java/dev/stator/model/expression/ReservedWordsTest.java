package dev.stator.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReservedWordsTest {
    /** They are part of the grammar, so that they fail before they are looked up. */
    private static final Set<String> KEYWORDS =
            Set.of("ADD", "AND", "BETWEEN", "DELETE", "IN", "NOT", "OR", "SET");

    private static boolean isReserved(String word) {
        return ReservedWords.contains('.' + word + '.', 1, 1 + word.length());
    }

    @Test
    void knowsAllOfThemWhateverTheirCase() {
        assertThat(ReservedWords.all()).hasSize(573).isSorted().doesNotHaveDuplicates();
        for (String word : ReservedWords.all()) {
            assertThat(isReserved(word)).as(word).isTrue();
            assertThat(isReserved(word.toLowerCase(Locale.ROOT))).as(word).isTrue();
            assertThat(isReserved(word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT)))
                    .as(word)
                    .isTrue();
        }
    }

    @Test
    void knowsNoOthers() {
        for (String word : ReservedWords.all()) {
            assertThat(isReserved(word + "X")).isEqualTo(ReservedWords.all().contains(word + "X"));
            assertThat(isReserved(word.substring(1)))
                    .as(word)
                    .isEqualTo(ReservedWords.all().contains(word.substring(1)));
        }
        assertThat(isReserved("pk")).isFalse();
        assertThat(isReserved("A_B")).isFalse();
    }

    @Test
    void areRefusedInEveryExpressionUnlessTheyAreReplaced() {
        for (String word : ReservedWords.all()) {
            String message = "reserved keyword; reserved keyword: " + word;
            if (KEYWORDS.contains(word)) {
                message = "Syntax error; token: \"" + word + '"';
            }
            ExpressionContext context = Sample.context();
            assertThatThrownBy(() -> ExpressionParser.parseProjection("a." + word, context))
                    .hasMessageContaining(message);
            assertThatThrownBy(() -> ExpressionParser.parseUpdate("SET a = b." + word, context))
                    .hasMessageContaining(message);
            assertThatThrownBy(() ->
                            ExpressionParser.parseFilter("contains(a, " + word + ".b)", context))
                    .hasMessageContaining(message);
        }
    }
}
