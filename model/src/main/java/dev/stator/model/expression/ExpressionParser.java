package dev.stator.model.expression;

import dev.stator.model.error.ApiException;

/**
 * Parses the expressions of requests, with the errors of the service word by word. The service
 * checks the expressions of one request in the order update, condition, filter, projection, key
 * condition, and only then whether {@linkplain ExpressionContext#refuseUnused placeholders are
 * unused}.
 *
 * <p>All methods throw {@link ApiException} (validation). Time and stack are bounded by the limits
 * on the length of an expression and on its operators.
 */
public final class ExpressionParser {
    private ExpressionParser() {}

    /** Parses an UpdateExpression. */
    public static UpdateExpression parseUpdate(String expression, ExpressionContext context) {
        return UpdateParser.parse(new ExpressionReader(ExpressionKind.UPDATE, expression, context));
    }

    /** Parses a ConditionExpression. */
    public static Condition parseCondition(String expression, ExpressionContext context) {
        return ConditionParser.parse(
                new ExpressionReader(ExpressionKind.CONDITION, expression, context));
    }

    /**
     * Parses a FilterExpression. In a query it may not use the key: see {@link
     * KeyAttributes#refuseInFilter}.
     */
    public static Condition parseFilter(String expression, ExpressionContext context) {
        return ConditionParser.parse(
                new ExpressionReader(ExpressionKind.FILTER, expression, context));
    }

    /** Parses a ProjectionExpression. */
    public static Projection parseProjection(String expression, ExpressionContext context) {
        return PathListParser.parse(
                new ExpressionReader(ExpressionKind.PROJECTION, expression, context));
    }

    /**
     * Parses a KeyConditionExpression. Whether it fits the key is found when it is {@linkplain
     * UnboundKeyCondition#bindTo bound} to one.
     */
    public static UnboundKeyCondition parseKeyCondition(
            String expression, ExpressionContext context) {
        return KeyConditionReader.read(
                ConditionParser.parse(
                        new ExpressionReader(ExpressionKind.KEY_CONDITION, expression, context)));
    }
}
