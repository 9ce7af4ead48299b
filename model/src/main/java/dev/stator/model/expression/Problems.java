package dev.stator.model.expression;

import dev.stator.model.error.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one expression, in the order in which the service reports it. Syntax errors
 * and redundant parentheses end the parsing where they are found. The rest waits for the end, for
 * the service looks for it only in an expression that parses:
 *
 * <ul>
 *   <li>first <em>usage</em>: reserved words, unknown or misplaced functions, list indexes that are
 *       too large, sections that come twice; of these the one furthest to the left;
 *   <li>then <em>meaning</em>: undefined placeholders, operands of a wrong number or type, paths
 *       that are too deep or collide, limits; of these the first that the parser found.
 * </ul>
 */
final class Problems {
    private final ExpressionKind kind;
    private int usagePosition = Integer.MAX_VALUE;
    private @Nullable String usage;
    private @Nullable String meaning;

    Problems(ExpressionKind kind) {
        this.kind = kind;
    }

    /** A usage problem at a position of the text. */
    void usage(int position, String message) {
        if (position < usagePosition) {
            usagePosition = position;
            usage = message;
        }
    }

    void meaning(String message) {
        if (meaning == null) {
            meaning = message;
        }
    }

    /** Takes the meaning problem away, for parsers that have an order of their own. */
    @Nullable String takeMeaning() {
        String taken = meaning;
        meaning = null;
        return taken;
    }

    void refuseUsage() {
        if (usage != null) {
            throw refusal(usage);
        }
    }

    void refuseAny() {
        refuseUsage();
        if (meaning != null) {
            throw refusal(meaning);
        }
    }

    ApiException redundantParentheses() {
        return refusal("The expression has redundant parentheses;");
    }

    ApiException refusal(String message) {
        return ApiException.validation(kind.message(message));
    }
}
